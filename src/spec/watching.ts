import { z } from 'zod';
import { SEVERITIES } from '../domain/incident/severity.ts';
import { QUANTITIES } from '../domain/spec/measure.ts';
import { STATISTICS } from '../domain/spec/metric-source.ts';
import { type Check, type Metric, SLO_PERIODS, type Slo, type Threshold } from '../domain/spec/watching.ts';
import { migrations, postgres, redis, sql, sqlite } from './checks/databases.ts';
import { loki, prometheus, scrape } from './checks/figures.ts';
import { disk, fileAge, logFile, objectAge } from './checks/files.ts';
import { dns, http, tcp, tls } from './checks/network.ts';
import { command, environment, ownProcess, parity } from './checks/own.ts';
import { assumed, aTeam, clause, limit, names, notConnected, percent, when } from './entries.ts';
import { metricFaults, source, spike, unit } from './metric-source.ts';
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
  timeout: duration.describe('Without an answer in this time it has failed; of a heartbeat, how late it may be.'),
  failAfter: z
    .int('is not a whole number; write how many failures in a row count')
    .min(1, 'is less than 1; write how many failures in a row count')
    .default(1)
    .describe('So many failures in a row make it failing; the first one unless told.'),
  recoverAfter: z
    .int('is not a whole number; write how many good answers in a row count')
    .min(1, 'is less than 1; write how many good answers in a row count')
    .default(1)
    .describe('So many good answers in a row end that; the first one unless told.'),
  dependsOn: names.describe('Keys of `checks`: while one of them is down nobody is told that this one fails.'),
  service: key.exactOptional().describe('A key of `services`: what suffers when it fails.'),
  severity,
};

export const check = z.discriminatedUnion('kind', [
  z.strictObject({ ...http, ...asked }),
  z.strictObject({ ...tls, ...asked }),
  z.strictObject({ ...tcp, ...asked }),
  z.strictObject({ ...dns, ...asked }),
  z.strictObject({ ...sql, ...asked }),
  z.strictObject({ ...postgres, ...asked }),
  z.strictObject({ ...sqlite, ...asked }),
  z.strictObject({ ...redis, ...asked }),
  z.strictObject({ ...migrations, ...asked }),
  z.strictObject({ ...disk, ...asked }),
  z.strictObject({ ...fileAge, ...asked }),
  z.strictObject({ ...objectAge, ...asked }),
  z.strictObject({ ...prometheus, ...asked }),
  z.strictObject({ ...scrape, ...asked }),
  z.strictObject({ ...logFile, ...asked }),
  z.strictObject({ ...loki, ...asked }),
  z.strictObject({ ...ownProcess, ...asked }),
  z.strictObject({ ...parity, ...asked }),
  z.strictObject({ ...command, ...asked }),
  z.strictObject({
    kind: z
      .literal('heartbeat')
      .describe('Whether somebody else calls Mainstay in time, at the address `/health beat` shows.'),
    when: when.exactOptional().describe('When it is expected, where that is not `every` so often.'),
    within: duration.exactOptional().describe('Longer than this from its start to its end is a failure.'),
    ...asked,
  }),
  z.strictObject({ ...environment, ...asked }),
  z.strictObject({
    kind: z.literal('not connected').describe('What would be asked does not exist here.'),
    reason: notConnected,
    ...asked,
  }),
]) satisfies z.ZodType<Check>;

export const metric = z
  .strictObject({
    title: text.describe('What people see.'),
    quantity: z.enum(QUANTITIES).describe('What its figures are: percent, time, size or count.'),
    source: source.describe('Where its figures come from, or why there are none.'),
    unit: unit
      .prefault('1')
      .describe('What the figure 1 of the source is: 1s, 100%, 1KiB; 1ms, 1%, 1B or 1 where it is left out.'),
    every: duration
      .exactOptional()
      .describe(
        'How often it is measured; unless told four times in the shortest `for` of its thresholds, at least each minute.',
      ),
    owner: aTeam.exactOptional(),
    clause,
    assumed,
  })
  .superRefine(metricFaults)
  .transform(({ unit: { value }, ...rest }) => ({ ...rest, unit: value })) satisfies z.ZodType<Metric>;

export const threshold = z
  .strictObject({
    ...watched,
    metric: key.describe('A key of `metrics`.'),
    breach: limit.exactOptional().describe('What is bad: "> 2%", above 500ms, below 20%.'),
    spike: spike.exactOptional().describe('Or else how much more than usual is bad.'),
    for: duration
      .prefault('0s')
      .describe('Bad all through this time before anybody is told; at once where it is left out.'),
    statistic: z.enum(STATISTICS).describe('What of the figures of one look is compared.'),
    severity,
    service: key.exactOptional().describe('A key of `services`: what suffers.'),
    dependsOn: names.describe('Keys of `checks`: while one of them is down nobody is told of this.'),
  })
  .refine(({ breach, spike: more }) => (breach === undefined) !== (more === undefined), {
    error: 'needs either breach or spike; write what is bad',
  }) satisfies z.ZodType<Threshold>;

export const slo = z
  .strictObject({
    ...watched,
    service: key.describe('A key of `services`.'),
    period: z.enum(SLO_PERIODS).describe('The calendar period it is kept in.'),
    checks: names.describe('Keys of `checks`: the service is down while one of them fails.'),
    uptime: percent.nullable().default(null).describe('Least share of the period it is up, such as 99.9%.'),
    maxDowntime: duration.nullable().default(null).describe('Longest downtime in the period, all outages together.'),
    excludeWindows: z.boolean().describe('Whether announced maintenance windows are left out.'),
    incidents: z
      .array(z.enum(SEVERITIES))
      .default(['SEV1'])
      .describe('The service is down while an incident of it has one of these severities; SEV1 unless told.'),
  })
  .refine(({ uptime, maxDowntime }) => uptime !== null || maxDowntime !== null, {
    error: 'promises nothing; write uptime, maxDowntime or both',
  }) satisfies z.ZodType<Slo>;
