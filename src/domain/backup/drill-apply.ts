import { drillSubject, type EventDraft, type StoredEvent } from '../event.ts';
import type { DrillEvent, DrillRun } from './drill.ts';

/**
 * The drill after one more event of its chain. It records and does not judge. An event it does not know, or one whose body
 * was erased, still moves the version on.
 * @throws when the first event is not the request: such a log was tampered with
 */
export function apply(state: DrillRun | null, event: StoredEvent<DrillEvent>): DrillRun {
  const { body, seq: version } = event;
  if (body?.kind === 'drill.requested') return requested(body, event);
  if (state === null) throw new Error(`${event.subject}#${event.seq} is ${event.kind}, before any request`);
  return { ...state, version, ...(body === null ? {} : changes(state, body, event)) };
}

/** The drill after events that are about to be written: they take the sequence numbers that follow its version. */
export function follow(state: DrillRun | null, number: number, drafts: readonly EventDraft<DrillEvent>[]): DrillRun {
  const subject = drillSubject(number);
  const first = (state?.version ?? 0) + 1;
  const last = drafts.reduce<DrillRun | null>(
    (drill, draft, index) => apply(drill, { ...draft, subject, seq: first + index, kind: draft.body.kind }),
    state,
  );
  if (last === null) throw new Error(`${subject} has neither a state nor an event`);
  return last;
}

function requested(
  { number, terms }: Extract<DrillEvent, { kind: 'drill.requested' }>,
  { seq, occurredAt, actor }: StoredEvent<DrillEvent>,
): DrillRun {
  const at = occurredAt.toISOString();
  return {
    ...terms,
    number,
    version: seq,
    status: 'requested',
    requested: { at, by: actor },
    beganAt: null,
    movedAt: at,
    attempts: 0,
    rung: null,
    endedAt: null,
    result: null,
    lack: null,
  };
}

function changes(state: DrillRun, body: DrillEvent, event: StoredEvent<DrillEvent>): Partial<DrillRun> {
  const at = event.occurredAt.toISOString();
  switch (body.kind) {
    case 'drill.began':
      return { status: 'running', beganAt: at, movedAt: at, attempts: state.attempts + 1, rung: null };
    case 'drill.reached':
      return { movedAt: at, rung: body.rung };
    case 'drill.interrupted':
      return { status: 'requested', movedAt: at, rung: null };
    case 'drill.ended':
      return { status: body.result.verdict, movedAt: at, endedAt: at, result: body.result };
    case 'drill.not-made':
      return { status: 'could-not-verify', movedAt: at, endedAt: at, lack: { kind: body.lack, what: body.what } };
    case 'drill.requested':
    case 'permission.refused':
    case 'event.erased':
    case 'event.expired':
      return {};
  }
}
