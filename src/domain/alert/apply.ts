import { alertSubject, type EventDraft, type StoredEvent } from '../event.ts';
import type { AlertEvent } from './events.ts';
import type { AlertGroup } from './group.ts';

/**
 * The group after one more event of its chain. It records and does not judge. An event it does not know, or one whose body
 * was erased, still moves the version on.
 * @throws when the first event is not the beginning: such a log was tampered with
 */
export function apply(state: AlertGroup | null, event: StoredEvent<AlertEvent>): AlertGroup {
  const { body } = event;
  if (body?.kind === 'alerts.began') {
    return {
      ...body.terms,
      ...body.count,
      number: body.number,
      version: event.seq,
      status: 'firing',
      startedAt: event.occurredAt.toISOString(),
      resolvedAt: null,
      storm: body.storm,
      acknowledged: null,
      muted: null,
      incident: null,
      declared: false,
    };
  }
  if (state === null) throw new Error(`${event.subject}#${event.seq} is ${event.kind}, before any beginning`);
  return { ...state, version: event.seq, ...(body === null ? {} : changes(body, event)) };
}

function changes(body: AlertEvent, { actor, occurredAt }: StoredEvent<AlertEvent>): Partial<AlertGroup> {
  const at = occurredAt.toISOString();
  switch (body.kind) {
    case 'alerts.changed':
      return body.count;
    case 'alerts.cleared':
      return { ...body.count, status: 'resolved', resolvedAt: at };
    case 'alerts.recurred':
      // Whoever acknowledged it believed it over.
      return { ...body.count, status: 'firing', resolvedAt: null, acknowledged: null };
    case 'alerts.acknowledged':
      return { acknowledged: { by: actor, at } };
    case 'alerts.muted':
      return { muted: { by: actor, until: body.until, reason: body.reason } };
    case 'alerts.unmuted':
      return { muted: null };
    case 'alerts.attached':
      return { incident: body.incident, declared: body.declared };
    case 'alerts.began':
    case 'permission.refused':
    case 'event.erased':
    case 'event.expired':
      return {};
  }
}

/** The group after events that are about to be written: they take the sequence numbers that follow its version. */
export function follow(
  state: AlertGroup | null,
  number: number,
  drafts: readonly EventDraft<AlertEvent>[],
): AlertGroup {
  const subject = alertSubject(number);
  const first = (state?.version ?? 0) + 1;
  const last = drafts.reduce<AlertGroup | null>(
    (group, draft, index) => apply(group, { ...draft, subject, seq: first + index, kind: draft.body.kind }),
    state,
  );
  if (last === null) throw new Error(`${subject} has neither a state nor an event`);
  return last;
}
