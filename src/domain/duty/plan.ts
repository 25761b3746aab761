import type { Duty } from '../spec/duty.ts';
import type { OperationsSpec } from '../spec/types.ts';
import { nextStep, type Plan } from './planning.ts';
import type { Occurrence } from './recurrence.ts';
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
    more: step.more,
  };
}
