import type { OperationsSpec, PermissionRule } from './spec/types.ts';

/** Everything a person can be allowed or refused. The spec's `permissions` uses exactly these words. */
export const PERMISSION_VERBS = [
  'incident.declare',
  'incident.update',
  'incident.severity',
  'incident.owner',
  'incident.resolve',
  'incident.close',
  'incident.reopen',
  'incident.publish',
  'postmortem.draft',
  'postmortem.publish',
  'postmortem.waive',
  'duty.work',
  'duty.skip',
  'duty.waive',
  'duty.relink',
  'duty.run',
  'duty.approve',
  'health.run',
  'health.mute',
  'alert.acknowledge',
  'alert.declare',
  'alert.mute',
  'alert.silence',
  'window.plan',
  'window.approve',
  'window.start',
  'window.extend',
  'window.end',
  'window.cancel',
  'page.send',
  'page.acknowledge',
  'backup.run',
  'backup.cancel',
  'backup.drill',
  'backup.hold',
  'backup.prune',
  'ops.queue',
  'ops.spec',
] as const;

export type PermissionVerb = (typeof PERMISSION_VERBS)[number];

/** A Slack user and the ids of the Slack user groups they are in. */
export interface Person {
  userId: string;
  groups: readonly string[];
}

/** Whom to ask instead: names of teams, Slack user-group ids, Slack user ids. */
export interface AllowedFor {
  teams: string[];
  groups: string[];
  users: string[];
}

export type Permission = { allowed: true } | { allowed: false; reason: 'not-listed'; allowedFor: AllowedFor };

type People = Pick<OperationsSpec, 'teams' | 'contacts' | 'permissions'>;

/**
 * May this person do this? A listed team lets in its members and whoever is in its Slack user group. Contacts stand
 * for the Slack user they name. A refusal says who could have done it.
 */
export function mayDo(spec: People, verb: PermissionVerb, who: Person): Permission {
  return allows(spec, spec.permissions[verb], who);
}

/** As `mayDo`, by a rule that stands elsewhere in the spec. */
export function allows(spec: Pick<People, 'teams' | 'contacts'>, rule: PermissionRule, who: Person): Permission {
  if (rule === 'everyone') return { allowed: true };

  const isWho = (member: string) => slackIdOf(spec, member) === who.userId;
  const teams = rule.teams.flatMap((key) => spec.teams[key] ?? []);
  const listed =
    rule.users.some(isWho) ||
    rule.groups.some((group) => who.groups.includes(group)) ||
    teams.some((team) => team.members.some(isWho) || (team.group !== undefined && who.groups.includes(team.group)));
  if (listed) return { allowed: true };

  return {
    allowed: false,
    reason: 'not-listed',
    allowedFor: {
      teams: teams.map((team) => team.name),
      groups: [...rule.groups],
      users: rule.users.flatMap((user) => slackIdOf(spec, user) ?? []),
    },
  };
}

/** A contact's Slack id (undefined when it has none), or the id itself when no contact has that key. */
export function slackIdOf(spec: Pick<OperationsSpec, 'contacts'>, member: string): string | undefined {
  const contact = spec.contacts[member];
  return contact === undefined ? member : contact.slack;
}
