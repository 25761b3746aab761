import { done } from '../outcome.ts';
import { type WindowDecided, type WindowDecision, type WindowSituation, windowEvent } from './decision.ts';
import { leadFrom } from './start.ts';
import { askForReport, everywhere, sayIn, showWindow } from './tell.ts';
import { windowRefusalFor } from './transitions.ts';
import type { MaintenanceWindow } from './window.ts';

/** The work is over, in time or not. Everybody affected hears of it, and whoever led it is asked what was done. */
export function decideEnd(window: MaintenanceWindow, situation: WindowSituation): WindowDecided {
  const refusal = windowRefusalFor('end', window);
  if (refusal !== null) return refusal;
  const lead = leadFrom(window, situation);
  return done(endWindow(lead === null ? window : { ...window, lead }, situation));
}

/** Its end, and the question what was done: to the lead alone, or in the owner's channel in place of the line there. */
export function endWindow(
  window: MaintenanceWindow,
  situation: WindowSituation,
  occurredAt: Date = situation.now,
): WindowDecision {
  const overrun = Math.max(0, occurredAt.getTime() - Date.parse(window.endsAt));
  const event = windowEvent(situation, { kind: 'window.ended', overrun }, occurredAt);
  const told = window.lead === null ? window.announceIn : everywhere(window);
  return {
    events: [event],
    deliveries: [...sayIn(told, window, event), ...showWindow(window), askForReport(window, false)],
  };
}
