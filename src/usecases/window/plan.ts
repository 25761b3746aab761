import { ACCESS_SUBJECT } from '../../domain/event.ts';
import { done } from '../../domain/outcome.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import { beginWindow } from '../../domain/window/begin.ts';
import type { Overlap, WindowTerms } from '../../domain/window/events.ts';
import { planTerms, type WindowDraft } from '../../domain/window/plan.ts';
import { recurringOverlaps } from '../../domain/window/recurring.ts';
import { notPermitted } from '../permit.ts';
import type { Caller, Tx } from '../ports.ts';
import { type WindowChanged, type WindowDeps, writeWindow } from './change.ts';

/** Plans a maintenance window: it has its number at once; card and announcements follow by delivery. */
export function planWindow(deps: WindowDeps, caller: Caller, draft: WindowDraft): Promise<WindowChanged> {
  return deps.store.once<WindowChanged>(caller.requestKey, async (tx) => {
    const situation = { actor: caller.actor, now: deps.clock.now(), spec: deps.spec.current() };
    const refusal = notPermitted(situation.spec, 'window.plan', caller, situation.now);
    if (refusal !== null) {
      await tx.save({ events: [{ subject: ACCESS_SUBJECT, draft: refusal.event }] });
      return refusal.answer;
    }
    const terms = planTerms(draft, situation);
    if (!terms.ok) return terms;
    const overlaps = await overlapsOf(tx, terms.value, situation.spec);
    const [number] = await tx.nextWindowNumbers(1);
    if (number === undefined) throw new Error('PostgreSQL gave no number for a window.');
    const { events, deliveries } = beginWindow(number, { ...terms.value, overlaps }, situation);
    return done(await writeWindow(tx, null, number, events, deliveries));
  });
}

/**
 * What else is worked on in that time, on the same services: planned already, or to come by the spec.
 *
 * @param own the number of the window itself, where it has one
 */
export async function overlapsOf(
  tx: Pick<Tx, 'overlappingWindows'>,
  terms: Omit<WindowTerms, 'overlaps'>,
  spec: OperationsSpec,
  own: number | null = null,
): Promise<Overlap[]> {
  const span = { from: new Date(terms.startsAt), to: new Date(terms.endsAt) };
  const known = await tx.overlappingWindows(terms.services, span);
  const others = known.filter(({ number }) => number !== own);
  return [
    ...others.map(({ number: window, title, startsAt, endsAt }) => ({ window, title, startsAt, endsAt })),
    ...recurringOverlaps(terms, known, spec),
  ];
}
