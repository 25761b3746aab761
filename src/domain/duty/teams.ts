import { type Person, slackIdOf } from '../permissions.ts';
import type { OperationsSpec } from '../spec/types.ts';

/** Keys of the teams that somebody is in: by name, or by the team's Slack user group. */
export function teamsOf(spec: Pick<OperationsSpec, 'teams' | 'contacts'>, who: Person): string[] {
  return Object.entries(spec.teams)
    .filter(
      ([, { members, group }]) =>
        members.some((member) => slackIdOf(spec, member) === who.userId) ||
        (group !== undefined && who.groups.includes(group)),
    )
    .map(([key]) => key);
}
