import { describe, expect, it } from 'vitest';
import { parseWhen } from '../../../src/domain/duty/parse-when.ts';

const at = (...times: string[]) =>
  times.map((time) => ({ hour: Number(time.slice(0, 2)), minute: Number(time.slice(3)) }));

describe('a when of the spec', () => {
  it.each([
    [
      { every: 'day', at: ['17:00', '09:00'] },
      { every: 'day', at: at('09:00', '17:00') },
    ],
    [{ every: 'Weekday' }, { every: 'weekday', at: at('09:00') }],
    [
      { every: 'week', on: ['monday', 'Friday'], at: '10:00' },
      { every: 'week', on: ['monday', 'friday'], at: at('10:00') },
    ],
    [
      { every: 'month', on: 'first sunday', at: '02:00', timezone: 'UTC' },
      { every: 'month', on: [{ weekday: 'sunday', nth: 1 }], at: at('02:00'), timezone: 'UTC' },
    ],
    [
      { every: 'month', on: [15, '1', 'last day', 'last  friday', 'fifth monday'], at: '02:00' },
      {
        every: 'month',
        on: [
          { day: 15 },
          { day: 1 },
          { day: 'last' },
          { weekday: 'friday', nth: 'last' },
          { weekday: 'monday', nth: 5 },
        ],
        at: at('02:00'),
      },
    ],
    [
      { every: 'quarter', on: ['last day', 'first day', 'first monday'] },
      { every: 'quarter', on: [{ day: 'last' }, { day: 1 }, { weekday: 'monday', nth: 1 }], at: at('09:00') },
    ],
    [
      { every: 'year', on: ['15 january', '29 February', 'last friday of march', 'last day of june', 'first monday'] },
      {
        every: 'year',
        on: [
          { day: 15, month: 1 },
          { day: 29, month: 2 },
          { weekday: 'friday', nth: 'last', month: 3 },
          { day: 'last', month: 6 },
          { weekday: 'monday', nth: 1 },
        ],
        at: at('09:00'),
      },
    ],
    [
      { every: '90 days', from: '2026-01-01' },
      { every: 'days', count: 90, from: '2026-01-01', at: at('09:00') },
    ],
    [
      { every: '2 weeks', from: '2026-01-05', at: '10:00' },
      { every: 'days', count: 14, from: '2026-01-05', at: at('10:00') },
    ],
    [{ every: '15 minutes' }, { every: 'minutes', count: 15 }],
    [{ every: 'minute' }, { every: 'minutes', count: 1 }],
    [{ every: 'hour' }, { every: 'minutes', count: 60 }],
    [{ every: '1 hour' }, { every: 'minutes', count: 60 }],
    [{ every: '6 hours' }, { every: 'hours', count: 6 }],
    [
      { cron: ' 0  6 * * * ', timezone: 'Asia/Kathmandu' },
      { every: 'cron', cron: '0 6 * * *', timezone: 'Asia/Kathmandu' },
    ],
  ])('%j is understood', (written, when) => {
    expect(parseWhen(written)).toEqual({ ok: true, value: when });
  });

  it.each<[unknown, string]>([
    ['daily', ' is "daily"; write such as { every: day, at: "09:00" } or { cron: "0 6 * * *" }'],
    [null, ' is empty; write such as { every: day, at: "09:00" } or { cron: "0 6 * * *" }'],
    [
      { at: '09:00' },
      ' says neither every nor cron; write such as { every: day, at: "09:00" } or { cron: "0 6 * * *" }',
    ],
    [{ evry: 'day' }, 'evry is an unknown key; allowed: every, on, at, from, cron, timezone; did you mean every?'],
    [
      { every: 'mont', on: 15 },
      'every is "mont"; write day, weekday, week, month, quarter, year, hour, minute, or a number of days, weeks, hours, minutes such as "90 days"; did you mean month?',
    ],
    [
      { every: 90, from: '2026-01-01' },
      'every is 90; write day, weekday, week, month, quarter, year, hour, minute, or a number of days, weeks, hours, minutes such as "90 days"',
    ],
    [
      { every: '90 dyas' },
      'every is "90 dyas"; write day, weekday, week, month, quarter, year, hour, minute, or a number of days, weeks, hours, minutes such as "90 days"; did you mean days?',
    ],
    [{ every: '0 days', from: '2026-01-01' }, 'every is "0 days"; write a number of days from 1 up'],
    [
      { every: '45 minutes' },
      'every is "45 minutes"; write a number of minutes that divides an hour: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30',
    ],
    [{ every: '5 hours' }, 'every is "5 hours"; write a number of hours that divides a day: 1, 2, 3, 4, 6, 8, 12'],
    [{ every: 'day', at: '9:00' }, 'at is "9:00"; write a time from "00:00" to "23:59", such as "09:00"'],
    [
      { every: 'day', at: ['09:00', '24:00'] },
      'at.1 is "24:00"; write a time from "00:00" to "23:59", such as "09:00"',
    ],
    [{ every: 'day', at: ['09:00', '09:00'] }, 'at.1 is "09:00" a second time'],
    [{ every: 'day', at: [] }, 'at is an empty list; write a time such as "09:00"'],
    [{ every: 'day', on: 'monday' }, 'on does not go with every: day; allowed: every, at, timezone'],
    [{ every: 'hour', at: '09:00' }, 'at does not go with every: hour; allowed: every, timezone'],
    [{ every: 'day', tme: '09:00' }, 'tme is an unknown key; allowed: every, at, timezone'],
    [{ every: 'week' }, 'on is missing; write a day such as monday'],
    [{ every: 'week', on: 'mnoday' }, 'on is "mnoday"; write a day such as monday; did you mean monday?'],
    [
      { every: 'month', on: 'frist sunday' },
      'on is "frist sunday"; write a day such as first sunday, last friday, last day or 15; did you mean first sunday?',
    ],
    [{ every: 'month', on: 'payday' }, 'on is "payday"; write a day such as first sunday, last friday, last day or 15'],
    [
      { every: 'month', on: 31 },
      'on is 31, which some months do not have; write last day, or skip those months with cron: "0 9 31 * *"',
    ],
    [{ every: 'quarter', on: 15 }, 'on is 15; write a day such as last day, first day, first monday or last friday'],
    [{ every: 'year', on: '30 february' }, 'on is "30 february"; february has at most 29 days'],
    [
      { every: 'year', on: '15 janury' },
      'on is "15 janury"; write a day such as 15 january, last friday of march, first monday or last day; did you mean 15 january?',
    ],
    [{ every: '90 days' }, 'from is missing; write the first day, such as 2026-01-01'],
    [{ every: '90 days', from: '2026-02-30' }, 'from is "2026-02-30"; write a day of the calendar such as 2026-01-01'],
    [
      { every: 'day', timezone: 'Europe/Pris' },
      'timezone is "Europe/Pris"; write a zone such as Europe/Paris or UTC; did you mean Europe/Paris?',
    ],
    [{ every: 'day', timezone: '+02:00' }, 'timezone is "+02:00"; write a zone such as Europe/Paris or UTC'],
    [{ cron: 6 }, 'cron is 6; write five fields such as "0 6 * * *"'],
    [
      { cron: '@daily' },
      'cron is "@daily", a nickname; write five fields - minute hour day month weekday - such as "0 6 * * *"',
    ],
    [
      { cron: '0 0 6 * * *' },
      'cron is "0 0 6 * * *", which has 6 fields; write five fields - minute hour day month weekday - such as "0 6 * * *"',
    ],
    [{ cron: '0 6 ? * 1' }, 'cron is "0 6 ? * 1"; write * in place of ?'],
    [
      { cron: '0 2 L-3 * *' },
      'cron is "0 2 L-3 * *", where L-3 is not known; write L for the last day, LW for the last one from Monday to Friday, or a day such as 28',
    ],
    [
      { cron: '60 * * * *' },
      'cron is "60 * * * *", which is not a cron line (invalid value for minute); write five fields - minute hour day month weekday - such as "0 6 * * *"',
    ],
    [
      { cron: '0 0 30 2 *' },
      'cron is "0 0 30 2 *", a day that no year has; write five fields - minute hour day month weekday - such as "0 6 * * *"',
    ],
    [{ cron: '0 6 * * *', at: '09:00' }, 'at does not go with a cron line; allowed: cron, timezone'],
  ])('%j is refused with a sentence', (written, sentence) => {
    expect(sentencesOf(written)).toEqual([sentence]);
  });

  it('all faults are told at once, each at its place', () => {
    expect(
      sentencesOf({ every: 'week', on: ['monday', 'tusday'], at: '9', from: '2026-01-01', timezone: 'Mars' }),
    ).toEqual([
      'from does not go with every: week; allowed: every, on, at, timezone',
      'on.1 is "tusday"; write a day such as monday; did you mean tuesday?',
      'at is "9"; write a time from "00:00" to "23:59", such as "09:00"',
      'timezone is "Mars"; write a zone such as Europe/Paris or UTC',
    ]);
  });
});

function sentencesOf(written: unknown): string[] {
  const read = parseWhen(written);
  return read.ok ? [] : read.faults.map(({ path, message }) => `${path.join('.')} ${message}`);
}
