import { tzOffset } from '@date-fns/tz/tzOffset';
import type { DayNumber } from './day.ts';

/** What a clock on a wall shows; `month` counts from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The day and time that clocks in `zone` show at `instant`. */
export function wallTimeAt(instant: Date, zone: string): WallTime {
  const local = new Date(instant.getTime() + tzOffset(zone, instant) * MINUTE);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
  };
}

/**
 * The instants at which clocks in `zone` show this time, earliest first: one on most days, two in the hour that autumn
 * repeats. A time that spring skips has the first instant after the gap (DESIGN section 5).
 */
export function instantsAt(wall: WallTime, zone: string): readonly [Date, ...Date[]] {
  return clockAround(utc(wall), zone)(wall).instants;
}

/** Where a wall time is. `skipped`: the clock never shows it, and the one instant is the first after the gap. */
export interface WallReading {
  readonly instants: readonly [Date, ...Date[]];
  readonly skipped: boolean;
}

/** The clock of one day in `zone`, for reading many times of that day: the zone is asked once, not for each. */
export function clockOn(day: DayNumber, zone: string): (wall: WallTime) => WallReading {
  return clockAround((day + 0.5) * DAY, zone);
}

/** No zone changes its clocks twice within three days, so two offsets and the instant between them are the whole clock. */
function clockAround(middle: number, zone: string): (wall: WallTime) => WallReading {
  const from = middle - 1.5 * DAY;
  const to = middle + 1.5 * DAY;
  const before = tzOffset(zone, new Date(from)) * MINUTE;
  const after = tzOffset(zone, new Date(to)) * MINUTE;
  if (before === after) return (wall) => ({ instants: [new Date(utc(wall) - before)], skipped: false });
  const change = changeBetween(from, to, zone);
  return (wall) => {
    const early = utc(wall) - before;
    const late = utc(wall) - after;
    if (early >= change && late < change) return { instants: [new Date(change)], skipped: true };
    if (early < change && late >= change) return { instants: [new Date(early), new Date(late)], skipped: false };
    return { instants: [new Date(early < change ? early : late)], skipped: false };
  };
}

function utc(wall: WallTime): number {
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
}

/** The instant between the two at which the zone's offset changes, to the minute: clock changes fall on whole minutes. */
function changeBetween(from: number, to: number, zone: string): number {
  const before = tzOffset(zone, new Date(from));
  let early = from / MINUTE;
  let late = to / MINUTE;
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (tzOffset(zone, new Date(middle * MINUTE)) === before) early = middle;
    else late = middle;
  }
  return late * MINUTE;
}

/** "2026-03-18 10:00" */
export function writtenWall(wall: WallTime): string {
  return new Date(utc(wall)).toISOString().slice(0, 16).replace('T', ' ');
}
