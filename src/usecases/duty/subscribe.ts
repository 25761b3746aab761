import { teamsOf } from '../../domain/duty/teams.ts';
import type { Person } from '../../domain/permissions.ts';
import type { CalendarKeys } from '../calendar-port.ts';
import type { SpecSource } from '../ports.ts';

/** Where calendar programs find one team's duties. Whoever has the address sees them, so it is shown privately. */
export interface CalendarLink {
  /** Key of the team. */
  readonly team: string;
  readonly url: string;
}

export interface SubscribeDeps {
  readonly spec: SpecSource;
  readonly calendarKeys: CalendarKeys;
  /** The address people's browsers reach Mainstay at; null when nobody said. */
  readonly baseUrl: string | null;
}

/** The links to one team's calendar, or to those of a person's teams; somebody without a team gets all. Null: no address is known. */
export async function calendarLinks(
  { spec, calendarKeys, baseUrl }: SubscribeDeps,
  { team, who }: { readonly team: string | null; readonly who: Person },
): Promise<readonly CalendarLink[] | null> {
  if (baseUrl === null) return null;
  const current = spec.current();
  const theirs = teamsOf(current, who);
  const teams = team === null ? (theirs.length === 0 ? Object.keys(current.teams) : theirs) : [team];
  return Promise.all(
    teams.map(async (key) => ({
      team: key,
      url: `${baseUrl}/calendar/${encodeURIComponent(key)}.ics?key=${await calendarKeys.signatureOf(key)}`,
    })),
  );
}
