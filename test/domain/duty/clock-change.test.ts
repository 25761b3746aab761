import { describe, expect, it } from 'vitest';
import { nextOccurrence, occurrences } from '../../../src/domain/duty/recurrence.ts';
import { readWhen } from './when-harness.ts';

/** What happens on the local day, as "local = UTC". */
const onDay = (written: unknown, zone: string, from: string, to: string) =>
  occurrences(readWhen(written), { zone, from: new Date(from), to: new Date(to) }).map(
    ({ key, local, at }) => `${key} -> ${local.slice(11)} = ${at.toISOString().slice(11, 16)}`,
  );

const NEW_YORK_SPRING = ['America/New_York', '2027-03-14T05:00Z', '2027-03-15T03:59Z'] as const;
const NEW_YORK_AUTUMN = ['America/New_York', '2027-11-07T04:00Z', '2027-11-08T04:59Z'] as const;

describe('a local time that spring skips', () => {
  it('is at the first instant after the gap: 02:30 in New York is 03:00', () => {
    const gap = occurrences(readWhen({ cron: '30 2 * * *' }), {
      zone: 'America/New_York',
      from: new Date('2027-03-14T00:00Z'),
      to: new Date('2027-03-15T12:00Z'),
    });
    expect(gap).toEqual([
      {
        key: '2027-03-14T02:30',
        planned: '2027-03-14 02:30',
        at: new Date('2027-03-14T07:00Z'),
        local: '2027-03-14 03:00',
        zone: 'America/New_York',
        reason: { kind: 'clock-change' },
      },
      {
        key: '2027-03-15T02:30',
        planned: '2027-03-15 02:30',
        at: new Date('2027-03-15T06:30Z'),
        local: '2027-03-15 02:30',
        zone: 'America/New_York',
      },
    ]);
  });

  it('is 01:00 for midnight in Beirut', () => {
    expect(onDay({ every: 'day', at: '00:00' }, 'Asia/Beirut', '2027-03-27T12:00Z', '2027-03-28T12:00Z')).toEqual([
      '2027-03-28T00:00 -> 01:00 = 22:00',
    ]);
  });

  it('is 02:30 for 02:15 in Lord Howe, whose gap is half an hour', () => {
    expect(onDay({ cron: '15 2 * * *' }, 'Australia/Lord_Howe', '2027-10-02T10:00Z', '2027-10-03T10:00Z')).toEqual([
      '2027-10-03T02:15 -> 02:30 = 15:30',
    ]);
  });

  it('is 03:00 for 01:30 and 02:30 in Troll, whose gap is two hours', () => {
    expect(onDay({ cron: '30 1,2 * * *' }, 'Antarctica/Troll', '2027-03-28T00:00Z', '2027-03-28T20:00Z')).toEqual([
      '2027-03-28T01:30 -> 03:00 = 01:00',
      '2027-03-28T02:30 -> 03:00 = 01:00',
    ]);
  });

  it('is the next day for a day that a zone skips: Samoa had no 30 December 2011', () => {
    expect(onDay({ every: 'day', at: '10:00' }, 'Pacific/Apia', '2011-12-29T20:00Z', '2011-12-31T12:00Z')).toEqual([
      '2011-12-29T10:00 -> 10:00 = 20:00',
      '2011-12-30T10:00 -> 00:00 = 10:00',
      '2011-12-31T10:00 -> 10:00 = 20:00',
    ]);
    expect(onDay({ every: 'day', at: '10:00' }, 'Pacific/Apia', '2011-12-30T10:00Z', '2011-12-30T12:00Z')).toEqual([
      '2011-12-30T10:00 -> 00:00 = 10:00',
    ]);
  });

  it.each([
    ['30 2,14 * * *', ['2027-03-14T02:30 -> 03:00 = 07:00', '2027-03-14T14:30 -> 14:30 = 18:30']],
    ['0,30 2 * * *', ['2027-03-14T02:00 -> 03:00 = 07:00', '2027-03-14T02:30 -> 03:00 = 07:00']],
    ['30 2,3 * * *', ['2027-03-14T02:30 -> 03:00 = 07:00', '2027-03-14T03:30 -> 03:30 = 07:30']],
  ])('is an occurrence of its own when cron lists it: %s', (cron, expected) => {
    expect(onDay({ cron }, ...NEW_YORK_SPRING)).toEqual(expected);
  });

  it('is an occurrence of its own when at lists it', () => {
    expect(onDay({ every: 'day', at: ['02:00', '02:30', '03:00'] }, ...NEW_YORK_SPRING)).toEqual([
      '2027-03-14T02:00 -> 03:00 = 07:00',
      '2027-03-14T02:30 -> 03:00 = 07:00',
      '2027-03-14T03:00 -> 03:00 = 07:00',
    ]);
  });
});

describe('a local time that occurs twice', () => {
  it.each([
    [{ every: 'day', at: '01:30' }, ['2027-11-07T01:30 -> 01:30 = 05:30']],
    [{ cron: '30 1,13 * * *' }, ['2027-11-07T01:30 -> 01:30 = 05:30', '2027-11-07T13:30 -> 13:30 = 18:30']],
    [{ every: '12 hours' }, ['2027-11-07T00:00 -> 00:00 = 04:00', '2027-11-07T12:00 -> 12:00 = 17:00']],
  ])('happens the first time only: %j', (written, expected) => {
    expect(onDay(written, ...NEW_YORK_AUTUMN)).toEqual(expected);
  });
});

describe('what happens every hour or more often keeps its pace', () => {
  const gaps = (written: unknown, zone: string, from: string, to: string) => {
    const at = occurrences(readWhen(written), { zone, from: new Date(from), to: new Date(to) }).map(({ at }) => +at);
    return [...new Set(at.slice(1).map((instant, index) => (instant - (at[index] ?? 0)) / 60_000))];
  };

  it.each<[string, unknown, number]>([
    ['every minute', { cron: '* * * * *' }, 1],
    ['*/30', { cron: '*/30 * * * *' }, 30],
    ['every 15 minutes', { every: '15 minutes' }, 15],
    ['every hour', { every: 'hour' }, 60],
    ['hourly at :30', { cron: '30 * * * *' }, 60],
  ])('%s, through the spring and the autumn of New York', (_name, written, minutes) => {
    expect(gaps(written, ...NEW_YORK_SPRING)).toEqual([minutes]);
    expect(gaps(written, ...NEW_YORK_AUTUMN)).toEqual([minutes]);
  });

  it('tells the two runs at 01:30 apart', () => {
    expect(onDay({ cron: '30 * * * *' }, 'America/New_York', '2027-11-07T05:00Z', '2027-11-07T07:00Z')).toEqual([
      '2027-11-07T05:30Z -> 01:30 = 05:30',
      '2027-11-07T06:30Z -> 01:30 = 06:30',
    ]);
  });

  it('goes by the hands where clocks change by half an hour: one step of 90 minutes and one of 30', () => {
    const lordHowe = (written: unknown, from: string) =>
      gaps(written, 'Australia/Lord_Howe', `${from}T00:00Z`, `${from}T23:59Z`);
    expect(lordHowe({ every: 'hour' }, '2027-10-02')).toEqual([60, 90]);
    expect(lordHowe({ cron: '45 * * * *' }, '2027-04-03')).toEqual([60, 30]);
    expect(lordHowe({ every: '30 minutes' }, '2027-10-02')).toEqual([30]);
  });

  it('is found next in the hour that repeats', () => {
    const next = nextOccurrence(readWhen({ every: 'hour' }), {
      zone: 'America/New_York',
      after: new Date('2027-11-07T05:00Z'),
    });
    expect(next).toMatchObject({ at: new Date('2027-11-07T06:00Z'), local: '2027-11-07 01:00' });
  });
});
