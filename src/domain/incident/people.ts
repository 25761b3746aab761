import { slackIdOf } from '../permissions.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { Severity } from './severity.ts';

/**
 * Whom a severity calls in: ids of Slack users and of Slack user groups (`S...`), each once. A team stands for its
 * members and its group; a contact without a Slack user cannot be invited and is left out.
 */
export function peopleCalledBy(
  spec: Pick<OperationsSpec, 'teams' | 'contacts' | 'severities'>,
  severity: Severity,
): readonly string[] {
  const ids = spec.severities[severity].invite.flatMap((entry) => {
    const team = spec.teams[entry];
    if (team === undefined) return slackIdOf(spec, entry) ?? [];
    const members = team.members.flatMap((member) => slackIdOf(spec, member) ?? []);
    return team.group === undefined ? members : [...members, team.group];
  });
  return [...new Set(ids)];
}
