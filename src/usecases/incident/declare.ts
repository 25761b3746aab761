import { ACCESS_SUBJECT, type StoredEvent } from '../../domain/event.ts';
import { type Declaration, decideDeclare } from '../../domain/incident/declare.ts';
import { done } from '../../domain/outcome.ts';
import type { WindowEvent } from '../../domain/window/events.ts';
import { type TimelineNote, windowTimeline } from '../../domain/window/timeline.ts';
import { notPermitted } from '../permit.ts';
import type { Caller } from '../ports.ts';
import { type Changed, type IncidentDeps, writeWithPages } from './change.ts';

/** Of a window in which a lot happened its end is what matters. */
const MOST_NOTES = 50;

/** Declares an incident: it has its number at once; channel, card and announcement follow by delivery. */
export function declareIncident(deps: IncidentDeps, caller: Caller, declaration: Declaration): Promise<Changed> {
  return deps.store.once<Changed>(caller.requestKey, async (tx) => {
    const situation = { actor: caller.actor, now: deps.clock.now(), spec: deps.spec.current() };
    const refusal = notPermitted(situation.spec, 'incident.declare', caller, situation.now);
    if (refusal !== null) {
      await tx.save({ events: [{ subject: ACCESS_SUBJECT, draft: refusal.event }] });
      return refusal.answer;
    }
    const decided = decideDeclare(declaration, situation, await timelineBefore(deps, declaration));
    if (!decided.ok) return decided;
    const number = await tx.nextIncidentNumber();
    return done(await writeWithPages(tx, null, number, decided.value(number), situation));
  });
}

/** What happened in the maintenance window it follows from. */
async function timelineBefore({ store }: IncidentDeps, { window: number }: Declaration): Promise<TimelineNote[]> {
  const window = number === undefined ? null : await store.window(number);
  if (window === null) return [];
  const events: StoredEvent<WindowEvent>[] = [];
  for await (const event of store.windowEvents(window.number)) events.push(event);
  return windowTimeline(window, events).slice(-MOST_NOTES);
}
