import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Severity } from '../../../src/domain/incident/severity.ts';
import type { AlertRule } from '../../../src/domain/spec/alerts.ts';
import type { OperationsSpec } from '../../../src/domain/spec/types.ts';
import { declareForAlerts } from '../../../src/usecases/alert/declare.ts';
import { workOffAlerts } from '../../../src/usecases/alert/work-off.ts';
import { declareIncident } from '../../../src/usecases/incident/declare.ts';
import { resolveIncident } from '../../../src/usecases/incident/resolve.ts';
import type { Caller } from '../../../src/usecases/ports.ts';
import { alert, alertSpec, resolved, told } from '../../support/alert-story.ts';
import { alice, bob, charlie } from '../../support/incident-spec.ts';
import { alertHarness } from './alert-harness.ts';

const SERVICES = ['raced', 'clicked', 'mild', 'unassessed', 'by-hand', 'returns'];

let alerts: Awaited<ReturnType<typeof alertHarness>>;
beforeAll(async () => {
  alerts = await alertHarness();
  alerts.rules.spec = spec();
});
afterAll(() => alerts.close());

/** Every service is the platform's, critical alerts are SEV1 by themselves, and SEV1 wakes people. */
function spec(): OperationsSpec {
  const rule: AlertRule = {
    key: 'critical',
    match: { severity: 'critical' },
    severity: 'SEV1',
    declare: true,
    clause: [],
  };
  return {
    ...alertSpec,
    services: Object.fromEntries(SERVICES.map((name) => [name, { name, team: 'platform' }])),
    severities: { ...alertSpec.severities, SEV1: { ...alertSpec.severities.SEV1, page: true } },
    alerts: { rules: [rule] },
  };
}

const by = (user: string): Caller => ({ actor: { kind: 'slack', user }, requestKey: null, groups: [] });
const critical = (service: string) => ({ alertname: 'Down', service, severity: 'critical' });

async function begin(name: string, labels: Record<string, string>): Promise<number> {
  const [report] = await alerts.take(told(name, labels, alert(name)));
  return Number(report?.group?.replace('ALERT-', ''));
}
const incidentsOf = async (service: string) =>
  (await alerts.store.incidents('all', 100)).filter((incident) => incident.service === service);
const incidentOf = async (group: number) => {
  const { incident } = await alerts.group(group);
  return incident === null ? null : alerts.store.incident(incident);
};
const isPaged = async (number: number | undefined) =>
  (await alerts.store.pages(['calling'], 20)).some(
    ({ subject }) => subject.of === 'incident' && subject.incident === number,
  );
async function declared(service: string, severity: Severity | null): Promise<number> {
  const more = { title: 'Slow', severity, category: null, service, description: '', origin: null };
  const outcome = await declareIncident(alerts.deps, by(charlie), more);
  return outcome.ok ? outcome.value.number : 0;
}
const resolve = (number: number) => resolveIncident(alerts.deps, by(alice), { number, summary: 'Rolled back' });

/** Somebody resolves the incident after it was found open, and before it is locked. */
function resolvedMeanwhile(number: number): typeof alerts.deps {
  let isResolved = false;
  const once: typeof alerts.store.once = (key, work) =>
    alerts.store.once(key, (tx) => {
      const find = tx.openIncidentsAbout;
      const openIncidentsAbout: typeof find = async (topics) => {
        const found = await find(topics);
        if (!isResolved) await resolve(number);
        isResolved = true;
        return found;
      };
      return work(Object.assign(tx, { openIncidentsAbout }));
    });
  return { ...alerts.deps, store: { ...alerts.store, once } };
}

describe('an incident that is resolved while a group is about to join it', () => {
  it('is not joined, by what comes in or by a click: another one is declared', async () => {
    const waiting = await begin('raced-0', { alertname: 'Slow', service: 'raced' });
    const first = await declared('raced', 'SEV1');
    await alerts.intake.take(told('raced-1', critical('raced'), alert('raced-1')), alerts.now());
    const [report] = await workOffAlerts(resolvedMeanwhile(first));
    const second = await incidentOf(Number(report?.group?.replace('ALERT-', '')));
    expect(second).toMatchObject({ status: 'assessed', severity: 'SEV1' });
    expect(second?.number).not.toBe(first);

    const click = { number: waiting, origin: null };
    expect(await declareForAlerts(resolvedMeanwhile(second?.number ?? 0), by(bob), click)).toMatchObject({
      value: { declared: true },
    });
    expect((await incidentOf(waiting))?.status).toBe('identified');
  });
});

describe('two groups of a service that are declared at once', () => {
  it('are one incident', async () => {
    const labels = { alertname: 'Slow', service: 'clicked' };
    const numbers = [
      await begin('clicked-1', labels),
      await begin('clicked-2', labels),
      await begin('clicked-3', labels),
    ];
    await Promise.all(numbers.map((number) => declareForAlerts(alerts.deps, by(charlie), { number, origin: null })));
    expect(await incidentsOf('clicked')).toHaveLength(1);
  });
});

describe('a group that would be an incident itself', () => {
  it.each([
    ['mild', 'SEV4'],
    ['unassessed', null],
  ] as const)('makes the %s one that it joins as severe, and wakes its team', async (service, severity) => {
    const incident = await declared(service, severity);
    const harmless = await begin(`${service}-harmless`, { alertname: 'Slow', service, severity: 'sev2' });
    expect(await incidentOf(harmless)).toMatchObject({ number: incident, severity });
    expect(await isPaged(incident)).toBe(false);
    const group = await begin(service, critical(service));
    expect(await incidentOf(group)).toMatchObject({ number: incident, severity: 'SEV1' });
    expect(await isPaged(incident)).toBe(true);
  });

  it('does so as well when it takes a click', async () => {
    const number = await begin('by-hand', { alertname: 'Slow', service: 'by-hand', severity: 'sev1' });
    const incident = await declared('by-hand', 'SEV3');
    expect(await declareForAlerts(alerts.deps, by(charlie), { number, origin: null })).toMatchObject({
      value: { incident, declared: false },
    });
    expect(await incidentOf(number)).toMatchObject({ number: incident, severity: 'SEV1' });
    expect(await isPaged(incident)).toBe(true);
  });

  it('is one anew when it fires again soon and the first is resolved', async () => {
    const labels = critical('returns');
    const number = await begin('returns', labels);
    const first = await incidentOf(number);
    await alerts.take(told('returns', labels, resolved(alert('returns'))));
    await resolve(first?.number ?? 0);
    alerts.later(5);
    const again = alert('returns', { startsAt: alerts.now().toISOString() });
    expect(await alerts.take(told('returns', labels, again))).toEqual([
      { group: `ALERT-${number}`, reason: 'recurred' },
    ]);
    const second = await incidentOf(number);
    expect(second?.number).toBeGreaterThan(first?.number ?? 0);
    expect(second).toMatchObject({ severity: 'SEV1', status: 'assessed' });
    expect(await isPaged(second?.number)).toBe(true);
    expect(await alerts.fold(number)).toEqual(await alerts.group(number));
  });
});
