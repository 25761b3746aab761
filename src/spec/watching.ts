import { z } from 'zod';
import { SEVERITIES } from '../domain/incident/severity.ts';
import { QUANTITIES } from '../domain/spec/measure.ts';
import { type Check, type Metric, SLO_PERIODS, type Slo, STATISTICS, type Threshold } from '../domain/spec/watching.ts';
import { assumed, aTarget, aTeam, clause, limit, names, notConnected, percent } from './entries.ts';
import { duration, key, text } from './values.ts';

const watched = {
  key: key.describe('The word other entries know it by.'),
  title: text.describe('What people see.'),
  owner: aTeam.exactOptional(),
  clause,
  assumed,
};

const severity = z.enum(SEVERITIES).exactOptional().describe('The severity of the incident that is proposed.');

const asked = {
  ...watched,
  every: duration.describe('How often it is looked at.'),
  timeout: duration.describe('Without an answer in this time it has failed.'),
  failAfter: z
    .int('is not a whole number; write how many failures in a row count')
    .min(1, 'is less than 1; write how many failures in a row count')
    .default(1)
    .describe('So many failures in a row make it failing; the first one unless told.'),
  severity,
};

const nonEmptyNames = z.array(text).min(1, 'is an empty list; name at least one');

export const check = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('http').describe('The answer of an address.'),
    target: aTarget,
    path: text
      .refine((found) => found.startsWith('/'), {
        error: ({ input }) => `is "${input}"; write a path that begins with "/"`,
      })
      .describe("What follows the target's address, such as /health."),
    status: z
      .int('is not a whole number; write an HTTP status such as 200')
      .default(200)
      .describe('The status that is right; 200 unless told.'),
    contains: text.exactOptional().describe('Words the answer must hold.'),
    within: duration.exactOptional().describe('Slower than this is a failure, though it answers.'),
    ...asked,
  }),
  z.strictObject({
    kind: z.literal('sql').describe('The answer of a database.'),
    target: aTarget,
    query: text.default('SELECT 1').describe('One statement that only reads.'),
    returns: text.exactOptional().describe('What the first column of the first row must be.'),
    ...asked,
  }),
  z.strictObject({ kind: z.literal('tcp').describe('Whether a port can be reached.'), target: aTarget, ...asked }),
  z.strictObject({
    kind: z.literal('heartbeat').describe('Whether somebody else calls Mainstay in time, at /beat/<key>.'),
    ...asked,
  }),
  z.strictObject({
    kind: z.literal('environment').describe('Whether variables are set for Mainstay.'),
    variables: nonEmptyNames.describe('Names of variables that must be set; their values are not looked at.'),
    ...asked,
  }),
  z.strictObject({
    kind: z.literal('not connected').describe('What would be asked does not exist here.'),
    reason: notConnected,
    ...asked,
  }),
]) satisfies z.ZodType<Check>;

const source = z
  .strictObject({
    target: aTarget.exactOptional(),
    query: text.exactOptional().describe('What the target is asked.'),
    notConnected: notConnected.exactOptional(),
  })
  .transform(({ target, query, notConnected: reason }, ctx): Metric['source'] => {
    if (target !== undefined && query !== undefined && reason === undefined) return { target, query };
    if (target === undefined && query === undefined && reason !== undefined) return { notConnected: reason };
    ctx.addIssue({ code: 'custom', message: 'needs target and query, or else notConnected' });
    return z.NEVER;
  });

export const metric = z.strictObject({
  title: text.describe('What people see.'),
  quantity: z.enum(QUANTITIES).describe('What its figures are: percent, time, size or count.'),
  source: source.describe('Where its figures come from, or why there are none.'),
  owner: aTeam.exactOptional(),
  clause,
  assumed,
}) satisfies z.ZodType<Metric>;

export const threshold = z.strictObject({
  ...watched,
  metric: key.describe('A key of `metrics`.'),
  breach: limit.describe('What is bad: "> 2%", above 500ms, below 20%.'),
  for: duration.prefault('0s').describe('Bad for this long before anybody is told; at once where it is left out.'),
  statistic: z.enum(STATISTICS).describe('What of the figures is compared.'),
  severity,
}) satisfies z.ZodType<Threshold>;

export const slo = z
  .strictObject({
    ...watched,
    service: key.describe('A key of `services`.'),
    period: z.enum(SLO_PERIODS).describe('The calendar period it is kept in.'),
    checks: names.describe('Keys of `checks`: the service is down while one of them fails.'),
    uptime: percent.nullable().default(null).describe('Least share of the period it is up, such as 99.9%.'),
    maxDowntime: duration.nullable().default(null).describe('Longest downtime in the period, all outages together.'),
    excludeWindows: z.boolean().describe('Whether downtime inside announced maintenance windows is left out.'),
  })
  .refine(({ uptime, maxDowntime }) => uptime !== null || maxDowntime !== null, {
    error: 'promises nothing; write uptime, maxDowntime or both',
  }) satisfies z.ZodType<Slo>;
