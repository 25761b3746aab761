import { expect, it } from 'vitest';
import { type Answer, type Bounds, breach } from '../../../src/domain/database/bounds.ts';

const one = (first: string | null): Answer => ({ columns: 1, rows: 1, first });

const CASES: readonly (readonly [what: string, bounds: Bounds, answer: Answer, wrong: string | null])[] = [
  ['no bound, any answer', {}, { columns: 3, rows: 0, first: null }, null],
  ['the text it must give', { returns: 'ok' }, one('ok'), null],
  ['another text', { returns: 'ok' }, one('OK'), 'gave OK, not ok'],
  ['a number with zeros behind', { returns: 5 }, one('5.00'), null],
  ['no number where one must be', { returns: 0 }, one(''), 'gave , not 0'],
  ['true, as PostgreSQL writes it', { returns: true }, one('t'), null],
  ['false where true must be', { returns: true }, one('f'), 'gave f, not true'],
  ['NULL', { returns: 0 }, one(null), 'gave NULL'],
  ['the most it may be', { atMost: 5 }, one('5'), null],
  ['one more', { atMost: 5 }, one('6'), 'gave 6, more than 5'],
  ['the least it may be', { atLeast: 5 }, one('5'), null],
  ['one less', { atLeast: 5 }, one('4.99'), 'gave 4.99, less than 5'],
  ['a text under a bound', { atMost: 5 }, one('many'), 'gave many, which is no number'],
  ['an empty text under a bound', { atMost: 5 }, one(' '), 'gave  , which is no number'],
  ['NULL under a bound', { atMost: 5 }, one(null), 'gave NULL'],
  [
    'two rows under a bound',
    { atMost: 5 },
    { columns: 1, rows: 2, first: '1' },
    'gave 2 rows of 1 columns where one value was to be',
  ],
  [
    'no row under a bound',
    { atMost: 5 },
    { columns: 1, rows: 0, first: null },
    'gave 0 rows of 1 columns where one value was to be',
  ],
  [
    'two columns under a bound',
    { returns: 1 },
    { columns: 2, rows: 1, first: '1' },
    'gave 1 row of 2 columns where one value was to be',
  ],
  ['as many rows', { rows: 0 }, { columns: 2, rows: 0, first: null }, null],
  ['a row too many', { rows: 0 }, { columns: 2, rows: 1, first: 'x' }, 'gave 1 row, not 0'],
  ['rows within bounds', { rows: { atLeast: 1, atMost: 2 } }, { columns: 2, rows: 2, first: 'x' }, null],
  ['rows below', { rows: { atLeast: 1 } }, { columns: 2, rows: 0, first: null }, 'gave 0 rows, fewer than 1'],
  ['rows above', { rows: { atMost: 2 } }, { columns: 2, rows: 3, first: 'x' }, 'gave 3 rows, more than 2'],
  ['both, the value wrong', { rows: 1, returns: 'a' }, one('b'), 'gave b, not a'],
];

it.each(CASES)('%s', (_what, bounds, answer, wrong) => {
  expect(breach(bounds, answer)).toBe(wrong);
});
