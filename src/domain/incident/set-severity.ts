import { incidentSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { announceChannels, announceIn, tellChangeAndTopic } from './announce.ts';
import { type Decided, eventNow, nextUpdateDue, type Situation } from './decision.ts';
import { peopleCalledBy } from './people.ts';
import { SEVERITIES, type Severity } from './severity.ts';
import type { Incident } from './state.ts';
import { refusalFor } from './transitions.ts';

/**
 * Sets or changes the severity. A new severity starts a new cadence of updates from now. One that is first set or worse
 * than before calls in its people, and is announced where it was not announced yet.
 */
export function decideSetSeverity(
  incident: Incident,
  input: { readonly to: Severity; readonly reason: string },
  situation: Situation,
): Decided {
  const refusal = refusalFor('set-severity', incident);
  if (refusal !== null) return refusal;
  const { to } = input;
  const from = incident.severity;
  if (from === to) return refused('same-severity', `${incidentSubject(incident.number)} is already ${to}.`, 'severity');

  const announcedIn = announceChannels(situation.spec, to).filter((channel) => !incident.announcedIn.includes(channel));
  const people = isWorse(to, from) ? peopleCalledBy(situation.spec, to) : [];
  const event = eventNow(situation, {
    kind: 'incident.severity_set',
    from,
    to,
    reason: cleaned(input.reason),
    nextUpdateDueAt: nextUpdateDue(situation, to),
    announcedIn,
  });
  return done({
    events: [event],
    deliveries: [
      ...tellChangeAndTopic(incident, event),
      ...(people.length === 0 ? [] : [{ kind: 'invite' as const, incident: incident.number, users: people }]),
      ...announceIn(incident.number, announcedIn),
    ],
  });
}

/** Is `severity` more urgent than `than`? Any severity is more urgent than none. */
export function isWorse(severity: Severity, than: Severity | null): boolean {
  return than === null || SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(than);
}
