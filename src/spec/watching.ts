import { z } from 'zod';
import { SEVERITIES } from '../domain/incident/severity.ts';
import { QUANTITIES } from '../domain/spec/measure.ts';
import {
  type Check,
  CONNECTIONS,
  HTTP_METHODS,
  type Metric,
  SLO_PERIODS,
  type Slo,
  STATISTICS,
  type StatusRange,
  type Threshold,
} from '../domain/spec/watching.ts';
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

/** A regular expression, as it is applied later. */
const pattern = text
  .superRefine((found, ctx) => {
    try {
      new RegExp(found, 'u');
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      ctx.addIssue({ code: 'custom', message: `is "${found}", which is no regular expression: ${problem}` });
    }
  })
  .meta({ title: 'regular expression', format: 'regex' });

/** 200, or several at once as 200-299. */
const status = z
  .union([z.int(), z.string()], {
    error: 'is neither a number nor a text; write an HTTP status such as 200 or 200-299',
  })
  .transform((found, ctx): StatusRange => {
    const [, from, to] = /^([1-5]\d\d)(?:-([1-5]\d\d))?$/.exec(String(found)) ?? [];
    if (from !== undefined && Number(to ?? from) >= Number(from)) return { from: Number(from), to: Number(to ?? from) };
    ctx.addIssue({ code: 'custom', message: `is "${found}"; write an HTTP status such as 200 or 200-299` });
    return z.NEVER;
  })
  .meta({ title: 'HTTP status' });

const path = text.refine((found) => found.startsWith('/'), {
  error: ({ input }) => `is "${input}"; write a path that begins with "/"`,
});

const within = duration.exactOptional().describe('Slower than this is a failure, though it answers.');

export const check = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('http').describe('The answer of an address.'),
    target: aTarget,
    path: path.describe("What follows the target's address, such as /health."),
    method: z.enum(HTTP_METHODS).default('GET').describe('How it is asked; GET unless told.'),
    status: status.prefault(200).describe('The status that is right, or several as 200-299; 200 unless told.'),
    headers: z.record(z.string(), pattern).default({}).describe('Headers the answer must have, each with its pattern.'),
    contains: text.exactOptional().describe('Words the answer must hold.'),
    lacks: text.exactOptional().describe('Words the answer must not hold.'),
    matches: pattern.exactOptional().describe('A pattern the answer must match.'),
    json: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .default({})
      .describe('Values a JSON answer must have, by their place, such as checks.db.ok.'),
    redirects: z
      .boolean()
      .default(true)
      .describe('Whether redirects are followed; where not, one is itself the answer.'),
    connection: z
      .enum(CONNECTIONS)
      .default('fresh')
      .describe('A new connection for each look, or a kept one: cheaper, but it hides that nobody listens any more.'),
    within,
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
