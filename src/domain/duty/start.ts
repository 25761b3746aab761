import { runSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { awaitsApproval, notRunReason } from './attempt.ts';
import { started } from './by-itself.ts';
import { type RunDecided, type RunSituation, runEventNow } from './decision.ts';
import type { RunEvent } from './events.ts';
import { notAutomated, notConnected } from './refusals.ts';
import type { DutyRun } from './run.ts';
import { postCard, showRun } from './tell.ts';
import { runRefusalFor } from './transitions.ts';

/**
 * Has Mainstay do it now, or do it again: also before it is due, which then asks for it early. Where somebody must agree
 * first, it says what it would do; also anew, where what it works on has changed since.
 */
export function decideStart(run: DutyRun, situation: RunSituation): RunDecided {
  const refusal = runRefusalFor('run', run);
  if (refusal !== null) return refusal;
  const id = runSubject(run.number);
  if (run.action === null) return notAutomated(id);
  const reason = notRunReason(run, situation.spec);
  if (reason !== null) return notConnected(id, reason);
  if (awaitsApproval(run) && !situation.moved) {
    return refused(
      'awaits-approval',
      `${id} has said what it would do; somebody who may agrees, or declines, on its card.`,
    );
  }
  const isAsked = run.askedAt !== null;
  const bodies: RunEvent[] = [...(isAsked ? [] : [{ kind: 'run.due' as const }]), started(run, 'asked', situation)];
  const events = bodies.map((body) => runEventNow(situation, body));
  return done({ events, deliveries: [...(isAsked ? [] : [postCard(run)]), ...showRun(run)] });
}
