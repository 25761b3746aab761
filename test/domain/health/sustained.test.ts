import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MetricSample, sustained } from '../../../src/domain/health/sustained.ts';

const NOON = Date.parse('2026-11-21T12:00:00.000Z');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Looks as they are read off a line: `#` bad, `.` good, `-` no figure, a space where nobody looked. One sign an interval. */
function looks(line: string, every = MINUTE): MetricSample[] {
  return [...line].flatMap((sign, index) => {
    const at = new Date(NOON + index * every);
    if (sign === ' ') return [];
    return [{ at, figure: sign === '-' ? null : sign === '#' ? 9 : 1, reason: sign === '-' ? 'nobody answered' : '' }];
  });
}

/** What is known at the last sign of the line. */
function at(line: string, time: number, every = MINUTE) {
  const now = new Date(NOON + (line.length - 1) * every);
  return sustained(looks(line, every), { isBad: (figure) => figure > 5, for: time, every, now });
}

describe('what must last', () => {
  it.each([
    ['is not bad for five minutes after four', '.#####', 5 * MINUTE, 4 * MINUTE, false],
    ['is bad for five minutes after five', '.######', 5 * MINUTE, 5 * MINUTE, true],
    ['is bad at once where nothing must last', '.#', 0, 0, true],
    ['begins again after one good figure', '######.####', 5 * MINUTE, 3 * MINUTE, false],
    ['is not proven by two bad figures with nothing between', '#    #', 5 * MINUTE, 0, false],
    ['goes on over one look that brought no figure', '###-###', 5 * MINUTE, 6 * MINUTE, true],
    ['does not go on in a gap, and keeps what was before it', '####    ##', 5 * MINUTE, 4 * MINUTE, false],
    ['is bad for long enough, the gap left out', '####    ###', 5 * MINUTE, 5 * MINUTE, true],
    [
      'begins afresh after silence longer than ten intervals',
      `####${' '.repeat(10)}###`,
      5 * MINUTE,
      2 * MINUTE,
      false,
    ],
  ])('%s', (_, line, time, lasting, enough) => {
    expect(at(line, time)).toEqual({ is: 'bad', figure: 9, lasting, enough });
  });

  it('takes one and two minutes at the pace of their looks', () => {
    expect(at('.####', MINUTE, 15 * SECOND)).toMatchObject({ lasting: 45 * SECOND, enough: false });
    expect(at('.#####', MINUTE, 15 * SECOND)).toMatchObject({ lasting: MINUTE, enough: true });
    expect(at('.####', 2 * MINUTE, 30 * SECOND)).toMatchObject({ enough: false });
    expect(at('.#####', 2 * MINUTE, 30 * SECOND)).toMatchObject({ enough: true });
  });

  it('may lack the second by which a look came late, and no more', () => {
    const late = (ms: number) => {
      const samples = looks('######').map((one, index) => ({
        ...one,
        at: new Date(one.at.getTime() + (index === 0 ? ms : 0)),
      }));
      const now = new Date(NOON + 5 * MINUTE);
      return sustained(samples, { isBad: (figure) => figure > 5, for: 5 * MINUTE, every: MINUTE, now });
    };
    expect(late(1_500)).toMatchObject({ enough: true });
    expect(late(2_500)).toMatchObject({ enough: false });
  });
});

describe('a figure that is missing', () => {
  it('is replaced by the last one for two and a half intervals', () => {
    expect(at('..--', 0)).toEqual({ is: 'fine', figure: 1 });
    expect(at('.#--', 0)).toMatchObject({ is: 'bad' });
  });

  it('is neither good nor bad then, with the reason', () => {
    const since = new Date(NOON + MINUTE);
    expect(at('..---', 0)).toEqual({ is: 'unknown', reason: 'nobody answered', since });
    expect(at('.#---', 0)).toEqual({ is: 'unknown', reason: 'nobody answered', since });
    expect(at('.#   ', 0)).toEqual({ is: 'unknown', reason: null, since });
    expect(at('---', 0)).toEqual({ is: 'unknown', reason: 'nobody answered', since: null });
    expect(at(' ', 0)).toEqual({ is: 'unknown', reason: null, since: null });
  });
});

describe('any looks', () => {
  const sign = fc.constantFrom('#', '.', '-', ' ');
  const line = fc.array(sign, { minLength: 1, maxLength: 40 }).map((signs) => signs.join(''));
  const minutes = fc.integer({ min: 0, max: 12 });

  it('that never miss say exactly whether all of the last minutes were bad', () => {
    const full = fc.array(fc.constantFrom('#', '#', '#', '.'), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(full, minutes, (signs, time) => {
        const found = at(signs.join(''), time * MINUTE);
        const allBad = signs.length > time && signs.slice(-time - 1).every((one) => one === '#');
        expect(found.is === 'bad' && found.enough).toBe(allBad);
      }),
    );
  });

  it('never count more time than passed since the last good figure', () => {
    fc.assert(
      fc.property(line, minutes, (signs, time) => {
        const found = at(signs, time * MINUTE);
        if (found.is !== 'bad') return;
        const sinceGood = signs.slice(signs.lastIndexOf('.') + 1);
        expect(found.lasting).toBeLessThanOrEqual((sinceGood.trim().length - 1) * MINUTE);
        expect(sinceGood).toContain('#');
      }),
    );
  });

  it('say the same however far back they are read beyond what is needed', () => {
    fc.assert(
      fc.property(line, (signs) => {
        const good = signs.lastIndexOf('.');
        const cut = signs.slice(good).padStart(signs.length, ' ');
        if (good > 0) expect(at(cut, 5 * MINUTE)).toEqual(at(signs, 5 * MINUTE));
      }),
    );
  });
});
