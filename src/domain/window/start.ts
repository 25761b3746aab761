import { slackUser } from '../actor.ts';
import { done } from '../outcome.ts';
import { type WindowDecided, type WindowDecision, type WindowSituation, windowEvent } from './decision.ts';
import { postAnnouncements, sayIn, showWindow } from './tell.ts';
import { windowRefusalFor } from './transitions.ts';
import type { MaintenanceWindow } from './window.ts';

/** The work begins, perhaps earlier than planned: everybody affected hears of it. Whoever begins one without a lead leads it. */
export function decideStart(window: MaintenanceWindow, situation: WindowSituation): WindowDecided {
  return windowRefusalFor('start', window) ?? done(beginWork(window, leadFrom(window, situation), situation));
}

/** Who leads from now on: whoever acts, where nobody does yet; null when nothing changes. */
export function leadFrom({ lead }: MaintenanceWindow, { actor }: WindowSituation): string | null {
  return lead === null ? slackUser(actor) : null;
}

/** It has begun: told everywhere, where nobody was told before in the message that is edited from then on. */
export function beginWork(
  window: MaintenanceWindow,
  lead: string | null,
  situation: WindowSituation,
  occurredAt: Date = situation.now,
): WindowDecision {
  const event = windowEvent(situation, { kind: 'window.started', lead }, occurredAt);
  const isFirst = window.announcedAt === null;
  const own = window.planned.at === situation.now.toISOString() ? [] : sayIn([window.channel], window, event);
  const others = isFirst ? postAnnouncements(window) : sayIn(window.announceIn, window, event);
  return { events: [event], deliveries: [...own, ...others, ...showWindow(window)] };
}
