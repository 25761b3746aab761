import { windowSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { type WindowDecided, type WindowDecision, type WindowSituation, windowEvent } from './decision.ts';
import { everywhere, sayIn, showWindow } from './tell.ts';
import { windowRefusalFor } from './transitions.ts';
import type { MaintenanceWindow } from './window.ts';

/** It does not take place, for a reason. Whoever was told of it hears that; nobody else does. */
export function decideCancel(
  window: MaintenanceWindow,
  input: { readonly reason: string },
  situation: WindowSituation,
): WindowDecided {
  const refusal = windowRefusalFor('cancel', window);
  if (refusal !== null) return refusal;
  const reason = cleaned(input.reason);
  if (reason === '') {
    const usage = `/maintenance cancel ${windowSubject(window.number)} <reason>`;
    return refused('empty-text', `Say why it does not take place: \`${usage}\`.`, 'reason');
  }
  return done(cancelWith(window, reason, situation));
}

/** Cancels it, whoever may. */
export function cancelWith(window: MaintenanceWindow, reason: string, situation: WindowSituation): WindowDecision {
  const event = windowEvent(situation, { kind: 'window.cancelled', reason, lapsed: false });
  const told = window.announcedAt === null ? [] : sayIn(everywhere(window), window, event);
  return { events: [event], deliveries: [...told, ...showWindow(window)] };
}
