import { describe, expect, it } from 'vitest';
import { nextOccurrence, occurrences } from '../../../src/domain/duty/recurrence.ts';
import { timetable } from '../../../src/domain/duty/timetable.ts';
import { dayOf } from '../../../src/domain/time/day.ts';
import { localTimes, readWhen } from './when-harness.ts';

const days = (written: unknown, from: string, to: string) =>
  localTimes(written, from, to).map((local) => local.slice(0, 10));

describe('the days of 2026', () => {
  it.each<[unknown, string[]]>([
    [
      { every: 'month', on: 'first sunday', at: '02:00' },
      ['01-04', '02-01', '03-01', '04-05', '05-03', '06-07', '07-05', '08-02', '09-06', '10-04', '11-01', '12-06'],
    ],
    [
      { every: 'month', on: 'last friday', at: '16:00' },
      ['01-30', '02-27', '03-27', '04-24', '05-29', '06-26', '07-31', '08-28', '09-25', '10-30', '11-27', '12-25'],
    ],
    [
      { every: 'month', on: 'third wednesday', at: '10:00' },
      ['01-21', '02-18', '03-18', '04-15', '05-20', '06-17', '07-15', '08-19', '09-16', '10-21', '11-18', '12-16'],
    ],
    [{ every: 'month', on: 'fifth monday' }, ['03-30', '06-29', '08-31', '11-30']],
    [{ every: 'quarter', on: 'last day' }, ['03-31', '06-30', '09-30', '12-31']],
    [{ every: 'quarter', on: 'first monday' }, ['01-05', '04-06', '07-06', '10-05']],
    [{ every: 'quarter', on: 'fifth friday' }, ['01-30', '05-01', '07-31', '10-30']],
    [{ every: 'year', on: ['15 january', 'last day'] }, ['01-15', '12-31']],
    [{ every: 'year', on: ['last friday of march', 'last friday'] }, ['03-27', '12-25']],
    [{ every: 'year', on: 'last day of february' }, ['02-28']],
    [{ every: '90 days', from: '2026-01-01' }, ['01-01', '04-01', '06-30', '09-28', '12-27']],
    [{ every: '90 days', from: '2025-11-02' }, ['01-31', '05-01', '07-30', '10-28']],
    [{ every: '90 days', from: '2026-11-02' }, ['11-02']],
    [{ cron: '0 2 LW 3,6,9,12 *' }, ['03-31', '06-30', '09-30', '12-31']],
    [
      { cron: '0 2 15W * *' },
      ['01-15', '02-16', '03-16', '04-15', '05-15', '06-15', '07-15', '08-14', '09-15', '10-15', '11-16', '12-15'],
    ],
    [{ cron: '0 2 13 * FRI' }, ['02-13', '03-13', '11-13']],
  ])('%j', (written, expected) => {
    expect(days(written, '2026-01-01', '2026-12-31')).toEqual(expected.map((day) => `2026-${day}`));
  });

  it('an nth weekday and a date that fall together are one day', () => {
    expect(days({ every: 'month', on: [4, 'first sunday'] }, '2026-01-01', '2026-02-28')).toEqual([
      '2026-01-04',
      '2026-02-01',
      '2026-02-04',
    ]);
  });

  it('a week has the days it lists, a weekday all from Monday to Friday', () => {
    expect(days({ every: 'week', on: ['friday', 'monday'] }, '2026-03-16', '2026-03-29')).toEqual([
      '2026-03-16',
      '2026-03-20',
      '2026-03-23',
      '2026-03-27',
    ]);
    expect(days({ every: 'weekday' }, '2026-03-19', '2026-03-24')).toEqual([
      '2026-03-19',
      '2026-03-20',
      '2026-03-23',
      '2026-03-24',
    ]);
  });
});

describe('the days of a timetable', () => {
  it.each<[unknown, string]>([
    [{ every: 'month', on: [1, 20] }, '2026-03-20'],
    [{ every: 'quarter', on: ['first day', 'last day'] }, '2026-03-31'],
    [{ every: 'week', on: 'monday' }, '2026-03-16'],
    [{ every: '90 days', from: '2025-11-02' }, '2026-05-01'],
    [{ cron: '0 6 1,14 * *' }, '2026-03-14'],
  ])('%j begin on the first that is not before 2026-03-10', (written, expected) => {
    const [first] = timetable(readWhen(written)).days(dayOf('2026-03-10'));
    expect(first).toBe(dayOf(expected));
  });
});

describe('leap years', () => {
  it('29 February happens in them only, and not in 2100', () => {
    expect(days({ every: 'year', on: '29 february' }, '2090-01-01', '2108-12-31')).toEqual([
      '2092-02-29',
      '2096-02-29',
      '2104-02-29',
      '2108-02-29',
    ]);
  });

  it('the last day of February follows them', () => {
    const lastDays = days({ every: 'year', on: 'last day of february' }, '2027-01-01', '2029-12-31');
    expect(lastDays).toEqual(['2027-02-28', '2028-02-29', '2029-02-28']);
  });

  it('a fifth Friday of February is 28 years after the one before', () => {
    const after = new Date('2036-03-01T00:00Z');
    expect(nextOccurrence(readWhen({ cron: '0 0 * FEB 5#5' }), { zone: 'UTC', after })?.local).toBe('2064-02-29 00:00');
  });
});

describe('every 90 days', () => {
  it('keeps its local time through clock changes', () => {
    const range = { zone: 'Europe/Berlin', from: new Date('2026-01-01'), to: new Date('2026-12-31') };
    const found = occurrences(readWhen({ every: '90 days', from: '2026-01-01', at: '08:00' }), range);
    expect(found.map(({ local, at }) => [local, at.toISOString().slice(11, 16)])).toEqual([
      ['2026-01-01 08:00', '07:00'],
      ['2026-04-01 08:00', '06:00'],
      ['2026-06-30 08:00', '06:00'],
      ['2026-09-28 08:00', '06:00'],
      ['2026-12-27 08:00', '07:00'],
    ]);
  });
});

describe('a range', () => {
  const daily = readWhen({ every: 'day', at: ['06:00', '18:00'] });
  const at = (from: string, to: string) =>
    occurrences(daily, { zone: 'UTC', from: new Date(from), to: new Date(to) }).map(({ local }) => local.slice(8));

  it('includes both of its ends', () => {
    expect(at('2026-03-18T06:00Z', '2026-03-18T18:00Z')).toEqual(['18 06:00', '18 18:00']);
    expect(at('2026-03-18T06:00:00.001Z', '2026-03-18T17:59:59.999Z')).toEqual([]);
    expect(at('2026-03-18T06:00Z', '2026-03-18T06:00Z')).toEqual(['18 06:00']);
  });

  it('that ends before it begins is empty', () => {
    expect(at('2026-03-19T06:00Z', '2026-03-18T06:00Z')).toEqual([]);
  });
});

describe('a zone', () => {
  it("is the entry's own, else the one that is given", () => {
    const range = { zone: 'Asia/Kathmandu', from: new Date('2026-03-18T00:00Z'), to: new Date('2026-03-18T23:59Z') };
    const inZone = (timezone?: string) =>
      occurrences(readWhen({ every: 'day', at: '09:00', ...(timezone === undefined ? {} : { timezone }) }), range);
    expect(inZone()).toMatchObject([{ zone: 'Asia/Kathmandu', at: new Date('2026-03-18T03:15Z') }]);
    expect(inZone('America/New_York')).toMatchObject([{ zone: 'America/New_York', at: new Date('2026-03-18T13:00Z') }]);
  });
});

describe('the next occurrence', () => {
  const next = (written: unknown, after: string) =>
    nextOccurrence(readWhen(written), { zone: 'UTC', after: new Date(after) })?.local;

  it.each<[unknown, string, string]>([
    [{ every: 'day', at: '09:00' }, '2026-03-18T08:59:59.999Z', '2026-03-18 09:00'],
    [{ every: 'day', at: '09:00' }, '2026-03-18T09:00Z', '2026-03-19 09:00'],
    [{ every: 'weekday' }, '2026-03-20T09:00Z', '2026-03-23 09:00'],
    [{ every: 'week', on: 'monday' }, '2026-03-16T09:00Z', '2026-03-23 09:00'],
    [{ every: 'month', on: 'first sunday', at: '02:00' }, '2026-03-01T02:00Z', '2026-04-05 02:00'],
    [{ every: 'month', on: 'fifth monday' }, '2026-03-30T09:00Z', '2026-06-29 09:00'],
    [{ every: 'quarter', on: 'last day' }, '2026-12-31T09:00Z', '2027-03-31 09:00'],
    [{ every: 'year', on: '29 february' }, '2096-02-29T09:00Z', '2104-02-29 09:00'],
    [{ every: '90 days', from: '2050-01-01' }, '2026-01-01T00:00Z', '2050-01-01 09:00'],
    [{ every: '6 hours' }, '2026-03-18T18:00Z', '2026-03-19 00:00'],
    [{ every: 'minute' }, '2026-03-18T18:00Z', '2026-03-18 18:01'],
    [{ cron: '0 6 * * *' }, '2026-03-18T18:00Z', '2026-03-19 06:00'],
    [{ cron: '0 18 * * 4' }, '2026-03-18T12:00Z', '2026-03-19 18:00'],
  ])('of %j after %s is %s', (written, after, expected) => {
    expect(next(written, after)).toBe(expected);
  });

  it('is none where a century has none', () => {
    expect(next({ every: '1 days', from: '2200-01-01' }, '2026-01-01T00:00Z')).toBeUndefined();
  });
});
