import { follow } from './apply.ts';
import { type RunDecision, type RunSituation, runEventNow } from './decision.ts';
import type { RunEvent } from './events.ts';
import { lookAtRun } from './look.ts';
import type { DutyOccurrence } from './plan.ts';
import type { DutyRun } from './run.ts';
import { satisfierOf } from './satisfied.ts';
import { termsOf } from './terms.ts';

/** A waiver that still covers further occurrences. */
type Standing = Pick<DutyRun, 'number' | 'duty' | 'end'>;

/** What keeps an occurrence from being asked for. */
type Instead =
  | Extract<RunEvent, { kind: 'run.waived' }>
  | { readonly kind: 'run.satisfied'; readonly by: DutyOccurrence };

/** An occurrence, and what keeps it from being asked for; null when it is asked for. */
export interface Beginning extends DutyOccurrence {
  readonly instead: Instead | null;
}

/**
 * What becomes of occurrences. One that is satisfied brings the one that satisfies it along, so that it is asked for
 * whatever happens to the spec before its time.
 */
export function beginningsOf(
  occurrences: readonly DutyOccurrence[],
  waivers: readonly Standing[],
  spec: RunSituation['spec'],
): Beginning[] {
  const isAsked = (one: DutyOccurrence) => waiverOf(one, waivers) === null;
  const beginnings = new Map<string, Beginning>();
  const add = (one: DutyOccurrence, instead: Instead | null) => {
    const key = `${one.duty.key} ${one.occurrence.key}`;
    if (!beginnings.has(key)) beginnings.set(key, { ...one, instead });
  };
  for (const one of occurrences) {
    const waiver = waiverOf(one, waivers);
    const by = waiver === null ? satisfierOf(one, spec, isAsked) : undefined;
    add(one, by === undefined ? waiver : { kind: 'run.satisfied', by });
    if (by !== undefined) add(by, null);
  }
  return [...beginnings.values()];
}

/** A new run: planned, and everything that the hour asks of it already. */
export function beginRun(
  number: number,
  { duty, occurrence, instead }: Beginning,
  situation: RunSituation,
): RunDecision {
  const terms = termsOf(duty, occurrence, situation.spec);
  const planned = runEventNow(situation, { kind: 'run.planned', number, terms });
  if (instead !== null) return { events: [planned, runEventNow(situation, endOf(instead))], deliveries: [] };
  const { decision } = lookAtRun(follow(null, number, [planned]), situation);
  return { events: [planned, ...(decision?.events ?? [])], deliveries: decision?.deliveries ?? [] };
}

function endOf(instead: Instead): RunEvent {
  if (instead.kind === 'run.waived') return instead;
  const { duty, occurrence } = instead.by;
  return { kind: 'run.satisfied', duty: duty.key, occurrence: occurrence.key };
}

function waiverOf({ duty, occurrence }: DutyOccurrence, waivers: readonly Standing[]): Instead | null {
  const at = occurrence.at.toISOString();
  for (const { number, duty: key, end } of waivers) {
    if (key !== duty.key || end?.how !== 'waived' || end.until === null || end.until < at) continue;
    const { reason, approver, until } = end;
    return { kind: 'run.waived', of: end.of ?? number, reason, approver, until };
  }
  return null;
}
