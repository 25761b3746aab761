import { type Period, periodOf } from '../digest/period.ts';
import type { OperationsSpec } from '../spec/types.ts';
import { type Parsed, problem, understood } from '../text/parsed.ts';
import { dayNumber } from '../time/day.ts';
import { parseTeam } from './command.ts';
import { dayAt } from './planned.ts';

/** What a report is about. */
export interface ReportAsked {
  readonly period: Period;
  /** Key of the team; null for all. */
  readonly owner: string | null;
}

const HOW = 'Write `month`, `quarter`, a quarter such as `2026-Q3`, or a month such as `2026-09`';

/** Reads `[month|quarter|2026-Q3|2026-09] [team]`, in either order; without a period it is the quarter that runs now. */
export function parseReport(
  typed: string,
  spec: Pick<OperationsSpec, 'teams' | 'timezone'>,
  now: Date,
): Parsed<ReportAsked> {
  const zone = spec.timezone;
  const today = dayAt(now, zone);
  let period = periodOf('quarter', today, zone);
  let owner: string | null = null;
  for (const word of typed.split(/\s+/).filter((part) => part !== '')) {
    const named = /^(month|quarter)$/i.exec(word)?.[1]?.toLowerCase();
    const day = dayNamed(word);
    if (named !== undefined) period = periodOf(named === 'month' ? 'month' : 'quarter', today, zone);
    else if (day !== null) period = periodOf(day.cycle, day.first, zone);
    else if (/^\d/.test(word)) return problem(`"${word}" is no period of a report. ${HOW}.`);
    else {
      const team = parseTeam(word, spec);
      if (!team.ok) return problem(`${team.problem} ${HOW} for another period.`);
      owner = team.value;
    }
  }
  return understood({ period, owner });
}

function dayNamed(word: string): { cycle: 'month' | 'quarter'; first: number } | null {
  const quarter = /^(\d{4})-?q([1-4])$/i.exec(word);
  if (quarter !== null)
    return { cycle: 'quarter', first: dayNumber(Number(quarter[1]), Number(quarter[2]) * 3 - 2, 1) };
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(word);
  return month === null ? null : { cycle: 'month', first: dayNumber(Number(month[1]), Number(month[2]), 1) };
}
