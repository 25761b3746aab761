/** The ways in which one may move the demo's clock, and where it stops on the way so that the app looks at what is due. */
export const TIME_STEPS = ['now', 'hour', 'morning', 'week'] as const;
export type TimeStep = (typeof TIME_STEPS)[number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WEEK = 7 * 24 * HOUR;
/** Most duties fall due on the hour or at half past. */
const STOPS: Record<TimeStep, number> = { now: HOUR, hour: 15 * MINUTE, morning: 30 * MINUTE, week: 30 * MINUTE };
const MORNING = 9;

/** Milliseconds of each stop, ascending; the last is where the step ends. A morning is one where this machine is. */
export function stopsOf(step: TimeStep, now: number): number[] {
  const end = endOf(step, now);
  const every = STOPS[step];
  const stops: number[] = [];
  for (let stop = (Math.floor(now / every) + 1) * every; stop < end; stop += every) stops.push(stop);
  return [...stops, end];
}

function endOf(step: TimeStep, now: number): number {
  switch (step) {
    case 'now':
      return now;
    case 'hour':
      return now + HOUR;
    case 'morning':
      return nextMorning(now);
    case 'week':
      return now + WEEK;
  }
}

function nextMorning(now: number): number {
  const today = new Date(now).setHours(MORNING, 0, 0, 0);
  if (today > now) return today;
  const tomorrow = new Date(now);
  tomorrow.setDate(tomorrow.getDate() + 1);
  return tomorrow.setHours(MORNING, 0, 0, 0);
}
