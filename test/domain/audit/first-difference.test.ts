import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDifference } from '../../../src/domain/audit/first-difference.ts';

describe('the first difference', () => {
  it.each([
    ['nothing', { a: [1, { b: null }] }, { a: [1, { b: null }] }, null],
    ['the order of members', { a: 1, b: 2 }, { b: 2, a: 1 }, null],
    ['a member that JSON would leave out', { a: 1, b: undefined }, { a: 1 }, null],
    ['all of it', 1, 2, ''],
    ['a list for an object', {}, [], ''],
    ['a null for an object', {}, null, ''],
    ['the first of two members', { a: 1, b: 2 }, { a: 2, b: 3 }, 'a'],
    ['a member within a list', { a: [{ b: 1 }, { b: 2 }] }, { a: [{ b: 1 }, { b: 3 }] }, 'a[1].b'],
    ['a list within a list', [[1], [2]], [[1], [3]], '[1][0]'],
    ['an entry too many', { a: [1] }, { a: [1, 2] }, 'a[1]'],
    ['an entry missing', { a: [1, 2] }, { a: [1] }, 'a[1]'],
    ['a member too many, though it is null', { a: 1 }, { a: 1, b: null }, 'b'],
    ['a member every object seems to have', {}, JSON.parse('{"__proto__":{}}'), '__proto__'],
  ])('is %s', (_, expected, found, path) => {
    expect(firstDifference(expected, found)).toBe(path);
  });

  it('is none exactly where the canonical texts are the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), (one, other) => {
        expect(firstDifference(one, structuredClone(one))).toBeNull();
        expect(firstDifference(one, other) === null).toBe(sorted(one) === sorted(other));
      }),
    );
  });
});

function sorted(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(sorted)}]`;
  const members = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}:${sorted(inner)}`);
  return `{${members.sort()}}`;
}
