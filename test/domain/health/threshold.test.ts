import { describe, expect, it } from 'vitest';
import { NO_PULSE } from '../../../src/domain/health/pulse.ts';
import { figureNames, figuresOfSeries, statisticsOf } from '../../../src/domain/health/statistics.ts';
import {
  askThreshold,
  type Baseline,
  baselineTime,
  type ThresholdCheck,
} from '../../../src/domain/health/threshold.ts';
import { measurements } from '../../../src/domain/health/threshold-checks.ts';
import { loadSpec } from '../../../src/spec/load.ts';

const NOW = new Date('2026-11-21T12:00:00.000Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A spec with this metric, that has a source, and these thresholds. */
function specOf(metric: Record<string, unknown>, ...thresholds: Record<string, unknown>[]) {
  const text = JSON.stringify({
    name: 'A',
    targets: { p: { kind: 'prometheus', url: 'http://p' } },
    metrics: { m: { title: 'M', source: { target: 'p', query: 'q' }, ...metric } },
    thresholds: thresholds.map((one, index) => ({
      key: `t${index}`,
      title: 'T',
      metric: 'm',
      statistic: 'p95',
      ...one,
    })),
  });
  const loaded = loadSpec(text, 'ops.yml', {});
  if (!loaded.ok) throw new Error(loaded.faults.join('\n'));
  return loaded.spec;
}

function checkOf(
  threshold: Record<string, unknown>,
  metric: Record<string, unknown> = { quantity: 'time' },
): ThresholdCheck {
  const [check] = specOf(metric, threshold).checks;
  if (check?.kind !== 'threshold') throw new Error('no threshold');
  return check;
}

/** Minute by minute until now. */
function minutes(...figures: readonly (number | null)[]) {
  return figures.map((figure, index) => ({
    at: new Date(NOW.getTime() - (figures.length - 1 - index) * MINUTE),
    figure,
    reason: figure === null ? 'Prometheus refused the connection' : '',
  }));
}

const facts = { baseline: null, pulse: NO_PULSE, now: NOW };

describe('a threshold', () => {
  const slow = checkOf({ breach: '> 500ms', for: '5m' });

  it('says its figure, its bound and for how long', () => {
    const ask = (...figures: (number | null)[]) => askThreshold(slow, { ...facts, samples: minutes(...figures) });
    expect(ask(120)).toMatchObject({ answer: 'ok', detail: 'p95 120ms; bad above 500ms', figures: { value: 120 } });
    expect(ask(120, 812, 900)).toMatchObject({
      answer: 'ok',
      detail: 'p95 900ms, above 500ms for 1m; told after 5m',
    });
    expect(ask(700, 700, 700, 700, 700, 812)).toMatchObject({
      answer: 'failing',
      detail: 'p95 812ms, above 500ms for 5m',
      figures: { value: 812, bound: 500 },
    });
    expect(ask(700, null, null, null)).toMatchObject({
      answer: 'could-not-tell',
      detail: 'no figure for 3m: Prometheus refused the connection',
      isEarly: false,
    });
    expect(ask(null)).toMatchObject({ answer: 'could-not-tell', isEarly: true });
    expect(ask()).toMatchObject({ answer: 'could-not-tell', isEarly: true });
    expect(ask(null, null)).toMatchObject({ answer: 'could-not-tell', isEarly: false });
  });

  it('that was told goes on until a figure is good, and says for how long in all', () => {
    const bad = { count: 60, since: new Date(NOW.getTime() - HOUR).toISOString() };
    const pulse = { ...NO_PULSE, bad };
    expect(askThreshold(slow, { ...facts, pulse, samples: minutes(700, 700, 700, 700, 700, 812) })).toMatchObject({
      detail: 'p95 812ms, above 500ms for 1h5m',
    });
    expect(askThreshold(slow, { ...facts, pulse, samples: minutes(700) }).answer).toBe('failing');
    expect(askThreshold(slow, { ...facts, pulse, samples: minutes(700, 1) }).answer).toBe('ok');
  });

  it('may be bad below its bound', () => {
    const low = checkOf({ breach: '< 99.9%', statistic: 'last' }, { quantity: 'percent' });
    expect(askThreshold(low, { ...facts, samples: minutes(99.5) })).toMatchObject({
      answer: 'failing',
      detail: '99.5%, below 99.9%',
    });
    expect(askThreshold(low, { ...facts, samples: minutes(99.9) }).answer).toBe('ok');
  });
});

describe('a spike', () => {
  const spike = checkOf({ spike: { factor: 3, baseline: '1h' } });
  const usual: Baseline = { count: 60, span: HOUR, median: 100, average: 200 };
  const ask = (figure: number, baseline: Baseline | null, check = spike) =>
    askThreshold(check, { ...facts, samples: minutes(figure), baseline });

  it('is so many times what is usual', () => {
    expect(ask(300, usual).answer).toBe('ok');
    expect(ask(301, usual)).toMatchObject({
      answer: 'failing',
      detail: 'p95 301ms, above 300ms (3 times the median 100ms of 1h)',
    });
    const average = checkOf({ spike: { factor: 3, baseline: '1h', of: 'average' } });
    expect(ask(301, usual, average).answer).toBe('ok');
    expect(ask(601, usual, average).answer).toBe('failing');
  });

  it('is not yet known before half of the time has figures', () => {
    const notYet = {
      answer: 'could-not-tell',
      detail: 'not yet known: what is usual takes 30m of figures',
    };
    expect(ask(900, null)).toMatchObject(notYet);
    expect(ask(900, { ...usual, count: 29 })).toMatchObject(notYet);
    expect(ask(900, { ...usual, span: HOUR / 2 - 1 })).toMatchObject(notYet);
    expect(ask(900, { ...usual, count: 30, span: HOUR / 2 }).answer).toBe('failing');
  });

  it('is nothing below the least, also where nothing is usual', () => {
    const nothing = { ...usual, median: 0 };
    expect(ask(1, nothing).answer).toBe('failing');
    const least = checkOf({ spike: { factor: 3, baseline: '1h', least: '50ms' } });
    expect(ask(50, nothing, least).answer).toBe('ok');
    expect(ask(51, nothing, least).answer).toBe('failing');
  });

  it('is compared with the time before it began', () => {
    const sustained = checkOf({ spike: { factor: 3, baseline: '1h' }, for: '10m' });
    const { from, to } = baselineTime(sustained, { factor: 3, baseline: HOUR, of: 'median' }, NOW);
    expect([from, to].map((at) => at.toISOString())).toEqual(['2026-11-21T10:47:30.000Z', '2026-11-21T11:47:30.000Z']);
  });
});

describe('a metric', () => {
  const everyOf = (...times: string[]) =>
    measurements(specOf({ quantity: 'time' }, ...times.map((time) => ({ breach: '> 1s', for: time }))))[0]?.every;

  it('is looked at four times in the shortest time of its thresholds, each minute at least', () => {
    expect(everyOf('5m', '10m')).toBe(MINUTE);
    expect(everyOf('5m', '2m')).toBe(30_000);
    expect(everyOf('1m')).toBe(15_000);
    expect(everyOf('10s')).toBe(10_000);
    expect(everyOf('0s')).toBe(MINUTE);
    expect(everyOf()).toBe(MINUTE);
  });

  it('of several series goes by the worst, whichever side is bad', () => {
    const figures = figuresOfSeries([statisticsOf([10, 20, 30]), statisticsOf([1, 2, 3])]);
    expect(figures).toMatchObject({ average: 20, 'average.lowest': 2, last: 30, 'last.lowest': 3 });
    expect(figureNames('average', { is: '<' })).toEqual(['average.lowest', 'average']);
    expect(figureNames('average', { is: '>' })).toEqual(['average']);
    expect(figuresOfSeries([statisticsOf([7])])).toEqual({
      ...{ last: 7, average: 7, p50: 7, p90: 7, p95: 7, p99: 7, max: 7, min: 7 },
    });
    expect(figuresOfSeries([statisticsOf([Number.POSITIVE_INFINITY])])).toEqual({});
  });
});
