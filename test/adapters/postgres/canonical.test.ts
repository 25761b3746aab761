import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, jsonText } from '../../../src/adapters/postgres/canonical.ts';

/** RFC 8785, section 3.2.2 and 3.2.3: the input of its example, and what must come out. */
const RFC_EXAMPLE = {
  numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
  string: '€$\u000f\nA\'B"\\\\"/',
  literals: [null, true, false],
};
const RFC_RESULT =
  '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
  '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}';

describe('the canonical form', () => {
  it('is the one of RFC 8785', () => {
    expect(canonical(RFC_EXAMPLE)).toBe(RFC_RESULT);
    expect(canonical({ '\u20ac': 1, '\r': 2, '\ufb33': 3, 1: 4, '😀': 5, '\u0080': 6, ö: 7 })).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    );
  });

  it('does not depend on the order in which a value was put together', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonical(reversed)).toBe(canonical(value));
      }),
    );
  });

  it('survives being read and written again', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonical(JSON.parse(canonical(value)))).toBe(canonical(value));
      }),
    );
  });

  it.each([undefined, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', (value) => {
    expect(() => canonical(value)).toThrow();
  });
});

describe('text for the database', () => {
  const storable = (value: string): string => JSON.parse(jsonText(value));

  it.each([
    ['a\0b', 'a\ufffdb'],
    ['\ud83d', '\ufffd'],
    ['\udd25\ud83d', '\ufffd\ufffd'],
    ['🔥', '🔥'],
    ['\\u0000', '\\u0000'],
    ['\\\0', '\\\ufffd'],
    ['\\\\ud83d\n', '\\\\ud83d\n'],
  ])('of %j is %j', (given, kept) => {
    expect(storable(given)).toBe(kept);
  });

  it('has no NUL and no half pair whatever it is given, as many characters as before, and all else unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (raw, text) => {
        const halves = raw.replaceAll('a', '\ud800').replaceAll('b', '\0');
        expect(storable(halves)).toBe(halves.replaceAll('\0', '\ufffd').toWellFormed());
        expect(storable(text)).toBe(text.replaceAll('\0', '\ufffd'));
      }),
    );
  });
});
