import type { OperationsSpec } from '../spec/types.ts';
import { nearest } from '../text/nearest.ts';
import { type Parsed, problem, understood } from '../text/parsed.ts';

/** Keys of the teams that are told in this channel, named as the spec names it; a team without one is told in the operators'. */
export function teamsToldIn(
  typed: string,
  { teams, incident }: Pick<OperationsSpec, 'teams' | 'incident'>,
): Parsed<readonly [string, ...string[]]> {
  const channel = typed.replace(/^#/, '');
  const channelOf = (key: string) => teams[key]?.channel ?? incident.operatorsChannel;
  const [first, ...others] = Object.keys(teams).filter((key) => channelOf(key) === channel);
  if (first !== undefined) return understood([first, ...others]);
  const known = [...new Set(Object.keys(teams).map(channelOf))];
  const meant = nearest(channel, known);
  const guess = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return problem(`No team is told in "${channel}". The spec's teams are told in ${known.join(', ')}.${guess}`);
}
