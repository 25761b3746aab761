import { z } from 'zod';
import { SEVERITIES } from '../domain/incident/severity.ts';
import { PERMISSION_VERBS, type PermissionVerb } from '../domain/permissions.ts';
import type { OperationsSpec, PermissionRule } from '../domain/spec/types.ts';
import { alerts } from './alerts.ts';
import { backup } from './backups.ts';
import { digest, freeze, holiday, recurringWindow } from './calendar.ts';
import { duty } from './duties.ts';
import { assumed, names, people } from './entries.ts';
import { paging } from './paging.ts';
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

const team = (env: Environment) =>
  z.strictObject({
    name: text.describe('What people call it.'),
    channel: channel.exactOptional().describe('Where it is told things.'),
    members: names.describe('Keys of `contacts`, or Slack user ids.'),
    group: userGroupId.exactOptional().describe('A Slack user-group id; whoever is in the group is in the team.'),
    escalation: names.describe(
      'Keys of `contacts`, or Slack user ids: who is asked next, and who is woken, in this order. Where it is empty the members are woken.',
    ),
    managers: z.boolean().default(false).describe('True for the team that reads post-mortem summaries.'),
    paging: paging(env).exactOptional().describe('How its people are woken.'),
  });

const contact = (env: Environment) =>
  z.strictObject({
    name: text.describe('What people call them.'),
    slack: userId.exactOptional().describe('Their Slack user id.'),
    email: envOr(env, /^[^\s@]+@[^\s@]+$/, 'write an e-mail address')
      .exactOptional()
      .describe('An address, or env:NAME.'),
    phone: envOr(env, /^\+?[\d ().-]{3,}$/, 'write a phone number such as "+33 1 23 45 67 89"')
      .exactOptional()
      .describe('A number in quotes, or env:NAME.'),
  });

const publicService = z.strictObject({
  name: text.describe('What the status page calls it.'),
  description: text.exactOptional().describe('What the status page says it does.'),
  checks: z
    .array(key)
    .min(1, 'is an empty list; name at least one check, or leave it out')
    .exactOptional()
    .describe("Keys of `checks` that say how it is for its users; all of the service's unless told."),
});

const service = z.strictObject({
  name: text.describe('What people call it.'),
  description: text.exactOptional().describe('What it does.'),
  team: key.exactOptional().describe('A key of `teams`: whose it is.'),
  runbook: link.exactOptional().describe('The page that says what to do.'),
  dashboard: link.exactOptional().describe('The page that shows how it is.'),
  public: publicService.exactOptional().describe('What the status page shows of it; nothing where it is left out.'),
});

const status = z.strictObject({
  public: z.boolean().describe('True: everybody may see `/status`. False: it answers nobody.'),
  title: text.describe('What the page is called.'),
  description: text.exactOptional().describe('A sentence below its title.'),
  support: link.exactOptional().describe('Where somebody who has a problem can turn to.'),
});

const severity = z.strictObject({
  meaning: text.describe('The words people choose it by.'),
  responseTime: duration.describe('From declared to an owner set.'),
  updateEvery: durationOr('never').default(null).describe('How often an open incident owes an update, or `never`.'),
  invite: names.describe('Keys of `teams` or `contacts`, Slack user ids or user-group ids.'),
  page: z.boolean().default(false).describe("Whether it wakes the service's team, whatever the hour."),
  announce: z.array(channel).default([]).describe("Channels that are told, beside the incident's own."),
  postmortem: z
    .strictObject({ due: duration.describe('How long after the incident is resolved it is due.') })
    .nullable()
    .default(null)
    .describe('Whether a post-mortem is owed; none where it is left out.'),
  response: text.exactOptional().describe('What responders do first.'),
  assumed,
});

/** Offered in a menu of Slack's, which shows 75 characters. */
const menuWord = text.refine((found) => found.length <= 75, {
  error: ({ input }) => `is "${input}"; a kind of incident has at most 75 characters`,
});

const incident = z.strictObject({
  channelPrefix: channelPrefix.describe('Channels of incidents are named <prefix>-<number>-<title>.'),
  announceChannel: channel.describe('Where incidents are announced.'),
  managersChannel: channel.describe('Where summaries for managers go.'),
  operatorsChannel: channel.describe('Where Mainstay says what its own operators must know.'),
  kinds: z
    .array(menuWord)
    .min(1, 'is an empty list; name at least one kind of incident')
    .describe('What the form offers under "kind".'),
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
    name: text.describe('What the spec is the spec of.'),
    timezone: timezone.default('UTC').describe('The IANA zone of everything that names none of its own.'),
    teams: z.record(key, team(env)).default({}).describe('Who does things. An entry is known by its key.'),
    contacts: z.record(key, contact(env)).default({}).describe('People and places to call.'),
    services: z.record(key, service).default({}).describe('What runs, and whose it is.'),
    severities: z
      .record(z.enum(SEVERITIES), severity)
      .describe('How bad an incident can be. All four, or none: then the built-in ones apply.'),
    incident: incident.describe('How incidents are run. Keys left out are the built-in ones.'),
    permissions: z
      .partialRecord(z.enum(PERMISSION_VERBS), people)
      .default({})
      .transform((listed) => ({ ...everyone, ...listed }))
      .describe(
        'Who may do what. A verb left out is open to everyone; where a duty has a `run`, `duty.run`, `duty.approve` and `ops.spec` must be said.',
      ),
    targets: z
      .record(key, target(env))
      .default({})
      .describe(
        'Things that duties and checks act on. Each has a `url` or says why it is `notConnected`; with both, and the url as env:NAME, it is connected where NAME is set.',
      ),
    duties: z.array(duty).default([]).describe('What is promised again and again: the maintenance calendar.'),
    holidays: z.array(holiday).default([]).describe('Days on which nobody is expected to work.'),
    freezes: z.array(freeze).default([]).describe("Days on which nothing is changed, in the spec's zone."),
    digest: z.record(key, digest).default({}).describe('When each team is told what matters; by keys of `teams`.'),
    windows: z.array(recurringWindow).default([]).describe('Maintenance windows.'),
    checks: z.array(check).default([]).describe('Questions asked again and again, with the answer that is right.'),
    metrics: z.record(key, metric).default({}).describe('What is measured over time.'),
    thresholds: z.array(threshold).default([]).describe('Metrics that are bad beyond a figure.'),
    alerts: alerts.default({ rules: [] }).describe('What is done with alerts that other systems tell Mainstay of.'),
    slo: z
      .array(slo)
      .default([])
      .describe('What services promise over a calendar period: uptime, maxDowntime or both.'),
    backups: z
      .array(backup(env))
      .default([])
      .describe('What is backed up, how long it is kept, and when it is proven.'),
    documents: z
      .record(documentId, sourceDocument)
      .default({})
      .describe('The documents the spec carries out, by the ids that clauses cite.'),
    status: status
      .exactOptional()
      .describe('The status page, for everybody: services with `public`, and public notes.'),
  }) satisfies z.ZodType<OperationsSpec>;
}
