import { incidentSubject } from '../event.ts';
import { refused } from '../outcome.ts';
import type { IncidentRefusal, Refused } from './refusals.ts';
import type { Incident, IncidentStatus } from './state.ts';

/** Everything that can be done to an incident once it is declared. */
export type IncidentMove =
  | 'set-severity'
  | 'set-owner'
  | 'update'
  | 'mitigate'
  | 'resolve'
  | 'reopen'
  | 'document'
  | 'close'
  | 'note'
  | 'pin';

type StateRefusal = Extract<
  IncidentRefusal,
  | 'no-severity'
  | 'no-owner'
  | 'already-mitigating'
  | 'already-resolved'
  | 'already-documented'
  | 'already-closed'
  | 'not-resolved'
>;

/**
 * The table of DESIGN section 6: what may be done in which state, and why not. Where a move leads is said by `apply`.
 * A resolved incident still takes an owner, because somebody owes the post-mortem, and notes until it is closed.
 */
const TABLE: Record<IncidentMove, Record<IncidentStatus, 'ok' | StateRefusal>> = {
  'set-severity': row('ok', 'ok', 'ok', 'ok', 'already-resolved', 'already-resolved', 'already-closed'),
  'set-owner': row('no-severity', 'ok', 'ok', 'ok', 'ok', 'already-documented', 'already-closed'),
  update: row('ok', 'ok', 'ok', 'ok', 'already-resolved', 'already-resolved', 'already-closed'),
  mitigate: row(
    'no-severity',
    'no-owner',
    'ok',
    'already-mitigating',
    'already-resolved',
    'already-resolved',
    'already-closed',
  ),
  resolve: row('ok', 'ok', 'ok', 'ok', 'already-resolved', 'already-resolved', 'already-closed'),
  reopen: row('not-resolved', 'not-resolved', 'not-resolved', 'not-resolved', 'ok', 'ok', 'ok'),
  document: row(
    'not-resolved',
    'not-resolved',
    'not-resolved',
    'not-resolved',
    'ok',
    'already-documented',
    'already-closed',
  ),
  close: row('not-resolved', 'not-resolved', 'not-resolved', 'not-resolved', 'ok', 'ok', 'already-closed'),
  note: row('ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'already-closed'),
  pin: row('ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'already-closed'),
};

/** May this be done in the state the incident is in? Null if so; otherwise the refusal, which says what to type instead. */
export function refusalFor(move: IncidentMove, incident: Incident): Refused | null {
  const answer = TABLE[move][incident.status];
  return answer === 'ok' ? null : refused(answer, SENTENCES[answer](incidentSubject(incident.number), move, incident));
}

/** The states in which an incident is still being worked on: updates are owed and its severity counts. */
export const OPEN_STATUSES: readonly IncidentStatus[] = ['identified', 'assessed', 'assigned', 'mitigating'];

export function isOpen(incident: Pick<Incident, 'status'>): boolean {
  return OPEN_STATUSES.includes(incident.status);
}

/** What to type for a move that follows another, with the id so that it works in any channel. */
function command(id: string, move: IncidentMove): string {
  return move === 'set-owner' ? `/owner ${id} me` : `/incident ${move} ${id}`;
}

const SENTENCES: Record<StateRefusal, (id: string, move: IncidentMove, incident: Incident) => string> = {
  'no-severity': (id, move) => {
    const steps = [`\`/severity ${id} SEV2\` (SEV1 is the worst, SEV4 the mildest)`];
    if (move === 'mitigate') steps.push(`\`/owner ${id} me\``);
    steps.push(`\`${command(id, move)}\``);
    return `${id} has no severity yet. Type ${steps.join(', then ')}.`;
  },
  'no-owner': (id, move) =>
    `${id} has no owner yet. Type \`/owner ${id} me\` (or \`/owner ${id} @somebody\`), then \`${command(id, move)}\`.`,
  'already-mitigating': (id) =>
    `${id} is already being mitigated. Say how it goes with \`/incident update ${id} <text>\`, or end it with \`/incident resolve ${id} <summary>\`.`,
  'already-resolved': (id, move) => {
    const back = `If the trouble is back, type \`/incident reopen ${id} <reason>\``;
    if (move === 'resolve') return `${id} is already resolved. ${back}.`;
    return `${id} is resolved. ${back}; to add to its record, type \`/incident note ${id} <text>\`.`;
  },
  'already-documented': (id, move) =>
    move === 'document'
      ? `${id} has its post-mortem settled already. Close it with \`/incident close ${id}\`.`
      : `${id} is resolved and its post-mortem settled. If the trouble is back, type \`/incident reopen ${id} <reason>\`.`,
  'already-closed': (id, move) =>
    move === 'close'
      ? `${id} is already closed.`
      : `${id} is closed. To work on it again, type \`/incident reopen ${id} <reason>\`.`,
  'not-resolved': (id, move, incident) =>
    move === 'reopen'
      ? `${id} is still open (${incident.status}); there is nothing to reopen.`
      : `${id} is still open (${incident.status}). Resolve it first with \`/incident resolve ${id} <summary>\`.`,
};

/** One line of the table, in the order of the incident's life. */
function row(
  identified: 'ok' | StateRefusal,
  assessed: 'ok' | StateRefusal,
  assigned: 'ok' | StateRefusal,
  mitigating: 'ok' | StateRefusal,
  resolved: 'ok' | StateRefusal,
  documented: 'ok' | StateRefusal,
  closed: 'ok' | StateRefusal,
): Record<IncidentStatus, 'ok' | StateRefusal> {
  return { identified, assessed, assigned, mitigating, resolved, documented, closed };
}
