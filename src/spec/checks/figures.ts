import { z } from 'zod';
import { parseSelector } from '../../domain/health/exposition.ts';
import { NO_DATA } from '../../domain/spec/check-questions.ts';
import { aTarget, limit } from '../entries.ts';
import { text } from '../values.ts';
import { path } from './entries.ts';
import { clockFault, level, NO_LEVELS } from './files.ts';

const breach = limit.describe('What is bad: "> 2%", above 500ms. Times are compared in milliseconds, sizes in bytes.');

const noData = z
  .enum(NO_DATA)
  .default('could not tell')
  .describe('What it means when there is no figure; unless told, that nobody can tell.');

export const prometheus = {
  kind: z.literal('prometheus').describe('What Prometheus answers to a query.'),
  target: aTarget,
  query: text.describe('In PromQL; of several series the worst counts.'),
  breach,
  noData,
};

/** A metric by name and labels; its own parser says what is wrong. */
export const sample = text.superRefine((found, ctx) => {
  const read = parseSelector(found);
  if (!read.ok) ctx.addIssue({ code: 'custom', message: read.problem });
});

export const scrape = {
  kind: z.literal('scrape').describe('A figure on a page of metrics in the Prometheus text format.'),
  target: aTarget,
  path: path.default('/metrics').describe('The page; /metrics unless told.'),
  sample: sample.describe('The metric, with labels it must have: http_requests_total{code="500"}.'),
  breach,
  noData,
};

export const loki = {
  kind: z.literal('loki').describe('Lines of a log that Loki counts.'),
  target: aTarget,
  levels: z
    .array(
      z
        .strictObject({
          query: text.describe('In LogQL, counting lines: sum(count_over_time({app="a"} |= "FATAL" [1m])).'),
          ...level,
        })
        .superRefine(clockFault),
    )
    .min(1, NO_LEVELS)
    .describe('What which lines ask of people.'),
};
