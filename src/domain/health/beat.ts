import { occurrences } from '../duty/recurrence.ts';
import { formatDuration } from '../spec/duration.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { Check } from '../spec/watching.ts';
import { beat, type Pulse } from './pulse.ts';
import type { Sample } from './sample.ts';

export type Heartbeat = Extract<Check, { kind: 'heartbeat' }>;

/** What a call to a heartbeat's address says: the work begins, ended well, or failed. */
export type BeatSaid = 'started' | 'finished' | 'failed';

const DAY = 86_400_000;
/** How far ahead the next expected time is looked for; what comes more seldom than this is no heartbeat. */
const FURTHEST = 400 * DAY;

/**
 * The instant at which silence becomes a failure: the next time it is expected after `last`, and its grace.
 *
 * @param last its last beat, or when it was first expected at all
 */
export function deadlineAfter(check: Heartbeat, last: Date, spec: Pick<OperationsSpec, 'timezone'>): Date {
  return new Date(expectedAfter(check, last, spec).getTime() + check.timeout);
}

function expectedAfter({ when, every }: Heartbeat, last: Date, spec: Pick<OperationsSpec, 'timezone'>): Date {
  if (when === undefined) return new Date(last.getTime() + every);
  const from = new Date(last.getTime() + 1);
  for (let days = 2; days <= FURTHEST / DAY; days *= 4) {
    const [next] = occurrences(when, { zone: spec.timezone, from, to: new Date(from.getTime() + days * DAY) });
    if (next !== undefined) return next.at;
  }
  return new Date(last.getTime() + FURTHEST);
}

/** What one call comes to: a sample unless the work only begins, and when silence becomes a failure from now on. */
export function heard(
  check: Heartbeat,
  pulse: Pulse,
  said: BeatSaid,
  now: Date,
  spec: Pick<OperationsSpec, 'timezone'>,
): { readonly sample: Sample | null; readonly pulse: Pulse; readonly dueAt: Date } {
  if (said === 'started') {
    const dueAt = check.within === undefined ? deadlineAfter(check, now, spec) : later(now, check.within);
    return { sample: null, pulse: { ...pulse, startedAt: now.toISOString() }, dueAt };
  }
  const took = pulse.startedAt === null ? null : now.getTime() - Date.parse(pulse.startedAt);
  const isSlow = took !== null && check.within !== undefined && took > check.within;
  const sample: Sample = {
    at: now.toISOString(),
    answer: said === 'finished' && !isSlow ? 'ok' : 'failing',
    detail: heardWords(said, took, isSlow ? check.within : undefined),
    latencyMs: took,
    severity: null,
  };
  return { sample, pulse: { ...beat(pulse, sample), startedAt: null }, dueAt: deadlineAfter(check, now, spec) };
}

function heardWords(said: BeatSaid, took: number | null, limit: number | undefined): string {
  const time = took === null ? '' : ` after ${seconds(took)}`;
  if (said === 'failed') return `said that it failed${time}`;
  return limit === undefined ? `finished${time}` : `finished${time}, more than ${formatDuration(limit)}`;
}

/** Silence beyond its deadline: a failure at that very instant, however late it is noticed. */
export function silent(
  check: Heartbeat,
  pulse: Pulse,
  deadline: Date,
  now: Date,
): { readonly sample: Sample; readonly pulse: Pulse; readonly dueAt: Date } {
  const heardAt = pulse.good?.since === undefined ? null : pulse.last?.at;
  const sample: Sample = {
    at: deadline.toISOString(),
    answer: 'failing',
    detail:
      pulse.startedAt !== null
        ? `began ${utc(pulse.startedAt)} and has not finished`
        : heardAt == null
          ? `no beat for ${formatDuration(check.every)}`
          : `no beat since ${utc(heardAt)}`,
    latencyMs: null,
    severity: null,
  };
  // Still silent an interval later is one more failure; intervals that an outage of ours left out are not made up for.
  const missed = Math.max(0, Math.floor((now.getTime() - deadline.getTime()) / check.every));
  return { sample, pulse: beat(pulse, sample), dueAt: later(deadline, (missed + 1) * check.every) };
}

function utc(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}

function seconds(ms: number): string {
  return formatDuration(ms < 1000 ? ms : Math.round(ms / 1000) * 1000);
}

function later(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms);
}
