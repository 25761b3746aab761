import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextOccurrence, occurrences, schedule } from '../../../src/domain/duty/recurrence.ts';
import type { DutyCalendar } from '../../../src/domain/duty/shift.ts';
import { WEEKDAYS, type When } from '../../../src/domain/duty/when.ts';
import { wordsOf } from '../../../src/domain/duty/words.ts';
import { readWhen } from './when-harness.ts';

const DAY = 24 * 60 * 60 * 1000;
const two = (number: number) => String(number).padStart(2, '0');

const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
const written = time.map(([hour, minute]) => `${two(hour)}:${two(minute)}`);
const at = fc.uniqueArray(written, { minLength: 1, maxLength: 3 });
const weekday = fc.constantFrom(...WEEKDAYS);
const nth = fc.constantFrom('first', 'second', 'third', 'fourth', 'fifth', 'last');
const nthWeekday = fc.tuple(nth, weekday).map((words) => words.join(' '));

const when: fc.Arbitrary<When> = fc
  .oneof(
    fc.record({ every: fc.constantFrom('day', 'weekday'), at }),
    fc.record({ every: fc.constant('week'), on: fc.uniqueArray(weekday, { minLength: 1, maxLength: 3 }), at }),
    fc.record({ every: fc.constant('month'), on: fc.oneof(nthWeekday, fc.integer({ min: 1, max: 28 })), at }),
    fc.record({ every: fc.constantFrom('quarter', 'year'), on: fc.oneof(nthWeekday, fc.constant('last day')), at }),
    fc.record({
      every: fc.integer({ min: 1, max: 200 }).map((count) => `${count} days`),
      from: fc.constant('2026-01-01'),
      at,
    }),
    fc.record({ every: fc.constantFrom('30 minutes', 'hour', '2 hours', '12 hours') }),
    fc.record({
      cron: fc.constantFrom(
        '30 2,14 * * *',
        '0,30 2 * * *',
        '0 2 1-7 * SUN',
        '*/45 * * * *',
        '0 2 LW * *',
        '0 3 L 3,6 *',
      ),
    }),
  )
  .map(readWhen);
const zone = fc.constantFrom(
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Asia/Beirut',
);
/** Half of them near a clock change of one of the zones. */
const instant = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 11, 31) }),
  fc
    .tuple(
      fc.constantFrom(...['2027-03-14', '2027-11-07', '2027-03-28', '2027-10-31', '2027-04-03', '2027-10-02']),
      fc.integer({ min: -DAY, max: 2 * DAY }),
    )
    .map(([date, offset]) => Date.parse(date) + offset),
);
const shift = fc.constantFrom('keep', 'skip', 'before', 'after');
const calendar: fc.Arbitrary<DutyCalendar> = fc.record({
  holidays: fc.array(
    fc.integer({ min: 0, max: 1000 }).map((days) => ({
      name: `day ${days}`,
      on: new Date(Date.UTC(2026, 0, 1) + days * DAY).toISOString().slice(0, 10),
    })),
    { maxLength: 40 },
  ),
  freezes: fc.constantFrom(
    [],
    [{ name: 'spring', from: '2027-03-10', to: '2027-03-28' }],
    [
      { name: 'autumn', from: '2027-10-28', to: '2027-11-03' },
      { name: 'and again', from: '2027-11-05', to: '2027-11-05' },
    ],
  ),
  onHoliday: shift,
  onFreeze: shift,
});
const days = fc.integer({ min: 0, max: 60 });

const line = ({ key, at, ...rest }: { key: string; at: Date }) => `${key} ${at.toISOString()} ${JSON.stringify(rest)}`;

describe('whatever the form, the zone and the calendar', () => {
  it('no key comes twice, and instants never go back', () => {
    fc.assert(
      fc.property(
        when,
        zone,
        instant,
        days,
        fc.option(calendar, { nil: undefined }),
        (form, zone, from, long, shifts) => {
          const range = { zone, from: new Date(from), to: new Date(from + long * DAY) };
          const { occurrences: found, leftOut } = schedule(
            form,
            shifts === undefined ? range : { ...range, calendar: shifts },
          );
          const keys = [...found, ...leftOut].map(({ key }) => key);
          expect(new Set(keys).size).toBe(keys.length);
          for (const [index, { at }] of found.entries()) {
            expect(at.getTime()).toBeGreaterThanOrEqual(found[index - 1]?.at.getTime() ?? from);
            expect(at.getTime()).toBeLessThanOrEqual(from + long * DAY);
          }
        },
      ),
    );
  });

  it('a range in two parts has the same occurrences, and the same that are left out', () => {
    fc.assert(
      fc.property(when, zone, instant, days, fc.nat(60 * DAY), calendar, (form, zone, from, long, cut, shifts) => {
        const to = from + long * DAY;
        const middle = Math.min(from + cut, to);
        const part = (start: number, end: number) => {
          const range = { zone, from: new Date(start), to: new Date(end), calendar: shifts };
          const { occurrences: found, leftOut } = schedule(form, range);
          return { found: found.map(line), leftOut: leftOut.map(line) };
        };
        const [early, late, whole] = [part(from, middle), part(middle + 1, to), part(from, to)];
        expect([...early.found, ...late.found]).toEqual(whole.found);
        expect([...early.leftOut, ...late.leftOut].sort()).toEqual(whole.leftOut.sort());
      }),
      { numRuns: 300 },
    );
  });

  it('the next one is the first of the range that begins right after', () => {
    fc.assert(
      fc.property(when, zone, instant, calendar, (form, zone, after, shifts) => {
        const next = nextOccurrence(form, { zone, after: new Date(after), calendar: shifts });
        const to = next?.at ?? new Date(after + 365 * DAY);
        const [first] = occurrences(form, { zone, from: new Date(after + 1), to, calendar: shifts });
        expect(first).toEqual(next);
      }),
    );
  });

  it('what moves lands on a working day that is no holiday, and on no other occurrence', () => {
    fc.assert(
      fc.property(when, zone, instant, calendar, (form, zone, from, shifts) => {
        const range = { zone, from: new Date(from), to: new Date(from + 60 * DAY), calendar: shifts };
        const found = occurrences(form, range);
        for (const moved of found.filter(({ reason }) => reason !== undefined && reason.kind !== 'clock-change')) {
          const date = moved.local.slice(0, 10);
          expect([1, 2, 3, 4, 5]).toContain(new Date(date).getUTCDay());
          expect(shifts.holidays.map(({ on }) => on)).not.toContain(date);
          expect(found.filter(({ at }) => at.getTime() === moved.at.getTime())).toHaveLength(1);
        }
      }),
    );
  });

  it('has words', () => {
    fc.assert(
      fc.property(when, (form) => {
        expect(wordsOf(form, 'UTC')).toMatch(/^[A-Z0-9][^"{}]+$/);
      }),
    );
  });
});
