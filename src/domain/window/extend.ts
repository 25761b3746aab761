import { windowSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { type WindowDecided, type WindowSituation, windowEvent } from './decision.ts';
import type { Overlap } from './events.ts';
import type { NewEnd } from './new-end.ts';
import { leadFrom } from './start.ts';
import { everywhere, sayIn, showWindow } from './tell.ts';
import { windowRefusalFor } from './transitions.ts';
import type { MaintenanceWindow } from './window.ts';

/** When it ends then. What overran is extended from now on, not from an end that has passed. */
export function endAfter({ endsAt }: Pick<MaintenanceWindow, 'endsAt'>, end: NewEnd, now: Date): Date {
  return 'until' in end ? end.until : new Date(Math.max(now.getTime(), Date.parse(endsAt)) + end.by);
}

/** It takes longer: everybody who was told of its end is told of the new one, and again before that. */
export function decideExtend(
  window: MaintenanceWindow,
  input: { readonly end: NewEnd; readonly reason: string; readonly overlaps: readonly Overlap[] },
  situation: WindowSituation,
): WindowDecided {
  const refusal = windowRefusalFor('extend', window);
  if (refusal !== null) return refusal;
  const { now } = situation;
  const to = endAfter(window, input.end, now);
  if (to <= new Date(window.endsAt) || to <= now) {
    const was = window.endsAt.slice(0, 16).replace('T', ' ');
    return refused(
      'not-later',
      `${windowSubject(window.number)} ends ${was} UTC: extend it to a time after that and still to come.`,
      'until',
    );
  }
  const event = windowEvent(situation, {
    kind: 'window.extended',
    from: window.endsAt,
    to: to.toISOString(),
    reason: cleaned(input.reason),
    lead: leadFrom(window, situation),
    overlaps: input.overlaps,
  });
  const told = window.announcedAt === null ? [] : sayIn(everywhere(window), window, event);
  return done({ events: [event], deliveries: [...told, ...showWindow(window)] });
}
