import type { Milliseconds } from '../spec/duration.ts';
import { isApproved, isOpenWindow, type MaintenanceWindow, owesReport } from './window.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** When people are told of a window before it begins, where the spec does not say: of one that recurs not a week ahead. */
export const ONE_OFF_BEFORE: readonly Milliseconds[] = [7 * DAY, DAY, 15 * MINUTE];
export const RECURRING_BEFORE: readonly Milliseconds[] = [DAY, 15 * MINUTE];
/** When they are told that one ends. */
export const ENDING_BEFORE: Milliseconds = 10 * MINUTE;
/** How long the owner has to say what was done before they are reminded, once. */
const REMIND_AFTER: Milliseconds = DAY;

/** How long after its planned end it is said again that a window goes on: seldomer each time. Then the digest says it. */
const OVERRUN_AGAIN: readonly Milliseconds[] = [HOUR / 2, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, DAY, 2 * DAY, 3 * DAY];

/** When it is next said that it is over its time, after it was at `now`; null when it is not any more. */
export function overrunAgainAt({ endsAt }: Pick<MaintenanceWindow, 'endsAt'>, now: Date): string | null {
  const next = OVERRUN_AGAIN.map((after) => Date.parse(endsAt) + after).find((at) => at > now.getTime());
  return next === undefined ? null : new Date(next).toISOString();
}

/** When it is to be said that it is over its time; null when it was said often enough. */
export function overrunAt({ endsAt, overranAt, overrunAgainAt: again }: MaintenanceWindow): Date | null {
  if (overranAt === null) return new Date(endsAt);
  return again === null ? null : new Date(again);
}

/** The words before the start that are due at `now` and not told, the longest ahead first. */
export function wordsDue(window: MaintenanceWindow, now: Date): readonly Milliseconds[] {
  return untold(window).filter((before) => now.getTime() >= Date.parse(window.startsAt) - before);
}

/** When something is to be done about it without anybody asking; null when nothing is. */
export function nextLookAt(window: MaintenanceWindow): string | null {
  const instants = waitsFor(window).map((at) => at.getTime());
  return instants.length === 0 ? null : new Date(Math.min(...instants)).toISOString();
}

function waitsFor(window: MaintenanceWindow): Date[] {
  const { status, startsAt, endsAt, askedAt, remindedAt } = window;
  const end = new Date(endsAt);
  if (owesReport(window) && askedAt !== null && remindedAt === null) return [remindAt(askedAt)];
  if (!isOpenWindow(window)) return [];
  if (status === 'started') {
    if (window.lead === null) return [end];
    const ending = endingAt(window);
    const overrun = overrunAt(window);
    return [ending, overrun].filter((at) => at !== null);
  }
  if (!isApproved(window)) return [window.unapprovedAt === null ? new Date(startsAt) : end];
  return [0, ...untold(window)].map((before) => new Date(Date.parse(startsAt) - before));
}

/** When people are told that it ends; null when they were, or are not at all. */
export function endingAt({ endsAt, endingBefore, endingToldAt }: MaintenanceWindow): Date | null {
  if (endingBefore === null || endingToldAt !== null) return null;
  return new Date(Date.parse(endsAt) - endingBefore);
}

/** When its owner is asked again. @param askedAt ISO */
export function remindAt(askedAt: string): Date {
  return new Date(Date.parse(askedAt) + REMIND_AFTER);
}

function untold({ announceBefore, told }: MaintenanceWindow): readonly Milliseconds[] {
  return announceBefore.filter((before) => !told.includes(before));
}
