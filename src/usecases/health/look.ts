import { deadlineAfter, silent } from '../../domain/health/beat.ts';
import { connectedChecks } from '../../domain/health/connected.ts';
import { beat } from '../../domain/health/pulse.ts';
import type { Sample } from '../../domain/health/sample.ts';
import { firstLook, nextLook } from '../../domain/health/schedule.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import type { Check } from '../../domain/spec/watching.ts';
import type { CheckAnswer } from '../check-port.ts';
import type { FinishedLook, ScheduledCheck, TakenCheck } from '../check-store-port.ts';
import type { HealthDeps } from './deps.ts';

/** How long after its time-out an answer may still be written, before another instance takes the check over; ms. */
const LEASE_BEYOND = 15_000;
/** Longest line of an answer that is kept. */
const DETAIL = 500;

/** Puts on the schedule what the spec asks for now, and takes off what it does not. */
export async function scheduleChecks({ checks, clock, spec }: HealthDeps): Promise<void> {
  const current = spec.current();
  const now = clock.now();
  await checks.schedule(connectedChecks(current).map((check) => scheduled(check, now, current)));
}

function scheduled(check: Check, now: Date, spec: OperationsSpec): ScheduledCheck {
  const { key, every, timeout } = check;
  if (check.kind === 'heartbeat') {
    return { key, every, lease: LEASE_BEYOND, firstAt: deadlineAfter(check, now, spec) };
  }
  return { key, every, lease: timeout + LEASE_BEYOND, firstAt: firstLook(check, now) };
}

/**
 * Asks one check that was taken, or finds that its heartbeat is overdue. Null when this instance's spec does not have it: it
 * is another's to ask.
 */
export async function lookAt(
  deps: Pick<HealthDeps, 'clock' | 'spec'> & { readonly runCheck: (check: Check) => Promise<CheckAnswer> },
  taken: TakenCheck,
): Promise<FinishedLook | null> {
  const check = deps.spec.current().checks.find(({ key }) => key === taken.key);
  if (check === undefined) return null;
  const now = deps.clock.now();
  const { key, pulse } = taken;
  if (check.kind === 'heartbeat') return { key, figures: {}, ...silent(check, pulse, taken.dueAt, now) };
  const answer = await deps.runCheck(check);
  const sample = sampleOf(answer, now);
  return { key, sample, figures: answer.figures, pulse: beat(pulse, sample), dueAt: nextLook(check, now) };
}

function sampleOf({ answer, detail, latencyMs, severity }: CheckAnswer, at: Date): Sample {
  const line = detail.replaceAll(/\s+/g, ' ').trim();
  return {
    at: at.toISOString(),
    answer,
    detail: line.length > DETAIL ? `${line.slice(0, DETAIL - 1)}…` : line,
    latencyMs,
    severity: severity ?? null,
  };
}
