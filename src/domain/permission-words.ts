import type { AllowedFor, PermissionVerb } from './permissions.ts';
import type { OperationsSpec } from './spec/types.ts';

const DEED: Record<PermissionVerb, string> = {
  'incident.declare': 'declare incidents',
  'incident.update': 'work on incidents',
  'incident.severity': "change an incident's severity",
  'incident.owner': 'name the owner of an incident',
  'incident.resolve': 'resolve incidents',
  'incident.close': 'close incidents',
  'incident.reopen': 'reopen incidents',
  'incident.publish': 'publish or withdraw public notes of incidents',
  'postmortem.draft': 'draft post-mortems',
  'postmortem.publish': 'publish post-mortems',
  'postmortem.waive': 'waive post-mortems',
  'duty.work': 'take or finish this duty',
  'duty.skip': 'skip duties',
  'duty.waive': 'waive duties',
  'duty.relink': "renew the link to a team's calendar",
  'duty.run': 'have this duty run',
  'duty.approve': 'approve this run',
  'health.run': 'have checks run out of their turn',
  'health.mute': 'mute checks',
  'alert.acknowledge': 'acknowledge alerts',
  'alert.declare': 'declare incidents for alerts',
  'alert.mute': 'mute alerts',
  'alert.silence': 'silence alerts in Alertmanager',
  'window.plan': 'plan maintenance windows',
  'window.approve': 'approve this maintenance window',
  'window.start': 'begin maintenance windows',
  'window.extend': 'extend maintenance windows',
  'window.end': 'end maintenance windows, or say what was done',
  'window.cancel': 'cancel maintenance windows',
  'page.send': 'wake a team',
  'page.acknowledge': 'acknowledge pages',
  'backup.run': 'make backups',
  'backup.cancel': 'cancel backups',
  'backup.drill': 'drill backups',
  'backup.hold': 'hold backups or release them',
  'backup.prune': 'agree that old backups are deleted',
  'ops.queue': 'look at the queue',
  'ops.spec': 'reload the operations spec',
};

/** The sentence that tells a refused person what they may not do, and whom to ask; groups and strangers as Slack mentions. */
export function refusalOfPermission(
  spec: Pick<OperationsSpec, 'contacts'>,
  verb: PermissionVerb,
  { teams, groups, users }: AllowedFor,
): string {
  const whom = [
    ...teams.map((team) => `team ${team}`),
    ...groups.map((group) => `<!subteam^${group}>`),
    ...users.map((user) => contactName(spec, user) ?? `<@${user}>`),
  ];
  const ask = whom.length === 0 ? 'The operations spec lets nobody do that.' : `Ask ${whom.join(', or ')}.`;
  return `You may not ${DEED[verb]}. ${ask}`;
}

/** The name of the contact that has this Slack user id, where the spec has one. */
export function contactName(spec: Pick<OperationsSpec, 'contacts'>, user: string): string | undefined {
  return Object.values(spec.contacts).find((contact) => contact.slack === user)?.name;
}
