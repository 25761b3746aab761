import { incidentSubject } from '../event.ts';
import { type Refusal, refused } from '../outcome.ts';

/** Every reason for which something is not done to an incident. */
export type IncidentRefusal =
  | 'unknown-incident'
  | 'not-permitted'
  | 'empty-text'
  | 'unknown-kind'
  | 'unknown-service'
  | 'in-the-future'
  | 'bad-link'
  | 'no-severity'
  | 'no-owner'
  | 'same-severity'
  | 'same-owner'
  | 'already-mitigating'
  | 'already-resolved'
  | 'already-documented'
  | 'already-closed'
  | 'not-resolved'
  | 'postmortem-missing'
  | 'channel-known'
  | 'no-message'
  | 'already-pinned'
  | 'not-pinned'
  | 'no-person'
  | 'no-status-page'
  | 'names-somebody'
  | 'already-over'
  | 'no-such-note';

/** The answer "no" of an incident's verb. */
export type Refused = { readonly ok: false; readonly refusal: Refusal<IncidentRefusal> };

/** Refuses because there is no such incident. */
export function unknownIncident(number: number): Refused {
  const id = incidentSubject(number);
  return refused('unknown-incident', `There is no ${id}. \`/incident list all\` shows every incident there is.`);
}

/** Refuses a text that says nothing. `what` ends the sentence "Say ...", `usage` is what to type. */
export function emptyText(what: string, usage: string, field: string): Refused {
  return refused('empty-text', `Say ${what}: \`${usage}\`.`, field);
}
