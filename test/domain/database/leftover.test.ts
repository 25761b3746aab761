import { describe, expect, it } from 'vitest';
import { duplicates } from '../../../src/domain/database/duplicates.ts';
import { type KnownIndex, replacedBy } from '../../../src/domain/database/leftover.ts';

const index = (name: string, valid: boolean, signature = 'btree|f|1'): KnownIndex => ({ name, valid, signature });
const LONG = 'x'.repeat(63);

describe('what a broken off REINDEX CONCURRENTLY left', () => {
  it.each<[string, KnownIndex, KnownIndex[], string | null]>([
    ['a copy being built', index('a_ccnew', false), [index('a', true)], 'a'],
    ['the second copy', index('a_ccnew1', false), [index('a', true)], 'a'],
    ['the one that was replaced', index('a_ccold', false), [index('a', true)], 'a'],
    ['a copy of a copy', index('a_ccnew_ccnew', false), [index('a', true)], 'a'],
    ['a copy of one whose name has such an end', index('a_ccold_ccnew', false), [index('a_ccold', true)], 'a_ccold'],
    ['a copy of a name that was cut', index(`${LONG.slice(6)}_ccnew`, false), [index(LONG, true)], LONG],
    ['a name with a line break', index('a\nb_ccnew', false), [index('a\nb', true)], 'a\nb'],
    ['a valid one of such a name', index('a_ccnew', true), [index('a', true)], null],
    ['an invalid one of another name', index('a_new', false), [index('a', true)], null],
    ['one without its original', index('a_ccnew', false), [index('b', true)], null],
    ['one whose original is invalid too', index('a_ccnew', false), [index('a', false)], null],
    ['one of another definition', index('a_ccnew', false, 'btree|f|2'), [index('a', true)], null],
    ['one whose original only begins alike', index('a_ccnew', false), [index('a_b', true)], null],
  ])('%s', (_what, found, siblings, original) => {
    expect(replacedBy(found, siblings)).toBe(original);
  });
});

describe('duplicates', () => {
  const made = (name: string, columns: string[], more = {}) => ({
    name,
    oid: name,
    table: 't',
    valid: true,
    unique: false,
    needed: false,
    method: 'btree',
    columns,
    comparisons: columns.map(() => '1 0 0'),
    condition: '',
    signature: `btree|${'unique' in more ? 't' : 'f'}|${columns.join(' ')}`,
    ...more,
  });
  const told = (...indexes: ReturnType<typeof made>[]) =>
    duplicates(indexes).map((found) => `${found.index.name} ${found.kind} ${found.of.name}`);

  it('tells one of two alike, the later name', () => {
    expect(told(made('b', ['1']), made('a', ['1']))).toEqual(['b same a']);
  });
  it('tells the one that is not unique, whatever its name', () => {
    expect(told(made('a', ['1']), made('b', ['1'], { unique: true }))).toEqual(['a same b']);
  });
  it('tells the one no constraint needs, whatever its name', () => {
    const primary = made('t_pkey', ['1'], { unique: true, needed: true });
    expect(told(made('a', ['1'], { unique: true }), primary)).toEqual(['a same t_pkey']);
  });
  it('tells a prefix apart', () => {
    expect(told(made('a', ['1']), made('b', ['1', '2']))).toEqual(['a prefix b']);
  });
  it.each([
    ['a unique prefix', [made('a', ['1'], { unique: true }), made('b', ['1', '2'])]],
    ['the same columns in another order', [made('a', ['1', '2']), made('b', ['2', '1'])]],
    ['another condition', [made('a', ['1'], { condition: 'x > 1' }), made('b', ['1', '2'])]],
    ['another direction', [made('a', ['1'], { comparisons: ['1 0 3'] }), made('b', ['1', '2'])]],
    ['another method', [made('a', ['1'], { method: 'gin' }), made('b', ['1', '2'], { method: 'gin' })]],
    ['another table', [made('a', ['1'], { table: 'u' }), made('b', ['1', '2'])]],
    ['an invalid one', [made('a', ['1']), made('b', ['1', '2'], { valid: false })]],
  ])('keeps %s', (_what, indexes) => {
    expect(told(...indexes)).toEqual([]);
  });
});
