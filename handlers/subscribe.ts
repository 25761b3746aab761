import { calendarLinksMessage, noAddressAnswer } from '../blocks/calendar-links.ts';
import { personOf } from './caller.ts';
import type { EdgeDeps } from './deps.ts';
import type { Answer } from './registry.ts';

/** The private links to the calendar of one team, or of all that somebody is in. */
export async function subscribeAnswer(
  deps: EdgeDeps,
  user: string,
  team: string | null,
  inModal = false,
): Promise<Answer> {
  const links = await deps.verbs.calendarLinks({ team, who: await personOf(user, deps) });
  return links === null ? noAddressAnswer() : calendarLinksMessage(links, deps.spec.current(), inModal);
}
