import { z } from 'zod';
import { type Measure, parseMeasure, type Quantity } from '../domain/spec/measure.ts';
import { type MetricSource, OWN_MEASURES, SCRAPED_AS, type Spike, USUAL } from '../domain/spec/metric-source.ts';
import { below, path, pattern } from './checks/entries.ts';
import { sample } from './checks/figures.ts';
import { aTarget, notConnected } from './entries.ts';
import { duration, text } from './values.ts';

/** A figure with its unit: 1s, 100%. */
const measure = z
  .string()
  .transform((found, ctx): Measure => {
    const read = parseMeasure(found);
    if (read.ok) return read.measure;
    ctx.addIssue({ code: 'custom', message: `is wrong: ${read.problem}` });
    return z.NEVER;
  })
  .meta({ title: 'figure' });

/** How much the figure 1 of a source is; a plain number fits every quantity. */
export const unit = measure;

const query = z
  .strictObject({
    kind: z.literal('query').exactOptional().describe('What a target answers to a query. May be left out.'),
    target: aTarget.exactOptional(),
    query: text
      .exactOptional()
      .describe('In PromQL, or SQL that only reads: the first value counts. Of several series the worst does.'),
    over: duration
      .exactOptional()
      .describe('Of Prometheus: the statistic is over the figures of so long, not over those of now alone.'),
    notConnected: notConnected.exactOptional(),
  })
  .superRefine(({ target, query: asked, over, notConnected: reason }, ctx) => {
    const isAsked = target !== undefined && asked !== undefined && reason === undefined;
    const isAbsent = target === undefined && asked === undefined && over === undefined && reason !== undefined;
    if (!isAsked && !isAbsent) {
      ctx.addIssue({ code: 'custom', message: 'needs target and query, or else notConnected' });
    }
  });

const scrape = z
  .strictObject({
    kind: z.literal('scrape').describe('Samples of a page of metrics in the Prometheus text format.'),
    target: aTarget,
    path: path.default('/metrics').describe('The page; /metrics unless told.'),
    sample: sample.describe(
      'The metric with labels it must have: requests_total{code=~"5.."}; of a histogram without `_bucket`.',
    ),
    as: z
      .enum(SCRAPED_AS)
      .default('value')
      .describe(
        'value: the sample as it stands. rate: of a counter, since the last look. histogram: the statistic of what was observed since then.',
      ),
    per: duration.prefault('1s').describe('Of a rate: how much in so long.'),
    of: sample.exactOptional().describe('Another counter: the rate is a share of its rate, in percent.'),
  })
  .superRefine(({ as, of }, ctx) => {
    if (of !== undefined && as !== 'rate') {
      ctx.addIssue({ code: 'custom', path: ['of'], message: 'is for a rate only; write as: rate' });
    }
  });

const own = z
  .strictObject({
    kind: z.literal('checks').describe("What Mainstay's own checks answered."),
    checks: z
      .array(z.string())
      .min(1, 'is an empty list; name at least one check')
      .describe('Keys of `checks`; their answers count together.'),
    measure: z
      .enum(OWN_MEASURES)
      .describe('latency: how long answers took. success: the share that was good. figure: a figure a look brings.'),
    figure: text.exactOptional().describe('Which figure, such as freeShare of a disk or value of a query.'),
    over: duration.prefault('5m').describe('In how long; 5m unless told.'),
  })
  .superRefine(({ measure: what, figure }, ctx) => {
    if ((what === 'figure') === (figure !== undefined)) return;
    if (figure === undefined) ctx.addIssue({ code: 'custom', message: 'lacks figure, which measure: figure needs' });
    else ctx.addIssue({ code: 'custom', path: ['figure'], message: 'is for measure: figure only' });
  });

const logFile = z.strictObject({
  kind: z.literal('log file').describe('Lines of a log that fit a pattern.'),
  target: aTarget,
  file: below.describe('The log, such as app.log; one that was rotated away is read to its end.'),
  matches: pattern.describe('The lines that count.'),
  over: duration.prefault('5m').describe('In how long; 5m unless told.'),
});

const loki = z.strictObject({
  kind: z.literal('loki').describe('Lines of a log that Loki counts.'),
  target: aTarget,
  query: text.describe('In LogQL, counting lines: sum(count_over_time({app="a"} |= "FATAL" [5m])).'),
});

/** A source as it is written; each says by its kind what it is, and a query need not. */
export const source = z
  .discriminatedUnion('kind', [query, scrape, own, logFile, loki])
  .transform((found): MetricSource => {
    switch (found.kind) {
      case 'scrape':
      case 'checks':
      case 'log file':
      case 'loki':
        return found;
      default: {
        const { target = '', query: asked = '', over, notConnected: reason } = found;
        if (reason !== undefined) return { notConnected: reason };
        return { kind: 'query', target, query: asked, ...(over === undefined ? {} : { over }) };
      }
    }
  });

/** Longest baseline: single figures are kept for 30 days. */
const LONGEST = 28 * 86_400_000;

export const spike = z
  .strictObject({
    factor: z
      .number()
      .gt(1, 'is not above 1; write how many times the usual is bad, such as 3')
      .describe('So many times what is usual.'),
    baseline: duration
      .refine((found) => found <= LONGEST, { error: 'is longer than 28d; single figures are kept for 30 days' })
      .describe('What is usual is what was in so long before.'),
    of: z.enum(USUAL).default('median').describe('What of that time is usual; its median unless told.'),
    least: measure.exactOptional().describe('Below this figure nothing is a spike.'),
  })
  .transform(({ least, ...rest }): Spike => ({ ...rest, ...(least === undefined ? {} : { least: least.value }) }));

interface WrittenMetric {
  quantity: Quantity;
  source: MetricSource;
  unit: Measure;
}

/** What of a metric does not go together: its figures are of one quantity, and some sources give only one. */
export function metricFaults(
  { quantity, source: from, unit: { quantity: of } }: WrittenMetric,
  ctx: z.RefinementCtx,
): void {
  if (of !== quantity && of !== 'count') {
    ctx.addIssue({
      code: 'custom',
      path: ['unit'],
      message: `is of kind ${of}; the metric has figures of kind ${quantity}`,
    });
  }
  const only = quantityOf(from);
  if (only === null || only === quantity) return;
  ctx.addIssue({
    code: 'custom',
    path: ['quantity'],
    message: `is ${quantity}; this source gives figures of kind ${only}`,
  });
}

function quantityOf(from: MetricSource): Quantity | null {
  if ('notConnected' in from) return null;
  if (from.kind === 'log file' || from.kind === 'loki') return 'count';
  if (from.kind === 'scrape') return from.of === undefined ? null : 'percent';
  if (from.kind === 'query' || from.measure === 'figure') return null;
  return from.measure === 'latency' ? 'time' : 'percent';
}
