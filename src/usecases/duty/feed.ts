import { feedBegins, teamFeed } from '../../domain/duty/feed.ts';
import { feedText } from '../../domain/duty/feed-text.ts';
import { done, type Outcome, refused } from '../../domain/outcome.ts';
import type { CalendarKeys } from '../calendar-port.ts';
import type { DutyDeps } from './change.ts';

/** More runs than a team has in a month, unless something falls due every few minutes. */
const MOST = 5_000;

/** A team's calendar for programs: iCalendar text, for whoever has the link. */
export async function calendarFeed(
  deps: DutyDeps & { readonly calendarKeys: CalendarKeys },
  { team, signature }: { readonly team: string; readonly signature: string },
): Promise<Outcome<string, 'wrong-link'>> {
  const { store, clock, spec, calendarKeys } = deps;
  const now = clock.now();
  const current = spec.current();
  // Which teams there are is not told to who has no link.
  if (!Object.hasOwn(current.teams, team) || !(await calendarKeys.opens(team, signature))) {
    return refused(
      'wrong-link',
      'This link is not valid, or not any more. `/maintenance subscribe` in Slack gives one.',
    );
  }
  const from = feedBegins(now);
  const [open, recent] = await Promise.all([
    store.runs({ owners: [team], which: 'open', before: from }, 'soonest', MOST),
    store.runs({ owners: [team], from }, 'latest', MOST),
  ]);
  return done(feedText(current, team, teamFeed(current, team, [...open, ...recent], now), now));
}
