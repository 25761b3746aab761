import { describe, expect, it } from 'vitest';
import { instantsAt, wallTimeAt } from '../../../src/domain/time/wall.ts';

const at = (year: number, month: number, day: number, hour: number, minute: number) => ({
  year,
  month,
  day,
  hour,
  minute,
});
const iso = (instants: readonly Date[]) => instants.map((instant) => instant.toISOString());

describe('wall time', () => {
  it.each([
    ['an ordinary afternoon', at(2026, 11, 21, 14, 5), 'Europe/Paris', ['2026-11-21T13:05:00.000Z']],
    ['a zone with minutes', at(2026, 11, 21, 14, 5), 'Asia/Kolkata', ['2026-11-21T08:35:00.000Z']],
    ['the last minute before the gap', at(2027, 3, 14, 1, 59), 'America/New_York', ['2027-03-14T06:59:00.000Z']],
    [
      'a time the gap skips: the first instant after it',
      at(2027, 3, 14, 2, 30),
      'America/New_York',
      ['2027-03-14T07:00:00.000Z'],
    ],
    ['the first minute after the gap', at(2027, 3, 14, 3, 0), 'America/New_York', ['2027-03-14T07:00:00.000Z']],
    [
      'a time that happens twice',
      at(2027, 11, 7, 1, 30),
      'America/New_York',
      ['2027-11-07T05:30:00.000Z', '2027-11-07T06:30:00.000Z'],
    ],
    ['a gap of half an hour', at(2026, 10, 4, 2, 15), 'Australia/Lord_Howe', ['2026-10-03T15:30:00.000Z']],
  ])('%s', (_what, wall, zone, expected) => {
    expect(iso(instantsAt(wall, zone))).toEqual(expected);
  });

  it('reads back what it wrote', () => {
    const [instant] = instantsAt(at(2026, 7, 1, 23, 59), 'Pacific/Auckland');
    expect(wallTimeAt(instant, 'Pacific/Auckland')).toEqual(at(2026, 7, 1, 23, 59));
  });
});
