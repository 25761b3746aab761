import { done, type Outcome, refused } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { nearest } from '../text/nearest.ts';
import { announceChannels, announceIn } from './announce.ts';
import { type Decision, eventNow, nextUpdateDue, type Situation } from './decision.ts';
import { emptyText, type IncidentRefusal, type Refused } from './refusals.ts';
import type { Severity } from './severity.ts';

export interface Declaration {
  readonly title: string;
  /** With one the incident goes straight on to assessed. */
  readonly severity: Severity | null;
  /** One of the spec's `incident.kinds`; null when nobody said. */
  readonly category: string | null;
  /** Key of a service of the spec; null when nobody said. */
  readonly service: string | null;
  readonly description: string;
  /** Channel in which it was declared; null for none. */
  readonly origin: string | null;
  /** Number of the maintenance window it follows from; absent where there is none. */
  readonly window?: number;
}

/**
 * A new incident: its first events, its channel and its announcements, waiting for the number it will have, so that a
 * refused declaration uses none up.
 *
 * @param before what led to it, as notes
 */
export function decideDeclare(
  declaration: Declaration,
  situation: Situation,
  before: readonly { readonly at: Date; readonly text: string }[] = [],
): Outcome<(number: number) => Decision, IncidentRefusal> {
  const title = cleaned(declaration.title).replaceAll(/\s+/g, ' ');
  if (title === '')
    return emptyText('in a few words what is wrong', '/incident declare SEV2 Checkout is down', 'title');
  return (
    unknownWord(declaration, situation) ??
    done((number) => {
      const { events, deliveries } = declared(number, { ...declaration, title }, situation);
      const notes = before.map(({ at, text }) =>
        eventNow(situation, { kind: 'incident.noted', text: cleaned(text) }, at),
      );
      return { events: [...events, ...notes], deliveries };
    })
  );
}

function declared(number: number, declaration: Declaration, situation: Situation): Decision {
  const { title, severity, category, service, origin } = declaration;
  const announcedIn = announceChannels(situation.spec, severity);
  const event = eventNow(situation, {
    kind: 'incident.declared',
    number,
    title,
    category,
    service,
    description: cleaned(declaration.description),
    origin,
    announcedIn,
  });
  return {
    events: severity === null ? [event] : [event, firstSeverity(severity, situation)],
    deliveries: [{ kind: 'open-channel', incident: number }, ...announceIn(number, announcedIn)],
  };
}

function firstSeverity(severity: Severity, situation: Situation): Decision['events'][number] {
  return eventNow(situation, {
    kind: 'incident.severity_set',
    from: null,
    to: severity,
    reason: '',
    nextUpdateDueAt: nextUpdateDue(situation, severity),
    announcedIn: [],
  });
}

function unknownWord({ category, service }: Declaration, { spec }: Situation): Refused | null {
  if (category !== null && !spec.incident.kinds.includes(category)) {
    return refused('unknown-kind', notOneOf(category, 'a kind of incident', spec.incident.kinds), 'category');
  }
  if (service !== null && spec.services[service] === undefined) {
    return refused('unknown-service', notOneOf(service, 'a service', Object.keys(spec.services)), 'service');
  }
  return null;
}

function notOneOf(word: string, what: string, allowed: readonly string[]): string {
  const meant = nearest(word, allowed);
  const guess = meant === undefined ? '' : ` Did you mean "${meant}"?`;
  const list = allowed.length === 0 ? 'it names none' : `it names ${allowed.join(', ')}`;
  return `"${word}" is not ${what} of the operations spec; ${list}.${guess}`;
}
