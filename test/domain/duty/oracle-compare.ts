import { occurrences } from '../../../src/domain/duty/recurrence.ts';
import type { When } from '../../../src/domain/duty/when.ts';
import { DAY, type IntlClock } from './intl-oracle.ts';
import { DAYS, DAYS_BEGIN, type FORMS } from './oracle-forms.ts';
import { readWhen } from './when-harness.ts';

export const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Asia/Kathmandu',
  'Asia/Beirut',
];

export const FROM = Date.UTC(2005, 0, 3);
export const TO = Date.UTC(2034, 11, 29);

/** The first place in a range where a form does not happen when the oracle says it does; undefined where they agree. */
export function disagreement(
  clock: IntlClock,
  zone: string,
  [written, isOn, times]: (typeof FORMS)[number],
  from: number,
  to: number,
): string | undefined {
  const near = DAYS.slice(Math.max(0, (from - DAYS_BEGIN) / DAY - 2), (to - DAYS_BEGIN) / DAY + 3);
  const expected = near
    .filter(isOn)
    .flatMap(({ date }) => times.map((time) => ({ key: `${date}T${time}`, at: clock.instantOf(`${date} ${time}`) })))
    .filter(({ at }) => at >= from && at <= to)
    .map(({ key, at }) => `${key} ${at}`);
  return firstDifference(found(readWhen(written), zone, from, to), expected);
}

function found(when: When, zone: string, from: number, to: number): string[] {
  const range = { zone, from: new Date(from), to: new Date(to) };
  return occurrences(when, range).map(({ key, at }) => `${key} ${at.getTime()}`);
}

/** A list of a hundred thousand is told apart by the first place where it is wrong. */
export function firstDifference(found: readonly string[], expected: readonly string[]): string | undefined {
  for (let index = 0; index < Math.max(found.length, expected.length); index++) {
    if (found[index] !== expected[index]) return `found ${found[index]}, expected ${expected[index]}`;
  }
  return undefined;
}
