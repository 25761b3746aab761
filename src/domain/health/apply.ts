import { checkSubject, type EventDraft, type StoredEvent } from '../event.ts';
import type { CheckEvent } from './events.ts';
import { FAILURES_OF_FLAPPING } from './hysteresis.ts';
import { type CheckState, isDown, unknownCheck } from './state.ts';

/**
 * The check after one more event of its chain. It records and does not judge. An event it does not know, or one whose body
 * was erased, still moves the version on.
 */
export function apply(state: CheckState | null, event: StoredEvent<CheckEvent>): CheckState {
  const before = state ?? unknownCheck(event.subject.replace(/^CHK-/, ''));
  const moved = { ...before, version: event.seq };
  return event.body === null ? moved : { ...moved, ...changes(before, event.body, event) };
}

/** The check after events that are about to be written. */
export function follow(state: CheckState, drafts: readonly EventDraft<CheckEvent>[]): CheckState {
  const subject = checkSubject(state.key);
  return drafts.reduce(
    (check, draft) => apply(check, { ...draft, subject, seq: check.version + 1, kind: draft.body.kind }),
    state,
  );
}

function changes(state: CheckState, body: CheckEvent, event: StoredEvent<CheckEvent>): Partial<CheckState> {
  const at = event.occurredAt.toISOString();
  switch (body.kind) {
    case 'check.changed': {
      const { to: status, reason, because, severity, unclearTold } = body;
      // From flapping to failing is the same trouble, not another one; so is a worse or a milder one.
      const isSame = reason === 'got-worse' || reason === 'eased';
      const isAnother = isDown({ status }) && body.from !== 'flapping' && !isSame;
      const failures = isAnother ? [...state.failures, at] : state.failures;
      return {
        status,
        since: isSame ? state.since : at,
        reason,
        because,
        severity,
        failures: failures.slice(-FAILURES_OF_FLAPPING),
        // What nobody is told of belongs to no message any more.
        group: body.window === undefined ? (body.group ?? state.group) : null,
        unclearToldAt: unclearTold ? at : state.unclearToldAt,
        window: body.window ?? (body.group === null ? state.window : null),
        after: isDown({ status }) && body.group === null ? state.after : null,
      };
    }
    case 'check.muted':
      return { mute: { until: body.until, reason: body.reason, by: event.actor, at } };
    case 'check.unmuted':
      return {
        mute: null,
        group: body.group ?? state.group,
        window: body.window ?? (body.group === null ? state.window : null),
      };
    case 'check.released':
      return {
        window: null,
        after: body.group === null ? null : body.window,
        group: body.group ?? state.group,
        unclearToldAt: body.unclearTold ? at : state.unclearToldAt,
      };
    case 'permission.refused':
    case 'event.erased':
    case 'event.expired':
      return {};
  }
}
