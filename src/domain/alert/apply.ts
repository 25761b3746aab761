import type { Actor } from '../actor.ts';
import { alertSubject, type EventDraft, type StoredEvent } from '../event.ts';
import type { SilenceThere } from '../window/quiet.ts';
import type { AlertEvent } from './events.ts';
import type { AlertGroup, GroupSilence } from './group.ts';

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
  return { ...state, version: event.seq, ...(body === null ? {} : changes(body, event, state)) };
}

function askedSilence(
  { until, comment, name, matchers, targets }: Extract<AlertEvent, { kind: 'alerts.silence_asked' }>,
  by: Actor,
  at: string,
): GroupSilence {
  const unseen: SilenceThere = { id: null, until: null, problem: null };
  const there = Object.fromEntries(targets.map((target) => [target, unseen]));
  return { by, at, name, until, comment, matchers, ended: null, targets: there };
}

/** Null once it is silenced nowhere and is not to be. */
function silencedIn({ silence }: AlertGroup, target: string, there: SilenceThere | null): GroupSilence | null {
  if (silence == null) return null;
  const others = Object.entries(silence.targets).filter(([key]) => key !== target);
  const all = there === null ? others : [...others, [target, there] as const];
  return all.length === 0 ? null : { ...silence, targets: Object.fromEntries(all) };
}

function changes(
  body: AlertEvent,
  { actor, occurredAt }: StoredEvent<AlertEvent>,
  state: AlertGroup,
): Partial<AlertGroup> {
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
    case 'alerts.silence_asked':
      return { silence: askedSilence(body, actor, at) };
    case 'alerts.silence_ended':
      return state.silence == null ? {} : { silence: { ...state.silence, ended: { by: actor, at } } };
    case 'alerts.silenced':
      return { silence: silencedIn(state, body.target, { id: body.id, until: body.until, problem: null }) };
    case 'alerts.not_silenced': {
      const known = state.silence?.targets[body.target];
      const { id = null, until = null } = known ?? {};
      return { silence: silencedIn(state, body.target, { id, until, problem: body.problem }) };
    }
    case 'alerts.unsilenced':
      return { silence: silencedIn(state, body.target, null) };
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
