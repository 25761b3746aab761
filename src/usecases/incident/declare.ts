import { ACCESS_SUBJECT } from '../../domain/event.ts';
import { type Declaration, decideDeclare } from '../../domain/incident/declare.ts';
import { done } from '../../domain/outcome.ts';
import { notPermitted } from '../permit.ts';
import type { Caller } from '../ports.ts';
import { type Changed, type IncidentDeps, writeWithPages } from './change.ts';

/** Declares an incident: it has its number at once; channel, card and announcement follow by delivery. */
export function declareIncident(deps: IncidentDeps, caller: Caller, declaration: Declaration): Promise<Changed> {
  return deps.store.once<Changed>(caller.requestKey, async (tx) => {
    const situation = { actor: caller.actor, now: deps.clock.now(), spec: deps.spec.current() };
    const refusal = notPermitted(situation.spec, 'incident.declare', caller, situation.now);
    if (refusal !== null) {
      await tx.save({ events: [{ subject: ACCESS_SUBJECT, draft: refusal.event }] });
      return refusal.answer;
    }
    const decided = decideDeclare(declaration, situation);
    if (!decided.ok) return decided;
    const number = await tx.nextIncidentNumber();
    return done(await writeWithPages(tx, null, number, decided.value(number), situation));
  });
}
