import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bucketQuantile,
  countersOf,
  histogramFigures,
  increaseOf,
  observed,
} from '../../../src/domain/health/counters.ts';
import { parseSelector, seriesOf } from '../../../src/domain/health/exposition.ts';

function read(sample: string, page: string) {
  const found = parseSelector(sample);
  if (!found.ok) throw new Error(found.problem);
  return countersOf(seriesOf(found.selector, page));
}

describe('a counter', () => {
  it.each([
    ['grew', { a: 5 }, { a: 8 }, 3],
    ['stood still', { a: 5 }, { a: 5 }, 0],
    ['began again: all it shows is new', { a: 500 }, { a: 8 }, 8],
    ['was not there before: it appeared with what it counts', { a: 5 }, { a: 5, b: 2 }, 2],
    ['is gone: it says nothing', { a: 5, b: 9 }, { a: 6 }, 1],
  ])('that %s', (_, before, now, grown) => {
    expect(increaseOf(before, now)).toBe(grown);
  });

  it('is the same one whatever the order of its labels', () => {
    const before = read('hits', 'hits{a="1",b="2"} 5\nhits{b="3"} 1');
    const now = read('hits', 'hits{b="3"} 2\nhits{b="2",a="1"} 9');
    expect(increaseOf(before, now)).toBe(5);
  });

  it('is picked by labels as Prometheus does it', () => {
    const page = 'hits{code="200"} 90\nhits{code="503"} 4\nhits{code="500"} 6\nhits 1';
    expect(increaseOf({}, read('hits{code=~"5.."}', page))).toBe(10);
    expect(increaseOf({}, read('hits{code!~"5.."}', page))).toBe(91);
    expect(increaseOf({}, read('hits{code!="200"}', page))).toBe(11);
    expect(increaseOf({}, read('hits{code=~"5"}', page))).toBe(0);
    expect(parseSelector('hits{code=~"("}')).toMatchObject({ ok: false });
  });

  it('adds up, over any restarts, to what was counted since each of them', () => {
    const step = fc.record({ by: fc.nat(50), restarts: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let [value, seen, truth] = [0, 0, 0];
        for (const { by, restarts } of steps) {
          const before = value;
          value = restarts ? by : value + by;
          // A restart that counts as much as before within one interval cannot be seen by anybody.
          truth += restarts && by >= before ? by - before : by;
          seen += increaseOf({ a: before }, { a: value });
        }
        expect(seen).toBe(truth);
      }),
    );
  });
});

describe('a histogram', () => {
  const page = (counts: readonly number[]) =>
    ['0.1', '0.5', '1', '+Inf'].map((le, index) => `took_bucket{le="${le}"} ${counts[index]}`).join('\n');

  it('tells what was observed since the last look, all series together', () => {
    const before = read('took_bucket', page([10, 20, 30, 40]));
    const now = read('took_bucket', page([10, 30, 60, 80]));
    expect(observed(before, now)).toEqual([
      { upTo: 0.1, count: 0 },
      { upTo: 0.5, count: 10 },
      { upTo: 1, count: 30 },
      { upTo: Number.POSITIVE_INFINITY, count: 40 },
    ]);
    const two = read(
      'took_bucket',
      'took_bucket{le="1",at="a"} 1\ntook_bucket{le="1",at="b"} 2\ntook_bucket{le="+Inf"} 3',
    );
    expect(observed({}, two)).toEqual([
      { upTo: 1, count: 3 },
      { upTo: Number.POSITIVE_INFINITY, count: 3 },
    ]);
  });

  it('tells nothing where nothing was observed, or its last bucket is missing', () => {
    expect(histogramFigures([])).toEqual({});
    expect(
      histogramFigures([
        { upTo: 1, count: 0 },
        { upTo: Number.POSITIVE_INFINITY, count: 0 },
      ]),
    ).toEqual({});
    expect(
      histogramFigures([
        { upTo: 1, count: 5 },
        { upTo: 2, count: 9 },
      ]),
    ).toEqual({});
  });

  it('estimates a quantile inside the bucket that holds it, and never beyond the last bound', () => {
    const bounds = [0.1, 0.25, 0.5, 1, 2.5];
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 5, noNaN: true }), { minLength: 1, maxLength: 60 }),
        fc.constantFrom(0.5, 0.9, 0.95, 0.99),
        (values, share) => {
          const upTo = [...bounds, Number.POSITIVE_INFINITY];
          const buckets = upTo.map((bound) => ({
            upTo: bound,
            count: values.filter((value) => value <= bound).length,
          }));
          const truth = [...values].sort((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? 0;
          const bucket = upTo.findIndex((bound) => truth <= bound);
          const [from, to] = [upTo[bucket - 1] ?? 0, Math.min(upTo[bucket] ?? 0, 2.5)];
          const estimate = bucketQuantile(share, buckets);
          expect(estimate).toBeGreaterThanOrEqual(Math.min(from, 2.5));
          expect(estimate).toBeLessThanOrEqual(to);
        },
      ),
    );
  });
});
