import { nearest } from '../text/nearest.ts';
import { quoted, type Word } from './reading.ts';
import { type DayOfYear, type DayRule, MONTHS, NTHS, WEEKDAYS, type Weekday } from './when.ts';

// The words after `on:`. Letter case and extra blanks do not matter.

/** "monday" */
export function parseWeekday(written: unknown): Word<Weekday> {
  const word = tidy(written);
  const weekday = WEEKDAYS.find((known) => known === word);
  if (weekday !== undefined) return { ok: true, value: weekday };
  return wrong(written, 'a day such as monday', (text) => WEEKDAYS.some((known) => known === text));
}

/** A day of every month: "first sunday", "last friday", "last day", 15. */
export function parseDayOfMonth(written: unknown): Word<DayRule> {
  const word = tidy(written);
  const day = /^\d+$/.test(word) ? Number(word) : undefined;
  if (day !== undefined && day >= 29 && day <= 31) {
    const instead = `write last day, or skip those months with cron: "0 9 ${day} * *"`;
    return { ok: false, problem: `is ${day}, which some months do not have; ${instead}` };
  }
  if (day !== undefined && day >= 1 && day <= 28) return { ok: true, value: { day } };
  const rule = ordinal(word);
  if (rule !== undefined) return { ok: true, value: rule };
  return wrong(
    written,
    'a day such as first sunday, last friday, last day or 15',
    (text) => ordinal(text) !== undefined,
  );
}

/** A day of every quarter: "last day", "first day", "first monday" (of the quarter), "last friday". */
export function parseDayOfQuarter(written: unknown): Word<DayRule> {
  const rule = ordinal(tidy(written));
  if (rule !== undefined) return { ok: true, value: rule };
  const known = 'a day such as last day, first day, first monday or last friday';
  return wrong(written, known, (text) => ordinal(text) !== undefined);
}

/** A day of every year: "15 january", "last friday of march", "first monday", "last day". */
export function parseDayOfYear(written: unknown): Word<DayOfYear> {
  const word = tidy(written);
  const rule = ofYear(word);
  if (rule !== undefined) return { ok: true, value: rule };
  const [day, month] = word.split(' ');
  const longest = lastDayOf(month ?? '');
  if (longest !== undefined && Number(day) > longest)
    return { ok: false, problem: `is ${quoted(written)}; ${month} has at most ${longest} days` };
  const known = 'a day such as 15 january, last friday of march, first monday or last day';
  return wrong(written, known, (text) => ofYear(text) !== undefined);
}

function ofYear(word: string): DayOfYear | undefined {
  const date = /^(\d{1,2}) ([a-z]+)$/.exec(word);
  if (date !== null) {
    const day = Number(date[1]);
    const month = monthNumber(date[2] ?? '');
    return month !== undefined && day >= 1 && day <= (lastDayOf(date[2] ?? '') ?? 0) ? { day, month } : undefined;
  }
  const [, rule, ofMonth] = /^([a-z]+ [a-z]+)(?: of ([a-z]+))?$/.exec(word) ?? [];
  const read = ordinal(rule ?? '');
  if (read === undefined || ofMonth === undefined) return read;
  const month = monthNumber(ofMonth);
  return month === undefined ? undefined : { ...read, month };
}

function ordinal(word: string): DayRule | undefined {
  if (word === 'first day') return { day: 1 };
  if (word === 'last day') return { day: 'last' };
  const [which, day, more] = word.split(' ');
  const weekday = WEEKDAYS.find((known) => known === day);
  if (weekday === undefined || more !== undefined) return undefined;
  if (which === 'last') return { weekday, nth: 'last' };
  const nth = ([1, 2, 3, 4, 5] as const).find((number) => NTHS[number - 1] === which);
  return nth === undefined ? undefined : { weekday, nth };
}

function monthNumber(name: string): number | undefined {
  const names: readonly string[] = MONTHS;
  const position = names.indexOf(name);
  return position < 0 ? undefined : position + 1;
}

/** Of a leap year: 29 february is a day, in the years that have it. */
function lastDayOf(month: string): number | undefined {
  const number = monthNumber(month);
  return number === undefined ? undefined : new Date(Date.UTC(2024, number, 0)).getUTCDate();
}

function tidy(written: unknown): string {
  return typeof written === 'string' || typeof written === 'number'
    ? String(written).trim().toLowerCase().replace(/\s+/g, ' ')
    : '';
}

const WORDS = [...NTHS, 'last', 'day', 'of', ...WEEKDAYS, ...MONTHS];

/** A suggestion is made only when the words with their slips mended are understood. */
function wrong(written: unknown, allowed: string, understood: (text: string) => boolean): Word<never> {
  const mended = tidy(written)
    .split(' ')
    .map((word) => nearest(word, WORDS) ?? word)
    .join(' ');
  const meant = understood(mended) ? `; did you mean ${mended}?` : '';
  return { ok: false, problem: `is ${quoted(written)}; write ${allowed}${meant}` };
}
