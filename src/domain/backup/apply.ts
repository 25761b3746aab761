import { backupSubject, type EventDraft, type StoredEvent } from '../event.ts';
import type { BackupRun } from './backup.ts';
import { custodyAfter, UNTOUCHED } from './custody.ts';
import { remainsOf } from './erased.ts';
import type { BackupEvent } from './events.ts';

/**
 * The backup after one more event of its chain. It records and does not judge. An event it does not know, or one whose body
 * was erased, still moves the version on.
 * @throws when the first event is not the request: such a log was tampered with
 */
export function apply(state: BackupRun | null, event: StoredEvent<BackupEvent>): BackupRun {
  const { seq: version } = event;
  const body = event.body ?? remainsOf(event);
  if (body?.kind === 'backup.requested') return requested(body, event);
  if (state === null) throw new Error(`${event.subject}#${event.seq} is ${event.kind}, before any request`);
  // What was in it is erased; that it is over is not.
  if (body === null && event.kind === 'backup.sealed') {
    return { ...state, version, status: 'sealed', endedAt: event.occurredAt.toISOString(), sealed: null, reason: null };
  }
  return { ...state, version, ...(body === null ? {} : changes(state, body, event)) };
}

/** The backup after events that are about to be written: they take the sequence numbers that follow its version. */
export function follow(state: BackupRun | null, number: number, drafts: readonly EventDraft<BackupEvent>[]): BackupRun {
  const subject = backupSubject(number);
  const first = (state?.version ?? 0) + 1;
  const last = drafts.reduce<BackupRun | null>(
    (backup, draft, index) => apply(backup, { ...draft, subject, seq: first + index, kind: draft.body.kind }),
    state,
  );
  if (last === null) throw new Error(`${subject} has neither a state nor an event`);
  return last;
}

function requested(
  { number, terms }: Extract<BackupEvent, { kind: 'backup.requested' }>,
  { seq, occurredAt, actor }: StoredEvent<BackupEvent>,
): BackupRun {
  return {
    ...terms,
    number,
    version: seq,
    status: 'requested',
    requested: { at: occurredAt.toISOString(), by: actor },
    id: null,
    beganAt: null,
    attempts: 0,
    failures: 0,
    endedAt: null,
    cancelledBy: null,
    reason: null,
    sealed: null,
    proof: null,
    custody: UNTOUCHED,
  };
}

function changes(state: BackupRun, body: BackupEvent, event: StoredEvent<BackupEvent>): Partial<BackupRun> {
  const at = event.occurredAt.toISOString();
  switch (body.kind) {
    case 'backup.began':
      return { status: 'running', id: body.id, beganAt: at, attempts: state.attempts + 1 };
    case 'backup.interrupted':
      // Somebody who wanted it to end has what they wanted.
      return { status: state.status === 'cancelling' ? 'cancelling' : 'requested' };
    case 'backup.stumbled':
      return {
        status: state.status === 'cancelling' ? 'cancelling' : 'requested',
        failures: state.failures + 1,
        reason: body.reason,
      };
    case 'backup.sealed':
      return { status: 'sealed', endedAt: at, sealed: body.sealed, reason: null };
    case 'backup.drilled':
      if (body.verdict === 'could-not-verify') return {};
      return { proof: { drill: body.drill, verdict: body.verdict, at } };
    case 'backup.failed':
      return { status: 'failed', endedAt: at, reason: body.reason };
    case 'backup.cancelling':
      return { status: 'cancelling', cancelledBy: event.actor };
    case 'backup.cancelled':
      return { status: 'cancelled', endedAt: at, cancelledBy: state.cancelledBy ?? event.actor };
    case 'backup.expiring':
      return { status: 'expiring' };
    case 'backup.expired':
      return { status: 'expired' };
    case 'backup.copied':
    case 'backup.copy-failed':
    case 'backup.held':
    case 'backup.released':
    case 'backup.looked-at':
      return { custody: custodyAfter(state.custody, body, event) };
    case 'backup.requested':
    case 'permission.refused':
    case 'event.erased':
    case 'event.expired':
      return {};
  }
}
