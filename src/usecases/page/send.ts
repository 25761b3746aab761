import { ACCESS_SUBJECT } from '../../domain/event.ts';
import { done } from '../../domain/outcome.ts';
import { follow } from '../../domain/page/apply.ts';
import { openPage } from '../../domain/page/open.ts';
import { askedTerms, type PageAsked } from '../../domain/page/send.ts';
import { notPermitted } from '../permit.ts';
import type { Caller } from '../ports.ts';
import { type PageChanged, type PageDeps, writeOf } from './change.ts';

/** Wakes a team because somebody asks for it. */
export function sendPage(deps: PageDeps, caller: Caller, asked: PageAsked): Promise<PageChanged> {
  return deps.store.once<PageChanged>(caller.requestKey, async (tx) => {
    const situation = { actor: caller.actor, now: deps.clock.now(), spec: deps.spec.current() };
    const refusal = notPermitted(situation.spec, 'page.send', caller, situation.now);
    if (refusal !== null) {
      await tx.save({ events: [{ subject: ACCESS_SUBJECT, draft: refusal.event }] });
      return refusal.answer;
    }
    const terms = askedTerms(asked, situation);
    if (!terms.ok) return terms;
    const number = await tx.nextPageNumber();
    const decision = openPage(number, terms.value, situation);
    await tx.save(writeOf(null, number, decision));
    return done(follow(null, number, decision.events));
  });
}
