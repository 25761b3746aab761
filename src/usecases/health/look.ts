import { deadlineAfter, silent } from '../../domain/health/beat.ts';
import { byKey } from '../../domain/health/by-key.ts';
import { connectedChecks } from '../../domain/health/connected.ts';
import { beat } from '../../domain/health/pulse.ts';
import type { Sample } from '../../domain/health/sample.ts';
import { firstLook, nextLook } from '../../domain/health/schedule.ts';
import { measurements, thresholdsOn } from '../../domain/health/threshold-checks.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import type { Check, Measurement } from '../../domain/spec/watching.ts';
import type { CheckAnswer } from '../check-port.ts';
import type { FinishedLook, ScheduledCheck, TakenCheck } from '../check-store-port.ts';
import type { HealthDeps } from './deps.ts';
import { isOwn, ownAnswer } from './own-answers.ts';
import { thresholdAnswer } from './threshold.ts';

/** How long after its time-out an answer may still be written, before another instance takes the check over; ms. */
const LEASE_BEYOND = 15_000;
/** Longest line of an answer that is kept. */
const DETAIL = 500;
const CENTURY = 100 * 365 * 86_400_000;

/** Puts on the schedule what the spec asks for now, and takes off what it does not. */
export async function scheduleChecks({ checks, clock, spec }: HealthDeps): Promise<void> {
  const current = spec.current();
  const now = clock.now();
  const asked = [...connectedChecks(current), ...measurements(current)];
  await checks.schedule(asked.map((check) => scheduled(check, now, current)));
}

function scheduled(check: Check | Measurement, now: Date, spec: OperationsSpec): ScheduledCheck {
  const { key, every, timeout } = check;
  if (check.kind === 'threshold') return { key, every, lease: LEASE_BEYOND, firstAt: never(now) };
  if (check.kind === 'heartbeat') {
    return { key, every, lease: LEASE_BEYOND, firstAt: deadlineAfter(check, now, spec) };
  }
  return { key, every, lease: timeout + LEASE_BEYOND, firstAt: firstLook(check, now) };
}

/**
 * Asks one check or metric that was taken, or finds that its heartbeat is overdue. Null when this instance's spec does not
 * have it: it is another's to ask.
 */
export async function lookAt(
  deps: Pick<HealthDeps, 'clock' | 'spec' | 'checks'> & { readonly runCheck: Ask },
  taken: TakenCheck,
): Promise<FinishedLook | null> {
  const check = askedAs(taken.key, deps.spec.current());
  if (check === undefined) return null;
  const now = deps.clock.now();
  const { key, pulse } = taken;
  switch (check.kind) {
    case 'heartbeat':
      return { key, figures: {}, ...silent(check, pulse, taken.dueAt, now) };
    case 'threshold': {
      const { isEarly, ...answer } = await thresholdAnswer(deps, check, pulse, now);
      const sample = sampleOf(answer, now);
      const next = isEarly ? { ...pulse, last: sample } : beat(pulse, sample);
      return { key, sample, figures: answer.figures, pulse: next, dueAt: never(now) };
    }
    default: {
      const answer = isOwn(check) ? await ownAnswer(deps, check, now) : await deps.runCheck(check);
      const sample = sampleOf(answer, now);
      return { key, sample, figures: answer.figures, pulse: beat(pulse, sample), dueAt: nextLook(check, now) };
    }
  }
}

type Ask = (check: Check | Measurement) => Promise<CheckAnswer>;

function askedAs(key: string, spec: OperationsSpec): Check | Measurement | undefined {
  return byKey(spec.checks).get(key) ?? measurements(spec).find((metric) => metric.key === key);
}

/** A threshold is looked at when its metric was, and not by itself: after an outage it would judge by what was before. */
function never(now: Date): Date {
  return new Date(now.getTime() + CENTURY);
}

/** After these were looked at: the thresholds that go by those of them that are metrics are due. */
export async function judgeByMetrics({ checks, clock, spec }: HealthDeps, looked: readonly string[]): Promise<void> {
  const due = thresholdsOn(looked, spec.current());
  if (due.length > 0) await checks.askNow(due, clock.now());
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
