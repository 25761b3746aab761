import type { OperationsSpec } from '../../src/domain/spec/types.ts';
import type { Slo } from '../../src/domain/spec/watching.ts';
import type { UptimeFacts } from '../../src/domain/uptime/account.ts';
import { uptimePeriod } from '../../src/domain/uptime/period.ts';
import { factsOf, yardstickOf } from '../../src/domain/uptime/promise.ts';
import { type UptimeReport, uptimeReport } from '../../src/domain/uptime/report.ts';
import { aCheck, specWithChecks } from './check-story.ts';
import { anSlo, type IncidentMoves, incidentAfter, type WindowMoves, windowAfter } from './uptime-story.ts';

const MINUTE = 60_000;

/** What is recorded of checkout: when its check was well and when not, by the clock in UTC of November 2026: "21 14:00". */
export interface Told {
  readonly up?: readonly (readonly [string, string])[];
  readonly down?: readonly (readonly [string, string])[];
  readonly unclear?: readonly (readonly [string, string])[];
  readonly incidents?: readonly IncidentMoves[];
  readonly windows?: readonly WindowMoves[];
  readonly slo?: Partial<Slo>;
  readonly connected?: boolean;
  /** A second check that was asked first then, and well since; null for one that cannot be asked. */
  readonly added?: string | null;
}

/** "21 14:00" of November 2026, UTC; in milliseconds. */
export function clock(written: string): number {
  const [day, time] = written.split(' ');
  return Date.parse(`2026-11-${day}T${time}:00Z`);
}

/** Checkout with one check that is asked each minute, in UTC. */
export function uptimeSpec({ slo = {}, connected = true, added }: Told): OperationsSpec {
  const check = aCheck({ service: 'checkout' });
  const second = aCheck({ key: 'basket', title: 'The basket answers', service: 'checkout', target: 'basket' });
  const checks = added === undefined ? [check] : [check, second];
  const base = specWithChecks(...checks);
  const basket = added === null ? { notConnected: 'No server yet' } : { url: 'basket:443' };
  const targets = { ...base.targets, basket: { kind: 'host' as const, ...basket } };
  const promised = anSlo({ checks: checks.map(({ key }) => key), ...slo });
  const spec = { ...base, targets, timezone: 'UTC', slo: [promised] };
  return connected ? spec : { ...spec, targets: { checkout: { kind: 'host', notConnected: 'No server yet' } } };
}

/** The facts of that. */
export function uptimeFacts(told: Told, now: Date): UptimeFacts {
  const spec = uptimeSpec(told);
  const [slo = anSlo()] = spec.slo;
  const answered = (all: Told['up'], answer: 'ok' | 'failing' | 'could-not-tell') =>
    (all ?? []).map(([from, to]) => {
      const detail = answer === 'ok' ? null : `said ${answer}`;
      const [a, b] = [clock(from), clock(to)];
      return { check: 'checkout', from: a, to: b, answer, looks: Math.ceil((b - a) / MINUTE), detail };
    });
  const fresh = typeof told.added !== 'string' ? [] : [{ from: clock(told.added), to: now.getTime() }];
  const answers = [
    ...fresh.map((one) => ({ ...one, check: 'basket', answer: 'ok' as const, looks: 9, detail: null })),
    ...answered(told.up, 'ok'),
    ...answered(told.down, 'failing'),
    ...answered(told.unclear, 'could-not-tell'),
  ].toSorted((a, b) => a.from - b.from);
  const incidents = (told.incidents ?? []).map((one, index) => incidentAfter(index + 1, one));
  const windows = (told.windows ?? []).map((one, index) => windowAfter(index + 1, one));
  return factsOf(yardstickOf(slo, spec), { answers, incidents, windows }, spec, now);
}

/** What became of it in the period that runs. */
export function uptimeReported(told: Told, at: string): UptimeReport {
  const now = new Date(clock(at));
  const spec = uptimeSpec(told);
  const [slo = anSlo()] = spec.slo;
  return uptimeReport(slo, uptimeFacts(told, now), uptimePeriod(slo.period, now, spec.timezone), spec, now);
}
