import type { ListedSilence } from '../../domain/alert/listed-silence.ts';
import type { AlertRefusal } from '../../domain/alert/refusals.ts';
import { ACCESS_SUBJECT, windowSubject } from '../../domain/event.ts';
import { done, type Outcome, refused } from '../../domain/outcome.ts';
import type { Silence } from '../../domain/window/silence.ts';
import { notPermitted } from '../permit.ts';
import type { Caller } from '../ports.ts';
import { whoseSilence } from './list-silences.ts';
import { connectedAlertmanagers } from './reach.ts';
import { endSilence, type SilenceDeps } from './silence.ts';

export type SilenceExpired = Outcome<{ readonly silence: Silence; readonly of: ListedSilence['of'] }, AlertRefusal>;

/**
 * Ends a silence in an Alertmanager, whoever opened it. One of a group of alerts is ended as its card does it; one of a window ends with
 * the window, and would be opened again before that. That somebody wants to end other people's is on record before it is done.
 */
export async function expireSilence(
  deps: SilenceDeps,
  caller: Caller,
  { target, id }: { readonly target: string; readonly id: string },
): Promise<SilenceExpired> {
  const { store, spec, clock, alertmanagers } = deps;
  const refusal = notPermitted(spec.current(), 'alert.silence', caller, clock.now());
  if (refusal !== null) {
    return store.once<SilenceExpired>(caller.requestKey, async (tx) => {
      await tx.save({ events: [{ subject: ACCESS_SUBJECT, draft: refusal.event }] });
      return refusal.answer;
    });
  }
  const at = new Map(connectedAlertmanagers(spec.current())).get(target);
  if (at === undefined) return refused('no-alertmanager', `The spec names no Alertmanager "${target}" any more.`);
  const found = await alertmanagers.silences(at);
  if (!found.ok) return refused('alertmanager-away', `Nothing is ended: ${target}: ${found.problem}. Try again.`);
  const silence = found.value.find((one) => one.id === id);
  if (silence === undefined || silence.state === 'expired') {
    return refused('not-silenced', 'That silence has ended already.');
  }
  const of = await whoseSilence(deps, silence);
  if (of?.kind === 'window') {
    const win = windowSubject(of.number);
    const words = `It is kept for ${win} and would be opened again: \`/maintenance end ${win}\` ends both.`;
    return refused('of-window', words);
  }
  if (of !== null) {
    const ended = await endSilence(deps, caller, { number: of.number });
    return ended.ok ? done({ silence, of }) : ended;
  }
  await store.once(caller.requestKey, async (tx) => {
    const now = clock.now();
    const { createdBy, comment, endsAt, matchers } = silence;
    const body = { kind: 'silence.ended', target, id, createdBy, comment, endsAt, matchers };
    const draft = { actor: caller.actor, occurredAt: now, recordedAt: now, body };
    await tx.save({ events: [{ subject: ACCESS_SUBJECT, draft }] });
    return null;
  });
  const expired = await alertmanagers.expire(at, id);
  if (!expired.ok)
    return refused('alertmanager-away', `It may not have ended: ${target}: ${expired.problem}. Try again.`);
  return done({ silence, of });
}
