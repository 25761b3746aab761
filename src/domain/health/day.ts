/** What a check answered on one day (UTC); durations in milliseconds. What they leave of the day is unknown. */
export interface CheckDay {
  readonly key: string;
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly good: number;
  readonly bad: number;
  readonly unclear: number;
  readonly goodMs: number;
  readonly badMs: number;
  readonly unclearMs: number;
  readonly latencyAvgMs: number | null;
  readonly latencyMaxMs: number | null;
}

/** How good a day was; `unknown` where nothing decisive was answered. */
export type DayMark = 'good' | 'mostly' | 'bad' | 'unknown';

/** Less bad time than this share of what is known makes a day mostly good. */
const MOSTLY = 0.05;

export function markOf(day: CheckDay | null): DayMark {
  if (day === null || day.good + day.bad === 0) return 'unknown';
  if (day.bad === 0) return 'good';
  return badShare(day) < MOSTLY ? 'mostly' : 'bad';
}

/** Share of the known time in which it was well, from 0 to 1; null when nothing is known. */
export function goodShare(days: readonly (CheckDay | null)[]): number | null {
  const sum = (of: (day: CheckDay) => number) => days.reduce((total, day) => total + (day === null ? 0 : of(day)), 0);
  const [good, bad] = [sum(({ goodMs }) => goodMs), sum(({ badMs }) => badMs)];
  return good + bad === 0 ? null : good / (good + bad);
}

function badShare({ good, bad, goodMs, badMs }: CheckDay): number {
  return goodMs + badMs === 0 ? bad / (good + bad) : badMs / (goodMs + badMs);
}
