import type { Sample } from './sample.ts';

/** The same answer so many times in a row. */
export interface Streak {
  readonly count: number;
  /** When the first of them was asked; ISO. */
  readonly since: string;
}

/** What the samples of a check come to, however many there were. Plain JSON. */
export interface Pulse {
  readonly last: Sample | null;
  /** Of good and bad answers one streak at most lives: each ends the other. */
  readonly good: Streak | null;
  readonly bad: Streak | null;
  /** Ended by either; ends neither, because it says nothing about them. */
  readonly unclear: Streak | null;
  /** Of a heartbeat: when the work it tells of began, while it has not finished. */
  readonly startedAt: string | null;
}

export const NO_PULSE: Pulse = { last: null, good: null, bad: null, unclear: null, startedAt: null };

/** The pulse after one more sample. */
export function beat(pulse: Pulse, sample: Sample): Pulse {
  const next = { ...pulse, last: sample };
  switch (sample.answer) {
    case 'ok':
      return { ...next, good: longer(pulse.good, sample), bad: null, unclear: null };
    case 'failing':
      return { ...next, bad: longer(pulse.bad, sample), good: null, unclear: null };
    case 'could-not-tell':
      return { ...next, unclear: longer(pulse.unclear, sample) };
  }
}

/** The pulse of a check that is judged afresh: what it answered before counts no more, the last answer stays in sight. */
export function afresh(pulse: Pulse): Pulse {
  return { ...pulse, good: null, bad: null, unclear: null };
}

function longer(streak: Streak | null, { at }: Sample): Streak {
  return streak === null ? { count: 1, since: at } : { count: streak.count + 1, since: streak.since };
}
