import { runSubject } from '../event.ts';
import { done } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { type RunDecided, type RunSituation, runEventNow } from './decision.ts';
import { emptyRunText } from './refusals.ts';
import type { DutyRun } from './run.ts';
import { contactsLeft, sayToOwner, showRun, tellContact } from './tell.ts';
import { runRefusalFor } from './transitions.ts';

/**
 * Whoever has it, or was asked, cannot do it. It is free again, its channel hears of it, and so does the next contact at
 * once: waiting for the grace to end would waste the time in which somebody else could do it.
 */
export function decideCannot(run: DutyRun, input: { readonly reason: string }, situation: RunSituation): RunDecided {
  const refusal = runRefusalFor('cannot', run);
  if (refusal !== null) return refusal;
  const reason = cleaned(input.reason);
  const usage = `/maintenance cannot ${runSubject(run.number)} <reason>`;
  if (reason === '') return emptyRunText('what is in the way', usage, 'reason');
  const cannot = runEventNow(situation, { kind: 'run.cannot', reason });
  const [contact, ...left] = contactsLeft(run, situation.spec);
  const said = [sayToOwner(run, cannot), ...showRun(run)];
  if (contact === undefined) return done({ events: [cannot], deliveries: said });
  const nextTellAt = left.length === 0 ? null : run.nextTellAt;
  const told = runEventNow(situation, { kind: 'run.escalated', why: 'cannot', told: contact, nextTellAt });
  return done({ events: [cannot, told], deliveries: [...said, tellContact(run, contact, 'cannot', reason)] });
}
