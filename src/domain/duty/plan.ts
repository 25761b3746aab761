import type { Duty } from '../spec/duty.ts';
import type { OperationsSpec } from '../spec/types.ts';
import { nextStep, type Plan } from './planning.ts';
import { type Occurrence, occurrences } from './recurrence.ts';
import type { DutyRun } from './run.ts';
import { rangeOf } from './terms.ts';

/** How far the occurrences of a duty have become runs. */
export interface DutyPlan extends Omit<Plan, 'key'> {
  /** Key of the duty. */
  readonly duty: string;
}

export interface DutyOccurrence {
  readonly duty: Duty;
  readonly occurrence: Occurrence;
}

/** What is to be planned now, and how far everything is planned then. */
export interface PlanningStep {
  readonly occurrences: readonly DutyOccurrence[];
  /** Those that changed. */
  readonly plans: readonly DutyPlan[];
  /** Keys of duties that now happen at other times. */
  readonly changed: readonly string[];
  /** There is more than one step takes: the next one goes on from here. */
  readonly more: boolean;
}

/**
 * The occurrences that become runs now: due since the last planning, or due so soon that the team is told beforehand. A
 * duty that is new in the spec begins now and owes nothing for the past.
 *
 * @param limit how many at most, give or take those due at the same instant
 */
export function planningStep(
  spec: OperationsSpec,
  plans: readonly DutyPlan[],
  now: Date,
  limit?: number,
): PlanningStep {
  const things = spec.duties.map((duty) => {
    const { key, when, announceBefore } = duty;
    return { key, when, ahead: announceBefore ?? 0, range: rangeOf(duty, spec), duty };
  });
  const known = plans.map(({ duty: key, ...plan }) => ({ key, ...plan }));
  const step = nextStep(things, known, now, limit);
  return {
    occurrences: step.occurrences.map(({ thing, occurrence }) => ({ duty: thing.duty, occurrence })),
    plans: step.plans.map(({ key, ...plan }) => ({ duty: key, ...plan })),
    changed: step.changed,
    more: step.more,
  };
}

const MONTH = 31 * 86_400_000;

/** Is it only planned, untouched by anybody, and without an occurrence in the spec any more? */
export function isWithdrawn(run: DutyRun, spec: OperationsSpec): boolean {
  const duty = spec.duties.find(({ key }) => key === run.duty);
  if (duty === undefined || run.status !== 'planned' || run.takenBy !== null || run.attempt !== null) return false;
  // A holiday or a freeze may move it; farther than that it is another one.
  const [from, to] = [new Date(Date.parse(run.dueAt) - MONTH), new Date(Date.parse(run.dueAt) + MONTH)];
  return !occurrences(duty.when, { ...rangeOf(duty, spec), from, to }).some(({ key }) => key === run.occurrence);
}
