import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acknowledgeAlerts } from '../../../src/usecases/alert/acknowledge.ts';
import { declareForAlerts } from '../../../src/usecases/alert/declare.ts';
import { followAlertMutes, muteAlerts, unmuteAlerts } from '../../../src/usecases/alert/mute.ts';
import { resolveIncident } from '../../../src/usecases/incident/resolve.ts';
import type { Caller } from '../../../src/usecases/ports.ts';
import { alert, alertSpec, resolved, told } from '../../support/alert-story.ts';
import { alice, bob, charlie } from '../../support/incident-spec.ts';
import { alertHarness } from './alert-harness.ts';

let alerts: Awaited<ReturnType<typeof alertHarness>>;
beforeAll(async () => {
  alerts = await alertHarness();
});
afterAll(() => alerts.close());

const by = (user: string): Caller => ({ actor: { kind: 'slack', user }, requestKey: null, groups: [] });
const search = { alertname: 'HighLatency', service: 'search' };
const checkout = { alertname: 'CheckoutDown', service: 'checkout', severity: 'critical' };

/** A group that begins now, of which one alert fires. */
async function begin(name: string, labels: Record<string, string> = { alertname: name }): Promise<number> {
  const [report] = await alerts.take(told(name, labels, alert(name)));
  return Number(report?.group?.replace('ALERT-', ''));
}
const again = (name: string, labels: Record<string, string>) =>
  alerts.take(told(name, labels, alert(name, { startsAt: alerts.now().toISOString() })));
const clear = (name: string, labels: Record<string, string>, startsAt?: string) =>
  alerts.take(told(name, labels, resolved(alert(name, startsAt === undefined ? {} : { startsAt }))));
const incidents = () => alerts.store.incidents('all', 100);
const types = async () =>
  (await alerts.promised()).flatMap((one) => (one.kind === 'post' ? [one.message.type] : [one.kind]));

describe('acknowledging', () => {
  it('is done once, is forgotten when it fires again, and is refused once all is clear', async () => {
    const number = await begin('seen');
    expect(await acknowledgeAlerts(alerts.deps, by(alice), { number })).toMatchObject({
      ok: true,
      value: { acknowledged: { by: { user: alice } } },
    });
    expect(await acknowledgeAlerts(alerts.deps, by(bob), { number })).toMatchObject({
      refusal: { code: 'already-acknowledged', message: `ALERT-${number} was acknowledged by <@${alice}> already.` },
    });
    await clear('seen', { alertname: 'seen' });
    expect(await acknowledgeAlerts(alerts.deps, by(bob), { number })).toMatchObject({
      refusal: { code: 'already-clear' },
    });
    await again('seen', { alertname: 'seen' });
    expect(await alerts.group(number)).toMatchObject({ status: 'firing', acknowledged: null });
    expect(await alerts.fold(number)).toEqual(await alerts.group(number));
  });
});

describe('declaring for a group', () => {
  it('makes one incident of it, however many click at once', async () => {
    const number = await begin('clicked', { alertname: 'DiskFull' });
    const clicks = await Promise.all(
      [alice, bob, charlie].map((user) => declareForAlerts(alerts.deps, by(user), { number, origin: null })),
    );
    expect(clicks.filter(({ ok }) => ok)).toHaveLength(1);
    const refusals = clicks.flatMap((one) => (one.ok ? [] : [one.refusal.code]));
    expect(refusals).toEqual(['already-declared', 'already-declared']);
    const [incident, ...others] = await incidents();
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ title: 'DiskFull', severity: 'SEV3', service: null });
    expect(await alerts.group(number)).toMatchObject({ incident: incident?.number, declared: true });
  });

  it('is not open to whoever may not declare incidents', async () => {
    const number = await begin('guarded');
    const nobody = { teams: [], groups: [], users: [] };
    alerts.rules.spec = { ...alertSpec, permissions: { ...alertSpec.permissions, 'incident.declare': nobody } };
    expect(await declareForAlerts(alerts.deps, by(alice), { number, origin: null })).toMatchObject({
      refusal: { code: 'not-permitted' },
    });
    alerts.rules.spec = alertSpec;
    expect(await alerts.kinds(number)).toEqual(['alerts.began', 'permission.refused']);
  });
});

describe('a rule that declares by itself', () => {
  it('makes one incident of all groups of a service, proposes its end once when all are clear, and never ends it', async () => {
    const before = (await incidents()).length;
    await alerts.promised();
    const reports = await alerts.take(
      told('eu', checkout, alert('eu')),
      told('us', checkout, alert('us-1'), alert('us-2')),
    );
    const numbers = reports.map(({ group }) => Number(group?.replace('ALERT-', '')));
    const [incident, ...others] = await incidents();
    expect(others).toHaveLength(before);
    expect(incident).toMatchObject({
      title: 'CheckoutDown',
      severity: 'SEV1',
      service: 'checkout',
      status: 'assessed',
    });
    expect(incident?.declaredBy).toEqual({ kind: 'system', job: 'alerts' });
    const attached = await Promise.all(numbers.map((number) => alerts.group(number)));
    expect(attached.map((group) => [group.incident, group.declared])).toEqual([
      [incident?.number, true],
      [incident?.number, false],
    ]);
    const number = incident?.number ?? 0;
    expect((await types()).filter((type) => type === 'incident-event')).toHaveLength(1);

    await clear('eu', checkout);
    await alerts.take(told('us', checkout, resolved(alert('us-1')), alert('us-2')));
    expect(await types()).not.toContain('alerts-clear');
    await alerts.take(told('us', checkout, resolved(alert('us-1')), resolved(alert('us-2'))));
    expect((await types()).filter((type) => type === 'alerts-clear')).toHaveLength(1);
    await alerts.take(told('us', checkout, resolved(alert('us-1')), resolved(alert('us-2'))));
    expect(await types()).toEqual([]);
    expect((await alerts.store.incident(number))?.status).toBe('assessed');
  });

  it('says in the incident when it fires again, and declares another one when that was resolved', async () => {
    const [incident] = await incidents();
    const number = incident?.number ?? 0;
    alerts.later(5);
    await again('eu', checkout);
    expect(await alerts.promised()).toContainEqual(
      expect.objectContaining({
        to: { to: 'incident', number },
        message: expect.objectContaining({ type: 'alerts-again', open: true, firing: 1 }),
      }),
    );
    await clear('eu', checkout, alerts.now().toISOString());
    await resolveIncident(alerts.deps, by(alice), { number, summary: 'Rolled back' });
    alerts.later(5);
    await alerts.promised();
    const known = (await incidents()).length;
    await again('eu', checkout);
    expect(await alerts.promised()).toContainEqual(
      expect.objectContaining({
        message: expect.objectContaining({ type: 'alerts-again', incident: number, open: false }),
      }),
    );
    expect(await incidents()).toHaveLength(known + 1);
    expect((await alerts.store.incident(number))?.status).toBe('resolved');
  });

  it('declares anew for a later life, and tells the old incident', async () => {
    const [old] = await incidents();
    await clear('eu', checkout, alerts.now().toISOString());
    await resolveIncident(alerts.deps, by(alice), { number: old?.number ?? 0, summary: 'Rolled back' });
    alerts.later(61);
    await alerts.promised();
    const reports = await again('eu', checkout);
    expect(reports).toMatchObject([{ reason: 'began' }]);
    const [fresh] = await incidents();
    expect(fresh?.number).toBeGreaterThan(old?.number ?? 0);
    expect((await alerts.promised()).flatMap((one) => (one.kind === 'post' ? [one.to] : []))).toContainEqual({
      to: 'incident',
      number: old?.number,
    });
  });

  it('and every other group of the service joins the incident that is open', async () => {
    const [open] = await incidents();
    const number = await begin('joins', { alertname: 'SlowCheckout', service: 'checkout' });
    expect(await alerts.group(number)).toMatchObject({ incident: open?.number, declared: false });
    const told = (await alerts.promised()).flatMap((one) =>
      one.kind === 'post' && one.message.type === 'incident-event' ? [one.message.event] : [],
    );
    expect(told).toEqual([
      { kind: 'incident.noted', text: `Alerts that belong to it: ALERT-${number} SlowCheckout (1 firing)` },
    ]);
  });
});

describe('muting', () => {
  it('needs a reason and a time to come', async () => {
    const number = await begin('reasons');
    const until = new Date(alerts.now().getTime() + 3_600_000);
    expect(await muteAlerts(alerts.deps, by(alice), { number, until, reason: ' ' })).toMatchObject({
      refusal: { code: 'empty-text', field: 'reason' },
    });
    expect(await muteAlerts(alerts.deps, by(alice), { number, until: alerts.now(), reason: 'x' })).toMatchObject({
      refusal: { code: 'not-in-future', field: 'until' },
    });
    expect(await unmuteAlerts(alerts.deps, by(alice), { number })).toMatchObject({ refusal: { code: 'not-muted' } });
  });

  it('keeps it quiet, however often it fires, and says at the end that it does', async () => {
    alerts.later(60);
    const number = await begin('noisy', search);
    const until = new Date(alerts.now().getTime() + 8 * 3_600_000);
    await muteAlerts(alerts.deps, by(alice), { number, until, reason: 'Racks are being moved' });
    await clear('noisy', search);
    await alerts.promised();
    alerts.later(2 * 60);
    const reports = await again('noisy', search);
    expect(reports).toEqual([{ group: `ALERT-${number}`, reason: 'recurred-muted' }]);
    expect(await types()).toEqual(['render']);
    expect(await followAlertMutes(alerts.deps)).toEqual([]);
    alerts.later(6 * 60);
    expect(await followAlertMutes(alerts.deps)).toEqual([`ALERT-${number}`]);
    expect(await types()).toEqual(['render', 'alert-fires']);
    expect(await followAlertMutes(alerts.deps)).toEqual([]);
    expect(await alerts.fold(number)).toEqual(await alerts.group(number));
  });
});

describe('an incident that was declared for alerts', () => {
  it('wakes the team of the service once, whoever declares it', async () => {
    const { SEV1 } = alertSpec.severities;
    const [rule] = alertSpec.alerts.rules;
    if (rule === undefined) throw new Error('the spec has lost its rule');
    const match = { severity: 'critical', service: 'search' };
    alerts.rules.spec = {
      ...alertSpec,
      services: { ...alertSpec.services, payments: { name: 'Payments', team: 'platform' } },
      severities: { ...alertSpec.severities, SEV1: { ...SEV1, page: true } },
      alerts: { rules: [{ ...rule, match }] },
    };
    const waking = { alertname: 'SearchDown', ...match };
    await alerts.take(told('waking-1', waking, alert('waking-1')), told('waking-2', waking, alert('waking-2')));
    const [incident] = await incidents();
    expect(incident).toMatchObject({ service: 'search', severity: 'SEV1' });
    const calling = await alerts.store.pages(['calling'], 10);
    expect(calling).toMatchObject([{ subject: { of: 'incident', incident: incident?.number }, team: 'platform' }]);

    alerts.rules.spec = {
      ...alerts.rules.spec,
      alerts: { rules: [{ ...rule, match: { service: 'payments' }, declare: false }] },
    };
    const number = await begin('by-hand', { alertname: 'PaymentsDown', service: 'payments' });
    const declared = await declareForAlerts(alerts.deps, by(charlie), { number, origin: null });
    expect(declared).toMatchObject({ ok: true });
    const all = await alerts.store.pages(['calling'], 10);
    expect(all).toHaveLength(2);
    alerts.rules.spec = alertSpec;
  });
});
