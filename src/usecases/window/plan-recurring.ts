import { windowSubject } from '../../domain/event.ts';
import { follow } from '../../domain/window/apply.ts';
import { beginWindow } from '../../domain/window/begin.ts';
import type { WindowDecision, WindowSituation } from '../../domain/window/decision.ts';
import { recurringTerms, windowStep } from '../../domain/window/recurring.ts';
import type { MaintenanceWindow } from '../../domain/window/window.ts';
import type { Tx } from '../ports.ts';
import type { WindowDeps } from './change.ts';
import { overlapsOf } from './plan.ts';

/** A window that was planned, for the log. */
type Planned = Pick<MaintenanceWindow, 'number' | 'window' | 'status'>;

/**
 * Makes windows of all occurrences that are so near that people are told of them: each once, however many instances plan,
 * however often, and after an outage too. Done in steps, so that a long outage is no single huge transaction.
 */
export async function planWindows(deps: WindowDeps): Promise<readonly Planned[]> {
  const all: Planned[] = [];
  for (;;) {
    // A glance that locks nothing: most minutes there is nothing to do.
    const glance = windowStep(deps.spec.current(), await deps.store.windowPlansNow(), deps.clock.now());
    if (glance.occurrences.length === 0 && glance.plans.length === 0 && !glance.more) return all;
    const { windows, more } = await deps.store.once(null, (tx) => planOnce(deps, tx));
    all.push(...windows);
    if (!more) return all;
  }
}

async function planOnce(
  deps: WindowDeps,
  tx: Tx,
): Promise<{ readonly windows: readonly Planned[]; readonly more: boolean }> {
  // Under the lock of planning, so that what is known does not change any more.
  const plans = await tx.windowPlans();
  const situation: WindowSituation = {
    actor: { kind: 'system', job: 'plan-windows' },
    now: deps.clock.now(),
    spec: deps.spec.current(),
  };
  const step = windowStep(situation.spec, plans, situation.now);
  const begun = await beginAll(tx, step.occurrences, situation);
  if (begun.length === 0 && step.plans.length === 0) return { windows: [], more: step.more };
  const windows = begun.map(({ window }) => window);
  await tx.save({
    events: begun.flatMap(({ window, decision }) =>
      decision.events.map((draft) => ({ subject: windowSubject(window.number), draft })),
    ),
    windows,
    windowPlans: step.plans,
    deliveries: begun.flatMap(({ decision }) => decision.deliveries),
  });
  return { windows: windows.map(({ number, window, status }) => ({ number, window, status })), more: step.more };
}

async function beginAll(
  tx: Tx,
  occurrences: ReturnType<typeof windowStep>['occurrences'],
  situation: WindowSituation,
): Promise<{ readonly window: MaintenanceWindow; readonly decision: WindowDecision }[]> {
  const known = await tx.knownWindows(
    occurrences.map(({ thing, occurrence }) => ({ window: thing.key, occurrence: occurrence.key })),
  );
  const fresh = occurrences.filter(
    ({ thing, occurrence }) => !known.some((one) => one.window === thing.key && one.occurrence === occurrence.key),
  );
  const numbers = await tx.nextWindowNumbers(fresh.length);
  const begun = [];
  for (const [index, { thing, occurrence }] of fresh.entries()) {
    const number = numbers[index];
    if (number === undefined) throw new Error(`${fresh.length} windows were to begin and only ${index} have numbers`);
    const terms = recurringTerms(thing, occurrence, situation.spec);
    const overlaps = await overlapsOf(tx, terms, situation.spec);
    const decision = beginWindow(number, { ...terms, overlaps }, situation);
    begun.push({ window: follow(null, number, decision.events), decision });
  }
  return begun;
}
