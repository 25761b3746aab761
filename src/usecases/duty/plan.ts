import type { Delivery } from '../../domain/delivery.ts';
import { follow } from '../../domain/duty/apply.ts';
import { beginningsOf, beginRun } from '../../domain/duty/begin.ts';
import { type RunDecision, type RunSituation, runEventNow } from '../../domain/duty/decision.ts';
import { lookAtRun } from '../../domain/duty/look.ts';
import { type DutyPlan, isWithdrawn, type PlanningStep, planningStep } from '../../domain/duty/plan.ts';
import type { DutyRun } from '../../domain/duty/run.ts';
import { showRun } from '../../domain/duty/tell.ts';
import { wordAfterOutage } from '../../domain/duty/unasked.ts';
import { runSubject } from '../../domain/event.ts';
import type { Tx, Write } from '../ports.ts';
import { actionJobs, type DutyDeps } from './change.ts';
import { agreements } from './place.ts';

/** What one planning came to, for the log. */
export interface Planned {
  /** New runs, and those that ended because nobody was asked in time. */
  readonly runs: readonly Pick<DutyRun, 'number' | 'duty' | 'status'>[];
}

/**
 * Makes runs of all occurrences that are due, or so soon that they are announced: each once, however many instances plan,
 * however often, and after an outage too. Done in steps, so that a long outage is no single huge transaction.
 */
export async function planDuties(deps: DutyDeps): Promise<Planned> {
  const all: Planned['runs'][number][] = [];
  for (;;) {
    // A glance that locks nothing: most minutes there is nothing to do.
    const glance = stepNow(deps, await deps.store.plansNow());
    const [late] = await deps.store.runsToLookAt(deps.clock.now(), 1);
    if (!isWork(glance) && !isUnasked(late, deps.clock.now())) return { runs: all };
    const { runs, more } = await deps.store.once(null, (tx) => planOnce(deps, tx));
    all.push(...runs);
    if (!more) return { runs: all };
  }
}

function stepNow(deps: DutyDeps, plans: readonly DutyPlan[]): PlanningStep {
  return planningStep(deps.spec.current(), plans, deps.clock.now());
}

function isWork({ occurrences, plans, more }: PlanningStep): boolean {
  return occurrences.length > 0 || plans.length > 0 || more;
}

/** Has it run out of time before anybody was asked? Then it is told of together with the others. */
export function isUnasked(run: DutyRun | undefined, now: Date): boolean {
  return run?.status === 'planned' && run.missedAt !== null && now >= new Date(run.missedAt);
}

async function planOnce(deps: DutyDeps, tx: Tx): Promise<Planned & { readonly more: boolean }> {
  // Under the lock of planning, so that what is known does not change any more.
  const plans = await tx.dutyPlans();
  const situation: RunSituation = {
    actor: { kind: 'system', job: 'plan-duties' },
    now: deps.clock.now(),
    spec: deps.spec.current(),
  };
  const step = planningStep(situation.spec, plans, situation.now);
  const outcomes = [
    ...(await beginAll(tx, step, situation)),
    ...(await withdrawAll(tx, step.changed, situation)),
    ...(await endUnasked(tx, situation)),
  ];
  const more = step.more;
  if (outcomes.length === 0 && step.plans.length === 0) return { runs: [], more };

  const runs = outcomes.map(({ run }) => run);
  const deliveries: Delivery[] = [...outcomes.flatMap(({ decision }) => decision.deliveries), ...wordAfterOutage(runs)];
  const events: Write['events'] = outcomes.flatMap(({ run, decision }) =>
    decision.events.map((draft) => ({ subject: runSubject(run.number), draft })),
  );
  const actions = outcomes.flatMap(({ run, decision }) => actionJobs(run, decision.events));
  await tx.save({ events, runs, plans: step.plans, deliveries, actions });
  return { runs: runs.map(({ number, duty, status }) => ({ number, duty, status })), more };
}

interface Began {
  readonly run: DutyRun;
  readonly decision: RunDecision;
}

async function beginAll(tx: Tx, step: PlanningStep, situation: RunSituation): Promise<Began[]> {
  const [first] = step.occurrences;
  if (first === undefined) return [];
  const waivers = await tx.waivers(first.occurrence.at);
  const beginnings = beginningsOf(step.occurrences, waivers, situation.spec);
  const named = beginnings.map(({ duty, occurrence }) => ({ duty: duty.key, occurrence: occurrence.key }));
  const known = new Set((await tx.knownOccurrences(named)).map(({ duty, occurrence }) => `${duty} ${occurrence}`));
  const fresh = beginnings.filter(({ duty, occurrence }) => !known.has(`${duty.key} ${occurrence.key}`));
  const numbers = await tx.nextRunNumbers(fresh.length);
  const begun: Began[] = [];
  for (const [index, beginning] of fresh.entries()) {
    const number = numbers[index];
    if (number === undefined)
      throw new Error(`${fresh.length} runs were to begin and only ${numbers.length} have numbers`);
    const { key, run: action = null, approval = null } = beginning.duty;
    const agreed = await agreements(tx, { duty: key, action, approval }, situation.spec);
    const decision = beginRun(number, beginning, { ...situation, ...agreed });
    begun.push({ run: follow(null, number, decision.events), decision });
  }
  return begun;
}

/** Ends what was planned ahead for times at which the spec has nothing any more. */
async function withdrawAll(tx: Tx, duties: readonly string[], situation: RunSituation): Promise<Began[]> {
  if (duties.length === 0) return [];
  const gone = (await tx.plannedRuns(duties, situation.now)).filter((run) => isWithdrawn(run, situation.spec));
  return gone.map((run) => {
    const reason = 'The operations spec does not plan it for this time any more.';
    const event = runEventNow(situation, { kind: 'run.skipped', reason });
    return { run: follow(run, run.number, [event]), decision: { events: [event], deliveries: showRun(run) } };
  });
}

async function endUnasked(tx: Tx, situation: RunSituation): Promise<Began[]> {
  const late = await tx.unaskedRuns(situation.now);
  return late.flatMap((run) => {
    const { decision } = lookAtRun(run, situation);
    return decision === null ? [] : [{ run: follow(run, run.number, decision.events), decision }];
  });
}
