import { describe, expect, it } from 'vitest';
import { nextOccurrence, schedule } from '../../../src/domain/duty/recurrence.ts';
import type { DutyCalendar } from '../../../src/domain/duty/shift.ts';
import { readWhen } from './when-harness.ts';

// Easter 2026 is on 5 April; Christmas 2026 is a Friday.
const HOLIDAYS: DutyCalendar['holidays'] = [
  { name: 'Good Friday', on: '2026-04-03' },
  { name: 'Easter Monday', on: '2026-04-06' },
  { name: 'Christmas', on: { day: 25, month: 12 } },
  { name: 'Memorial Day', on: { weekday: 'monday', nth: 'last', month: 5 } },
];
const FREEZES: DutyCalendar['freezes'] = [{ name: 'year end', from: '2026-12-21', to: '2027-01-03' }];
const keep: DutyCalendar = { holidays: HOLIDAYS, freezes: FREEZES, onHoliday: 'keep', onFreeze: 'keep' };

/** "planned -> local (why)" of what happens, then "planned x (why)" of what does not. */
function told(written: unknown, from: string, to: string, calendar: Partial<DutyCalendar>, zone = 'UTC'): string[] {
  const range = { zone, from: new Date(from), to: new Date(to), calendar: { ...keep, ...calendar } };
  const { occurrences, leftOut } = schedule(readWhen(written), range);
  return [
    ...occurrences.map(({ planned, local, reason }) => {
      if (reason === undefined) return `${planned} as planned`;
      return `${planned} -> ${local} (${reason.kind}${'cause' in reason ? `, ${reason.cause.kind} ${reason.cause.name}` : ''})`;
    }),
    ...leftOut.map(({ planned, reason }) => {
      const by = reason.kind === 'covered' ? ` by ${reason.by}` : '';
      return `${planned} x (${reason.kind}${by}, ${reason.cause.kind} ${reason.cause.name})`;
    }),
  ];
}

const christmasWeek = [{ every: 'week', on: 'friday', at: '16:00' }, '2026-12-22', '2026-12-31'] as const;
const goodFriday = [{ every: 'week', on: 'friday', at: '16:00' }, '2026-03-31', '2026-04-09'] as const;

describe('a duty on a holiday', () => {
  it('stays where the duty keeps its days', () => {
    expect(told(...goodFriday, {})).toEqual(['2026-04-03 16:00 as planned']);
  });

  it('is skipped, and the holiday is named', () => {
    expect(told(...goodFriday, { onHoliday: 'skip' })).toEqual(['2026-04-03 16:00 x (skipped, holiday Good Friday)']);
  });

  it('moves to the working day before, at the same local time', () => {
    expect(told(...goodFriday, { onHoliday: 'before' })).toEqual([
      '2026-04-03 16:00 -> 2026-04-02 16:00 (moved-before, holiday Good Friday)',
    ]);
  });

  it('moves over the weekend and the next holiday to the working day after', () => {
    expect(told(...goodFriday, { onHoliday: 'after' })).toEqual([
      '2026-04-03 16:00 -> 2026-04-07 16:00 (moved-after, holiday Good Friday)',
    ]);
  });

  it('is found by a range that begins on the day it moves to', () => {
    expect(told(goodFriday[0], '2026-04-07', '2026-04-08', { onHoliday: 'after' })).toEqual([
      '2026-04-03 16:00 -> 2026-04-07 16:00 (moved-after, holiday Good Friday)',
    ]);
    expect(told(goodFriday[0], '2026-04-02', '2026-04-03', { onHoliday: 'before' })).toEqual([
      '2026-04-03 16:00 -> 2026-04-02 16:00 (moved-before, holiday Good Friday)',
    ]);
  });

  it('keeps its key when it moves', () => {
    const moved = nextOccurrence(readWhen(goodFriday[0]), {
      zone: 'UTC',
      after: new Date('2026-03-28'),
      calendar: { ...keep, onHoliday: 'after' },
    });
    expect(moved).toMatchObject({ key: '2026-04-03T16:00', at: new Date('2026-04-07T16:00Z') });
  });

  it('on a holiday of every year is found in each of them', () => {
    const memorialDay = { every: 'month', on: 'last monday' };
    expect(told(memorialDay, '2026-05-01', '2026-05-31', { onHoliday: 'skip' })).toEqual([
      '2026-05-25 09:00 x (skipped, holiday Memorial Day)',
    ]);
    expect(told(memorialDay, '2027-05-01', '2027-06-02', { onHoliday: 'after' })).toEqual([
      '2027-05-31 09:00 -> 2027-06-01 09:00 (moved-after, holiday Memorial Day)',
    ]);
  });

  it('is asked of the day where the duty is, not of the day in UTC', () => {
    const evening = { every: 'day', at: '22:00', timezone: 'America/New_York' };
    expect(told(evening, '2026-04-04T00:00Z', '2026-04-05T00:00Z', { onHoliday: 'skip' })).toEqual([
      '2026-04-03 22:00 x (skipped, holiday Good Friday)',
    ]);
  });

  it('moves through a clock change at its local time', () => {
    const holidays = [{ name: 'Town fair', on: '2027-03-12' }];
    const friday = { every: 'week', on: 'friday', at: '09:00' };
    const range = {
      zone: 'America/New_York',
      from: new Date('2027-03-11T00:00Z'),
      to: new Date('2027-03-18T00:00Z'),
      calendar: { ...keep, holidays, onHoliday: 'after' as const },
    };
    expect(schedule(readWhen(friday), range).occurrences).toMatchObject([
      { local: '2027-03-15 09:00', at: new Date('2027-03-15T13:00Z') },
    ]);
  });
});

describe('two on top of each other', () => {
  it('do not come of a move: the one that is due anyway does for both', () => {
    expect(told({ every: 'day' }, '2026-04-03', '2026-04-07T23:00Z', { onHoliday: 'after' })).toEqual([
      '2026-04-04 09:00 as planned',
      '2026-04-05 09:00 as planned',
      '2026-04-07 09:00 as planned',
      '2026-04-03 09:00 x (covered by 2026-04-07T09:00, holiday Good Friday)',
      '2026-04-06 09:00 x (covered by 2026-04-07T09:00, holiday Easter Monday)',
    ]);
  });

  it('do not come of two moves: the earlier planned one does for both', () => {
    const both = { every: 'week', on: ['friday', 'monday'] };
    expect(told(both, '2026-04-02', '2026-04-09', { onHoliday: 'after' })).toEqual([
      '2026-04-03 09:00 -> 2026-04-07 09:00 (moved-after, holiday Good Friday)',
      '2026-04-06 09:00 x (covered by 2026-04-03T09:00, holiday Easter Monday)',
    ]);
  });

  it('do not come of two moves from either side, even for a range that sees neither the other nor the day between', () => {
    const calendar = {
      holidays: [
        { name: 'Town fair', on: '2026-03-17' },
        { name: 'Town fair', on: '2026-03-18' },
      ],
      freezes: [{ name: 'audit', from: '2026-03-13', to: '2026-03-13' }],
      onHoliday: 'before' as const,
      onFreeze: 'after' as const,
    };
    const both = { every: 'week', on: ['wednesday', 'friday'] };
    expect(told(both, '2026-03-18', '2026-03-19', calendar)).toEqual([
      '2026-03-18 09:00 x (covered by 2026-03-13T09:00, holiday Town fair)',
    ]);
  });

  it('stay two when both are due: a move and another time of that day', () => {
    const times = { every: 'week', on: 'friday', at: ['09:00', '17:00'] };
    expect(told(times, '2026-03-31', '2026-04-09', { onHoliday: 'before' })).toEqual([
      '2026-04-03 09:00 -> 2026-04-02 09:00 (moved-before, holiday Good Friday)',
      '2026-04-03 17:00 -> 2026-04-02 17:00 (moved-before, holiday Good Friday)',
    ]);
  });
});

describe('a duty in a freeze', () => {
  it('stays, is skipped or moves out of it', () => {
    expect(told(...christmasWeek, {})).toEqual(['2026-12-25 16:00 as planned']);
    expect(told(...christmasWeek, { onFreeze: 'skip' })).toEqual(['2026-12-25 16:00 x (skipped, freeze year end)']);
    expect(told(christmasWeek[0], '2026-12-16', '2027-01-07', { onFreeze: 'before' })).toEqual([
      '2026-12-18 16:00 as planned',
      '2026-12-25 16:00 x (covered by 2026-12-18T16:00, freeze year end)',
      '2027-01-01 16:00 x (covered by 2026-12-18T16:00, freeze year end)',
    ]);
    expect(told(christmasWeek[0], '2026-12-19', '2027-01-07', { onFreeze: 'after' })).toEqual([
      '2026-12-25 16:00 -> 2027-01-04 16:00 (moved-after, freeze year end)',
      '2027-01-01 16:00 x (covered by 2026-12-25T16:00, freeze year end)',
    ]);
  });

  it('is in it from the first instant of its first day, and no longer at the first instant after its last', () => {
    expect(told({ every: 'day', at: '00:00' }, '2026-12-20', '2026-12-21', { onFreeze: 'skip' })).toEqual([
      '2026-12-20 00:00 as planned',
      '2026-12-21 00:00 x (skipped, freeze year end)',
    ]);
    expect(told({ every: 'day', at: '00:00' }, '2027-01-03', '2027-01-04', { onFreeze: 'skip' })).toEqual([
      '2027-01-04 00:00 as planned',
      '2027-01-03 00:00 x (skipped, freeze year end)',
    ]);
  });

  it('is still in it on its last day, in the zone of the spec', () => {
    const sunday = { every: 'week', on: 'sunday', at: '23:00', timezone: 'America/New_York' };
    const freezes = [{ name: 'audit', from: '2026-03-18', to: '2026-03-22' }];
    const on = (zone: string) => told(sunday, '2026-03-22', '2026-03-24', { freezes, onFreeze: 'skip' }, zone);
    expect(on('America/New_York')).toEqual(['2026-03-22 23:00 x (skipped, freeze audit)']);
    expect(on('UTC')).toEqual(['2026-03-22 23:00 as planned']);
  });

  it('on a holiday too: skipping wins over moving, then the holiday is asked first', () => {
    expect(told(...christmasWeek, { onHoliday: 'after', onFreeze: 'skip' })).toEqual([
      '2026-12-25 16:00 x (skipped, freeze year end)',
    ]);
    expect(told(christmasWeek[0], '2026-12-19', '2026-12-31', { onHoliday: 'before', onFreeze: 'after' })).toEqual([
      '2026-12-25 16:00 x (covered by 2026-12-18T16:00, holiday Christmas)',
    ]);
  });

  it('that lasts longer than a year is left out, which is said', () => {
    const freezes = [{ name: 'the long stop', from: '2026-01-01', to: '2028-12-31' }];
    expect(told({ every: 'year', on: '1 july' }, '2026-06-01', '2026-08-01', { freezes, onFreeze: 'after' })).toEqual([
      '2026-07-01 09:00 x (no-day, freeze the long stop)',
    ]);
  });

  it('every 15 minutes is left out run by run, and none is made up for', () => {
    const calendar = { holidays: [{ name: 'Town fair', on: '2026-03-18' }], onHoliday: 'after' as const };
    const told15 = told({ every: '15 minutes' }, '2026-03-18T23:30Z', '2026-03-19T00:00Z', calendar);
    expect(told15).toEqual([
      '2026-03-19 00:00 as planned',
      '2026-03-18 23:30 x (covered by 2026-03-19T23:30Z, holiday Town fair)',
      '2026-03-18 23:45 x (covered by 2026-03-19T23:45Z, holiday Town fair)',
    ]);
  });
});
