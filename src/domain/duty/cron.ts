import { Cron, CronPattern } from 'croner';
import type { DayNumber } from '../time/day.ts';
import type { TimeOfDay } from './when.ts';

const DAY = 24 * 60 * 60 * 1000;
const WRITE = 'write five fields - minute hour day month weekday - such as "0 6 * * *"';

/** A cron line taken apart: the days are asked of croner one after the other, the times of a day are a list. */
export interface CronLine {
  readonly times: readonly TimeOfDay[];
  /** It runs in every hour of its days, so it keeps its pace through a clock change. */
  readonly hourly: boolean;
  /** The first day, that one included, on which it runs; undefined when there is none before the year 10000. */
  dayFrom(day: DayNumber): DayNumber | undefined;
}

/** What is wrong with a cron line, or undefined; finishes a sentence that begins with the place in the file. */
export function cronProblem(line: string): string | undefined {
  const found = `is ${JSON.stringify(line)}`;
  const fields = line.trim().split(/\s+/);
  if (line.trim().startsWith('@')) return `${found}, a nickname; ${WRITE}`;
  if (fields.length !== 5)
    return `${found}, which has ${fields.length === 1 ? '1 field' : `${fields.length} fields`}; ${WRITE}`;
  // croner reads "?" as the time at which it is asked.
  if (fields.some((field) => field.includes('?'))) return `${found}; write * in place of ?`;
  const fromEnd = fields[2]?.match(/L-\d+/i)?.[0];
  if (fromEnd !== undefined)
    return `${found}, where ${fromEnd} is not known; write L for the last day, LW for the last one from Monday to Friday, or a day such as 28`;
  try {
    if (readCron(line).dayFrom(0) === undefined) return `${found}, a day that no year has; ${WRITE}`;
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error; // the two kinds croner refuses with
    return `${found}, which is not a cron line (${reason(error.message)}); ${WRITE}`;
  }
  return undefined;
}

/** Takes a cron line apart. @throws what croner throws for a line in which `cronProblem` finds a fault. */
export function readCron(line: string): CronLine {
  const fields = line.trim().split(/\s+/);
  const pattern = new CronPattern(line.trim(), undefined, { mode: '5-part' });
  const hours = positions(pattern.hour);
  const minutes = positions(pattern.minute);
  const days = new Cron(`0 0 ${fields.slice(2).join(' ')}`, { mode: '5-part', domAndDow: true, utcOffset: 0 });
  return {
    times: hours.flatMap((hour) => minutes.map((minute) => ({ hour, minute }))),
    hourly: hours.length === 24,
    dayFrom: (day) => {
      const next = days.nextRun(new Date(day * DAY - 1));
      return next === null ? undefined : next.getTime() / DAY;
    },
  };
}

function positions(flags: readonly number[]): number[] {
  return flags.flatMap((flag, position) => (flag === 1 ? [position] : []));
}

/** croner's own words, without its name and without its numbers: it counts days and months from 0. */
function reason(message: string): string {
  const words = message.replace(/^CronPattern: /, '').replace(/: -?\d+$/, '');
  return words.charAt(0).toLowerCase() + words.slice(1).replace(/\.$/, '');
}
