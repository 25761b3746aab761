import { describe, expect, it } from 'vitest';
import { limitWords, parseLimit } from '../../../src/domain/spec/limit.ts';
import { formatMeasure, parseMeasure } from '../../../src/domain/spec/measure.ts';

describe('a figure', () => {
  it.each([
    ['5%', 'percent', 5, '5%'],
    ['99.95 %', 'percent', 99.95, '99.95%'],
    ['500ms', 'time', 500, '500ms'],
    ['1s', 'time', 1000, '1s'],
    ['1h30m', 'time', 5_400_000, '1h30m'],
    ['20GB', 'size', 20e9, '20GB'],
    ['1.5 GiB', 'size', 1.5 * 2 ** 30, '1.5GiB'],
    ['0B', 'size', 0, '0B'],
    ['1000', 'count', 1000, '1000'],
    ['0', 'count', 0, '0'],
  ])('%s has its unit', (written, quantity, value, again) => {
    const read = parseMeasure(written);
    expect(read).toEqual({ ok: true, measure: { quantity, value } });
    expect(read.ok && formatMeasure(read.measure)).toBe(again);
  });

  it.each(['', 'five', '5 percent', '-1%', '5%%', '1,000', '10gb', '%'])('is not "%s"', (written) => {
    expect(parseMeasure(written)).toMatchObject({
      ok: false,
      problem: expect.stringContaining(`"${written}" is not a figure`),
    });
  });
});

describe('a limit', () => {
  it.each([
    ['> 2%', '>', 'above 2%'],
    ['above 2%', '>', 'above 2%'],
    ['>=2%', '>=', 'at or above 2%'],
    ['at least 2%', '>=', 'at or above 2%'],
    ['below 2%', '<', 'below 2%'],
    ['<= 2%', '<=', 'at or below 2%'],
    ['at most 2%', '<=', 'at or below 2%'],
  ])('%s', (written, is, words) => {
    const read = parseLimit(written);
    expect(read).toEqual({ ok: true, limit: { is, than: { quantity: 'percent', value: 2 } } });
    expect(read.ok && limitWords(read.limit)).toBe(words);
  });

  it('needs a comparison and a figure', () => {
    expect(parseLimit('2%')).toMatchObject({ problem: expect.stringContaining('"2%" compares nothing') });
    expect(parseLimit('> much')).toMatchObject({ problem: expect.stringContaining('"much" is not a figure') });
  });
});
