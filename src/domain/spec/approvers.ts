import { slackIdOf } from '../permissions.ts';
import type { OperationsSpec, PermissionRule } from './types.ts';

/**
 * What waits for an approval that nobody can give, one sentence each: the approvers' teams have no people in Slack yet. Such a
 * spec is right, and made to be filled in; until it is, the work waits.
 */
export function withoutApprover(spec: OperationsSpec): string[] {
  const waiting = [
    ...spec.duties.flatMap(({ title, approval }) => (approval === undefined ? [] : [{ title, by: approval.by }])),
    ...spec.windows.flatMap(({ title, approval }) => (approval === undefined ? [] : [{ title, by: approval }])),
  ];
  return waiting
    .filter(({ by }) => !hasAnybody(spec, by))
    .map(({ title, by }) => `Nobody can approve "${title}": ${whoIsMissing(spec, by)}.`);
}

function hasAnybody(spec: OperationsSpec, rule: PermissionRule): boolean {
  if (rule === 'everyone' || rule.groups.length > 0) return true;
  const inSlack = (member: string) => slackIdOf(spec, member) !== undefined;
  if (rule.users.some(inSlack)) return true;
  return rule.teams.some((key) => spec.teams[key]?.group !== undefined || spec.teams[key]?.members.some(inSlack));
}

function whoIsMissing(spec: OperationsSpec, rule: PermissionRule): string {
  const teams = rule === 'everyone' ? [] : rule.teams.map((key) => spec.teams[key]?.name ?? key);
  if (teams.length === 0) return 'it names nobody who is in Slack';
  return `give ${teams.join(', ')} members who are in Slack, or a group`;
}
