import { slackUser } from '../actor.ts';
import { type EventDraft, incidentSubject, type StoredEvent } from '../event.ts';
import { remainsOf } from './erased.ts';
import type { IncidentEvent } from './events.ts';
import { withoutPin, withPin } from './pinned.ts';
import type { Incident, SeveritySpan } from './state.ts';

/**
 * The incident after one more event of its chain. It records and does not judge: whether a move was allowed was decided
 * when it was written. An event it does not know, or one whose body was erased, still moves the version on.
 * `audit verify` folds every chain anew and compares: a release that changes what this says of events already written
 * must write the state rows anew in a migration.
 * @throws when the first event is not the declaration: such a log was tampered with.
 */
export function apply(state: Incident | null, event: StoredEvent<IncidentEvent>): Incident {
  const body = event.body ?? remainsOf(event);
  if (body?.kind === 'incident.declared') return declared(body, event);
  if (state === null) throw new Error(`${event.subject}#${event.seq} is ${event.kind}, before any declaration`);
  const moved = { ...state, version: event.seq };
  if (body === null) return moved;
  return withResponder({ ...moved, ...changes(state, body, event) }, body, event);
}

/** The incident after events that are about to be written: they take the sequence numbers that follow its version. */
export function follow(state: Incident | null, number: number, drafts: readonly EventDraft<IncidentEvent>[]): Incident {
  const subject = incidentSubject(number);
  const first = (state?.version ?? 0) + 1;
  const last = drafts.reduce<Incident | null>(
    (incident, draft, index) => apply(incident, { ...draft, subject, seq: first + index, kind: draft.body.kind }),
    state,
  );
  if (last === null) throw new Error(`${subject} has neither a state nor an event`);
  return last;
}

function declared(
  body: Extract<IncidentEvent, { kind: 'incident.declared' }>,
  event: StoredEvent<IncidentEvent>,
): Incident {
  const by = slackUser(event.actor);
  return {
    number: body.number,
    version: event.seq,
    status: 'identified',
    severity: null,
    severitySpans: [],
    title: body.title,
    category: body.category,
    service: body.service,
    description: body.description,
    origin: body.origin,
    declaredBy: event.actor,
    declaredAt: event.occurredAt.toISOString(),
    owner: null,
    acknowledgedAt: null,
    mitigatedAt: null,
    resolvedAt: null,
    resolution: null,
    documentedAt: null,
    closedAt: null,
    channel: null,
    lastUpdate: null,
    nextUpdateDueAt: null,
    updateReminder: null,
    postmortemDueAt: null,
    postmortemReminded: null,
    pinned: [],
    publicNotes: [],
    responders: by === null ? [] : [by],
    announcedIn: body.announcedIn,
  };
}

function changes(state: Incident, body: IncidentEvent, event: StoredEvent<IncidentEvent>): Partial<Incident> {
  const at = event.occurredAt.toISOString();
  switch (body.kind) {
    case 'incident.severity_set':
      return {
        status: state.status === 'identified' ? 'assessed' : state.status,
        severity: body.to,
        severitySpans: [...closed(state.severitySpans, at), { severity: body.to, from: at, to: null }],
        announcedIn: [...state.announcedIn, ...body.announcedIn],
        ...owing(body.nextUpdateDueAt),
      };
    case 'incident.owner_set':
      // An owner named after the end owes the post-mortem; that acknowledges nothing.
      return {
        status: state.status === 'assessed' ? 'assigned' : state.status,
        owner: body.to,
        acknowledgedAt: state.acknowledgedAt ?? (state.resolvedAt === null ? at : null),
      };
    case 'incident.mitigation_started':
      return { status: 'mitigating', mitigatedAt: state.mitigatedAt ?? at };
    case 'incident.updated':
      return { lastUpdate: { text: body.text, at, by: event.actor }, ...owing(body.nextUpdateDueAt) };
    case 'incident.message_pinned':
      return { pinned: withPin(state.pinned, body.message, body.by) };
    case 'incident.message_unpinned':
      return { pinned: withoutPin(state.pinned, body, body.by) };
    case 'incident.resolved':
      return {
        status: 'resolved',
        severitySpans: closed(state.severitySpans, at),
        resolvedAt: at,
        resolution: body.summary,
        postmortemDueAt: body.postmortemDueAt,
        ...owing(null),
      };
    case 'incident.reopened':
      return {
        status: 'mitigating',
        severitySpans:
          state.severity === null
            ? state.severitySpans
            : [...state.severitySpans, { severity: state.severity, from: at, to: null }],
        resolvedAt: null,
        resolution: null,
        documentedAt: null,
        closedAt: null,
        postmortemDueAt: null,
        postmortemReminded: null,
        ...owing(body.nextUpdateDueAt),
      };
    case 'incident.documented':
      return { status: 'documented', documentedAt: at };
    case 'incident.closed':
      return { status: 'closed', closedAt: at };
    case 'incident.channel_opened':
      return { channel: { id: body.channel, name: body.name } };
    case 'incident.update_overdue':
      return { updateReminder: { dueAt: body.dueAt, told: body.told, nextCheckAt: body.nextCheckAt } };
    case 'incident.postmortem_reminded':
      return { postmortemReminded: body.stage };
    case 'incident.published': {
      const { state: stage, impact, title, text } = body;
      const note = { seq: event.seq, at, state: stage, impact, title, text, withdrawnAt: null };
      return { publicNotes: [...state.publicNotes, note] };
    }
    case 'incident.withdrawn':
      return {
        publicNotes: state.publicNotes.map((note) => (note.seq === body.note ? { ...note, withdrawnAt: at } : note)),
      };
    case 'incident.declared':
    case 'incident.noted':
    case 'incident.paged':
    case 'incident.page_acknowledged':
    case 'incident.page_unanswered':
    case 'incident.nobody_paged':
    case 'permission.refused':
    case 'event.erased':
    case 'event.expired':
      return {};
  }
}

/** A new promise of an update, or none: whatever was said about the last promise is done with. */
function owing(nextUpdateDueAt: string | null): Pick<Incident, 'nextUpdateDueAt' | 'updateReminder'> {
  return { nextUpdateDueAt, updateReminder: null };
}

function closed(spans: readonly SeveritySpan[], at: string): SeveritySpan[] {
  return spans.map((span) => (span.to === null ? { ...span, to: at } : span));
}

/** Keeping the log and being refused is not responding. */
const NO_RESPONSE: readonly IncidentEvent['kind'][] = ['permission.refused', 'event.erased', 'event.expired'];

/** Whoever did something is a responder, and so is whoever was made the owner. */
function withResponder(incident: Incident, body: IncidentEvent, event: StoredEvent<IncidentEvent>): Incident {
  if (NO_RESPONSE.includes(body.kind)) return incident;
  const people = new Set([slackUser(event.actor), body.kind === 'incident.owner_set' ? body.to : null]);
  const fresh = [...people].flatMap((user) => (user === null || incident.responders.includes(user) ? [] : [user]));
  return fresh.length === 0 ? incident : { ...incident, responders: [...incident.responders, ...fresh] };
}
