import { type Outcome, refused } from '../outcome.ts';
import { nearest } from '../text/nearest.ts';
import { announceChannels, announceIn } from './announce.ts';
import { type Decided, type Decision, eventNow, nextUpdateDue, type Situation } from './decision.ts';
import { emptyText, type IncidentRefusal } from './refusals.ts';
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
}

/** A new incident with the next free number: its first events, its channel and its announcements. */
export function decideDeclare(number: number, declaration: Declaration, situation: Situation): Decided {
  const title = declaration.title.replaceAll(/\s+/g, ' ').trim();
  if (title === '')
    return emptyText('in a few words what is wrong', '/incident declare SEV2 Checkout is down', 'title');
  const unknown = unknownWord(declaration, situation);
  if (unknown !== null) return unknown;

  const { severity, category, service, origin } = declaration;
  const announcedIn = announceChannels(situation.spec, severity);
  const declared = eventNow(situation, {
    kind: 'incident.declared',
    number,
    title,
    category,
    service,
    description: declaration.description.trim(),
    origin,
    announcedIn,
  });
  const assessed = severity === null ? [] : [firstSeverity(severity, situation)];
  return {
    ok: true,
    value: {
      events: [declared, ...assessed],
      deliveries: [{ kind: 'open-channel', incident: number }, ...announceIn(number, announcedIn)],
    },
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

function unknownWord(
  { category, service }: Declaration,
  { spec }: Situation,
): Extract<Outcome<never, IncidentRefusal>, { ok: false }> | null {
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
