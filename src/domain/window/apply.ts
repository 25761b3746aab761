import { type EventDraft, type StoredEvent, windowSubject } from '../event.ts';
import { remainsOf } from './erased.ts';
import type { WindowEvent } from './events.ts';
import { nextLookAt, overrunAgainAt } from './notices.ts';
import type { MaintenanceWindow } from './window.ts';

/**
 * The window after one more event of its chain. It records and does not judge: whether a move was allowed was decided when
 * it was written. An event it does not know, or one whose body was erased, still moves the version on.
 * @throws when the first event is not the planning: such a log was tampered with.
 */
export function apply(state: MaintenanceWindow | null, event: StoredEvent<WindowEvent>): MaintenanceWindow {
  const body = event.body ?? remainsOf(event);
  if (body?.kind === 'window.planned') return looked(planned(body, event));
  if (state === null) throw new Error(`${event.subject}#${event.seq} is ${event.kind}, before any planning`);
  const moved = { ...state, version: event.seq };
  return body === null ? moved : looked({ ...moved, ...changes(state, body, event) });
}

/** The window after events that are about to be written: they take the sequence numbers that follow its version. */
export function follow(
  state: MaintenanceWindow | null,
  number: number,
  drafts: readonly EventDraft<WindowEvent>[],
): MaintenanceWindow {
  const subject = windowSubject(number);
  const first = (state?.version ?? 0) + 1;
  const last = drafts.reduce<MaintenanceWindow | null>(
    (window, draft, index) => apply(window, { ...draft, subject, seq: first + index, kind: draft.body.kind }),
    state,
  );
  if (last === null) throw new Error(`${subject} has neither a state nor an event`);
  return last;
}

function planned(
  body: Extract<WindowEvent, { kind: 'window.planned' }>,
  event: StoredEvent<WindowEvent>,
): MaintenanceWindow {
  return {
    ...body.terms,
    number: body.number,
    version: event.seq,
    status: 'planned',
    planned: { at: event.occurredAt.toISOString(), by: event.actor },
    approved: null,
    unapprovedAt: null,
    announcedAt: null,
    told: [],
    started: null,
    extended: [],
    endingToldAt: null,
    overranAt: null,
    overrunAgainAt: null,
    ended: null,
    askedAt: null,
    cancelled: null,
    report: null,
    remindedAt: null,
    silences: {},
    quiet: { things: [], count: 0 },
    aftermath: null,
    nextLookAt: null,
  };
}

function changes(
  state: MaintenanceWindow,
  body: WindowEvent,
  event: StoredEvent<WindowEvent>,
): Partial<MaintenanceWindow> {
  const at = event.occurredAt.toISOString();
  const by = event.actor;
  switch (body.kind) {
    case 'window.approved':
      return { approved: { at, by } };
    case 'window.unapproved':
      return { unapprovedAt: at };
    case 'window.announced':
      return {
        status: 'announced',
        announcedAt: state.announcedAt ?? at,
        told: [...state.told, ...body.overtaken, body.before],
      };
    case 'window.started':
      return {
        status: 'started',
        started: { at, by },
        announcedAt: state.announcedAt ?? event.recordedAt.toISOString(),
        lead: body.lead ?? state.lead,
      };
    case 'window.extended': {
      const { from, to, reason, lead } = body;
      return {
        endsAt: to,
        lead: lead ?? state.lead,
        extended: [...state.extended, { at, by, from, to, reason }],
        // One that ends so soon has just been told of.
        endingToldAt: Date.parse(to) - (state.endingBefore ?? 0) <= event.occurredAt.getTime() ? at : null,
        overranAt: null,
        overrunAgainAt: null,
        overlaps: body.overlaps ?? state.overlaps,
        // It covers again what it covered.
        aftermath: null,
      };
    }
    case 'window.ending':
      return { endingToldAt: at };
    case 'window.overran':
      return {
        overranAt: state.overranAt ?? at,
        overrunAgainAt: overrunAgainAt(state, event.occurredAt),
        endingToldAt: state.endingToldAt ?? at,
      };
    case 'window.silenced': {
      const { target, id, until } = body;
      return { silences: { ...state.silences, [target]: { id, until, problem: null } } };
    }
    case 'window.not_silenced': {
      const { target, problem } = body;
      const before = state.silences[target] ?? { id: null, until: null };
      return { silences: { ...state.silences, [target]: { ...before, problem } } };
    }
    case 'window.unsilenced': {
      const others = Object.entries(state.silences).filter(([target]) => target !== body.target);
      return { silences: Object.fromEntries(others) };
    }
    case 'window.kept_quiet':
      return { quiet: { things: body.things, count: body.count } };
    case 'window.looked_again':
      return { aftermath: { at, still: body.still, count: body.count, problem: body.problem } };
    case 'window.ended':
      return {
        status: 'ended',
        ended: { at, by, overrun: body.overrun },
        askedAt: event.recordedAt.toISOString(),
      };
    case 'window.cancelled':
      return { status: 'cancelled', cancelled: { at, by, reason: body.reason, lapsed: body.lapsed } };
    case 'window.reported': {
      const { done, documents, learned, ticked } = body;
      return { report: { at, by, done, documents, learned, ticked } };
    }
    case 'window.reminded':
      return { remindedAt: at };
    case 'window.planned':
    case 'permission.refused':
    case 'event.erased':
    case 'event.expired':
      return {};
  }
}

function looked(window: MaintenanceWindow): MaintenanceWindow {
  return { ...window, nextLookAt: nextLookAt(window) };
}
