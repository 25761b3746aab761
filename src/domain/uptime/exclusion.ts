import type { MaintenanceWindow } from '../window/window.ts';
import { type Stretch, union } from './stretch.ts';

/** Work that was announced and under way: downtime in it does not count. */
export interface Exclusion {
  /** Number of the window. */
  readonly window: number;
  readonly title: string;
  /** Somebody said afterwards what was done. */
  readonly documented: boolean;
  readonly when: readonly Stretch[];
}

/**
 * The time a window excuses: while it was under way and people knew. Not before it was announced, whatever it says of its
 * start; not beyond the end that was announced; and what extends it counts from when it was extended. One that was
 * cancelled, or never begun, excuses nothing. A window is about a service when it names it.
 */
export function exclusionOf(window: MaintenanceWindow, now: Date): Exclusion {
  const { number, title, report } = window;
  return { window: number, title, documented: report !== null, when: announcedWork(window, now.getTime()) };
}

function announcedWork({ started, announcedAt, ended, endsAt, extended }: MaintenanceWindow, now: number): Stretch[] {
  if (started === null || announcedAt === null) return [];
  const from = Math.max(Date.parse(started.at), Date.parse(announcedAt));
  const to = Math.min(ended === null ? now : Date.parse(ended.at), now);
  const promised = [
    { from, to: Date.parse(extended[0]?.from ?? endsAt) },
    ...extended.map((one) => ({ from: Math.max(Date.parse(one.from), Date.parse(one.at)), to: Date.parse(one.to) })),
  ];
  return union(promised.map((one) => ({ from: Math.max(from, one.from), to: Math.min(to, one.to) })));
}
