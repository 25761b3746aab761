import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../../src/domain/spec/duration.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('parseDuration', () => {
  it.each([
    ['15m', 15 * minute],
    ['48h', 48 * hour],
    ['5d', 5 * day],
    ['2w', 14 * day],
    ['500ms', 500],
    ['90s', 90_000],
    ['1h30m', 90 * minute],
    ['1d12h', 36 * hour],
    ['1m500ms', minute + 500],
    ['0s', 0],
    [' 15m ', 15 * minute],
  ])('%j is %d ms', (text, ms) => {
    expect(parseDuration(text)).toEqual({ ok: true, ms });
  });

  it.each([
    ['15', '"15" has no unit'],
    ['', '"" is not a duration'],
    ['soon', '"soon" is not a duration'],
    ['-5m', '"-5m" is not a duration'],
    ['1.5h', '"1.5h" is not a duration'],
    ['15M', '"15M" is not a duration'],
    ['15 minutes', '"15 minutes" is not a duration'],
    ['30m1h', 'from large to small'],
    ['1h1h', 'each once'],
    ['99999999999999999w', 'too long'],
  ])('refuses %j and says what a duration looks like', (text, problem) => {
    const result = parseDuration(text);
    expect(result).toMatchObject({ ok: false, problem: expect.stringContaining(problem) });
    expect(result).toMatchObject({ problem: expect.stringContaining('15m, 48h, 5d or 1h30m') });
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [90 * minute, '1h30m'],
    [14 * day, '14d'],
    [500, '500ms'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('writes what parseDuration reads back as the same length', () => {
    fc.assert(
      fc.property(fc.nat(400 * day), (ms) => {
        expect(parseDuration(formatDuration(ms))).toEqual({ ok: true, ms });
      }),
    );
  });
});
