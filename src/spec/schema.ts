import { z } from 'zod';
import { SEVERITIES } from '../domain/incident/severity.ts';
import { PERMISSION_VERBS, type PermissionVerb } from '../domain/permissions.ts';
import type { OperationsSpec, PermissionRule } from '../domain/spec/types.ts';
import {
  channel,
  channelPrefix,
  duration,
  durationOrNever,
  type Environment,
  envOr,
  key,
  link,
  text,
  timezone,
  userGroupId,
  userId,
} from './values.ts';

// Whether a named team or contact exists is not checked here but in references.ts, which also works on a file that
// has other faults.

const names = z.array(z.string()).default([]);

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
  updateEvery: durationOrNever.default(null),
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

const permission = z.union([
  z.literal('everyone'),
  z
    .strictObject({ teams: names, groups: z.array(userGroupId).default([]), users: names })
    .refine(({ teams, groups, users }) => teams.length + groups.length + users.length > 0, {
      error: 'names nobody; write everyone, or list teams, groups or users',
    }),
]);

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
      .partialRecord(z.enum(PERMISSION_VERBS), permission)
      .default({})
      .transform((listed) => ({ ...everyone, ...listed })),
  }) satisfies z.ZodType<OperationsSpec>;
}
