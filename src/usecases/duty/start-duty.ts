import { decideExtraRun } from '../../domain/duty/extra.ts';
import { ACCESS_SUBJECT } from '../../domain/event.ts';
import { done, refused } from '../../domain/outcome.ts';
import { notPermitted } from '../permit.ts';
import type { Caller } from '../ports.ts';
import { type DutyDeps, type RunChanged, writeRun } from './change.ts';
import { agreements } from './place.ts';

/** Has Mainstay do a duty now, in a run outside its calendar: one run, however often the request is repeated. */
export function startDuty(deps: DutyDeps, caller: Caller, input: { readonly duty: string }): Promise<RunChanged> {
  return deps.store.once<RunChanged>(caller.requestKey, async (tx) => {
    const now = deps.clock.now();
    const spec = deps.spec.current();
    const duty = spec.duties.find(({ key }) => key === input.duty);
    if (duty === undefined) return refused('unknown-duty', `The spec has no duty "${input.duty}" any more.`);
    const refusal = notPermitted(spec, 'duty.run', caller, now, duty.permission);
    if (refusal !== null) {
      await tx.save({ events: [{ subject: ACCESS_SUBJECT, draft: refusal.event }] });
      return refusal.answer;
    }
    const { key, run: action = null, approval = null } = duty;
    const known = await agreements(tx, { duty: key, action, approval }, spec);
    const [number] = await tx.nextRunNumbers(1);
    if (number === undefined) throw new Error('a run was to begin and has no number');
    const decided = decideExtraRun(number, duty, { actor: caller.actor, now, spec, ...known });
    if (!decided.ok) return decided;
    return done(await writeRun(tx, null, number, decided.value.events, decided.value.deliveries));
  });
}
