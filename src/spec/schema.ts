import { z } from 'zod';
import { SEVERITIES } from '../domain/incident/severity.ts';
import { PERMISSION_VERBS, type PermissionVerb } from '../domain/permissions.ts';
import type { OperationsSpec, PermissionRule } from '../domain/spec/types.ts';
import { backup } from './backups.ts';
import { digest, freeze, holiday, recurringWindow } from './calendar.ts';
import { duty } from './duties.ts';
import { names, people } from './entries.ts';
import { target } from './targets.ts';
import {
  channel,
  channelPrefix,
  duration,
  durationOr,
  type Environment,
  envOr,
  key,
  link,
  shaped,
  text,
  timezone,
  userGroupId,
  userId,
} from './values.ts';
import { check, metric, slo, threshold } from './watching.ts';

const team = z.strictObject({
  name: text,
  channel: channel.exactOptional(),
  members: names,
  group: userGroupId.exactOptional(),
  escalation: names,
  managers: z.boolean().default(false),
});

const contact = (env: Environment) =>
  z.strictObject({
    name: text,
    slack: userId.exactOptional(),
    email: envOr(env, /^[^\s@]+@[^\s@]+$/, 'write an e-mail address').exactOptional(),
    phone: envOr(env, /^\+?[\d ().-]{3,}$/, 'write a phone number such as "+33 1 23 45 67 89"').exactOptional(),
  });

const service = z.strictObject({
  name: text,
  description: text.exactOptional(),
  team: key.exactOptional(),
  runbook: link.exactOptional(),
  dashboard: link.exactOptional(),
});

const severity = z.strictObject({
  meaning: text,
  responseTime: duration,
  updateEvery: durationOr('never').default(null),
  invite: names,
  announce: z.array(channel).default([]),
  postmortem: z.strictObject({ due: duration }).nullable().default(null),
  response: text.exactOptional(),
  assumed: text.exactOptional(),
});

/** Offered in a menu of Slack's, which shows 75 characters. */
const menuWord = text.refine((found) => found.length <= 75, {
  error: ({ input }) => `is "${input}"; a kind of incident has at most 75 characters`,
});

const incident = z.strictObject({
  channelPrefix,
  announceChannel: channel,
  managersChannel: channel,
  operatorsChannel: channel,
  kinds: z.array(menuWord).min(1, 'is an empty list; name at least one kind of incident'),
});

const documentId = shaped(
  /^[A-Za-z0-9][\w.-]*$/,
  'a document is known by letters, digits, "-", "." and "_", such as 004',
);

const sourceDocument = z.strictObject({
  title: text.describe('What the document calls itself.'),
  source: text.describe('Where it can be read: a file or an address.'),
  lines: z
    .int('is not a whole number; write how many lines the document has')
    .min(1, 'is less than 1; write how many lines the document has')
    .exactOptional()
    .describe('How many lines it has; no clause may cite a line beyond.'),
});

/** What a verb's rule is when the spec does not name the verb. */
const everyone = Object.fromEntries(PERMISSION_VERBS.map((verb) => [verb, 'everyone'])) as Record<
  PermissionVerb,
  PermissionRule
>;

/**
 * The shape of a spec file, giving the plain domain types. A new top-level key is one line here and one in the domain
 * type. `severities` and `incident` are always present because the loader fills them in from the built-in spec.
 *
 * @param env where `env:NAME` values are looked up.
 */
export function specSchema(env: Environment) {
  return z.strictObject({
    name: text,
    timezone: timezone.default('UTC'),
    teams: z.record(key, team).default({}),
    contacts: z.record(key, contact(env)).default({}),
    services: z.record(key, service).default({}),
    severities: z.record(z.enum(SEVERITIES), severity),
    incident,
    permissions: z
      .partialRecord(z.enum(PERMISSION_VERBS), people)
      .default({})
      .transform((listed) => ({ ...everyone, ...listed })),
    targets: z.record(key, target(env)).default({}),
    duties: z.array(duty).default([]),
    holidays: z.array(holiday).default([]),
    freezes: z.array(freeze).default([]),
    digest: z.record(key, digest).default({}),
    windows: z.array(recurringWindow).default([]),
    checks: z.array(check).default([]),
    metrics: z.record(key, metric).default({}),
    thresholds: z.array(threshold).default([]),
    slo: z.array(slo).default([]),
    backups: z.array(backup).default([]),
    documents: z.record(documentId, sourceDocument).default({}),
  }) satisfies z.ZodType<OperationsSpec>;
}
