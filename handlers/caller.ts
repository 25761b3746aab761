import type { PermissionVerb, Person } from '../src/domain/permissions.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import type { Caller } from '../src/usecases/ports.ts';
import type { EdgeDeps } from './deps.ts';

const NO_GROUPS: readonly string[] = [];

/**
 * Who asks. The user groups they are in are asked of Slack only when who may do this depends on a group: a thing everyone may do
 * must not wait for Slack.
 */
export async function callerOf(
  user: string,
  requestKey: string | null,
  permission: PermissionVerb | null,
  { spec, directory }: Pick<EdgeDeps, 'spec' | 'directory'>,
): Promise<Caller> {
  const asked = permission !== null && dependsOnGroups(spec.current(), permission);
  const groups = asked ? await directory.groupsOf(user) : NO_GROUPS;
  return { actor: { kind: 'slack', user }, requestKey, groups };
}

function dependsOnGroups({ permissions, teams, duties, windows }: OperationsSpec, verb: PermissionVerb): boolean {
  // A duty may say itself who works on it, a window who agrees to it; which one it is about is known only later.
  const ofDuties = verb === 'duty.work' ? duties.map(({ permission }) => permission) : [];
  const ofWindows = verb === 'window.approve' ? windows.flatMap(({ approval }) => approval ?? []) : [];
  // `/ops page` also says that somebody is up.
  const ofPages = verb === 'page.send' ? [permissions['page.acknowledge']] : [];
  // Whoever makes alerts an incident must be let in by both.
  const ofIncidents = verb === 'alert.declare' ? [permissions['incident.declare']] : [];
  return [permissions[verb], ...ofDuties, ...ofWindows, ...ofPages, ...ofIncidents].some(
    (rule) =>
      rule !== 'everyone' && (rule.groups.length > 0 || rule.teams.some((key) => teams[key]?.group !== undefined)),
  );
}

/** Whose page it is, with their user groups where a team is one: they say which duties are theirs. */
export async function personOf(
  user: string,
  { spec, directory }: Pick<EdgeDeps, 'spec' | 'directory'>,
): Promise<Person> {
  const asked = Object.values(spec.current().teams).some(({ group }) => group !== undefined);
  return { userId: user, groups: asked ? await directory.groupsOf(user) : NO_GROUPS };
}
