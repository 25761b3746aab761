import { slackUser } from '../actor.ts';
import { windowSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { follow } from './apply.ts';
import { type WindowDecided, type WindowSituation, windowEvent } from './decision.ts';
import { lookAtWindow } from './look.ts';
import { showWindow } from './tell.ts';
import { windowRefusalFor } from './transitions.ts';
import type { MaintenanceWindow } from './window.ts';

/**
 * Somebody other than who planned it agrees to it. Only from then on are others told of it; what its time asks for already
 * happens at once.
 */
export function decideApprove(window: MaintenanceWindow, situation: WindowSituation): WindowDecided {
  const refusal = windowRefusalFor('approve', window);
  if (refusal !== null) return refusal;
  const id = windowSubject(window.number);
  if (window.approvers === null) return refused('needs-no-approval', `${id} needs nobody's approval.`);
  if (window.approved !== null) return refused('already-approved', `${id} is approved already.`);
  const by = slackUser(situation.actor);
  if (by !== null && by === slackUser(window.planned.by))
    return refused('own-plan', `You planned ${id} yourself: somebody else has to agree to it.`);
  const event = windowEvent(situation, { kind: 'window.approved' });
  const { decision } = lookAtWindow(follow(window, window.number, [event]), situation);
  return done({
    events: [event, ...(decision?.events ?? [])],
    deliveries: decision?.deliveries ?? showWindow(window),
  });
}
