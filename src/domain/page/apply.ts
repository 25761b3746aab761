import { type EventDraft, pageSubject, type StoredEvent } from '../event.ts';
import { remainsOf } from './erased.ts';
import type { PageEvent, PageSending } from './events.ts';
import { nextLookAt, type Page, type PageAttempt } from './page.ts';

/**
 * The page after one more event of its chain. It records and does not judge. An event it does not know, or one whose body was
 * erased, still moves the version on.
 * @throws when the first event is not the opening: such a log was tampered with.
 */
export function apply(state: Page | null, event: StoredEvent<PageEvent>): Page {
  const body = event.body ?? remainsOf(event);
  if (body?.kind === 'page.opened') return looked(opened(body, event));
  if (state === null) throw new Error(`${event.subject}#${event.seq} is ${event.kind}, before any opening`);
  const moved = { ...state, version: event.seq };
  return body === null ? moved : looked({ ...moved, ...changes(state, body, event) });
}

/** The page after events that are about to be written: they take the sequence numbers that follow its version. */
export function follow(state: Page | null, number: number, drafts: readonly EventDraft<PageEvent>[]): Page {
  const subject = pageSubject(number);
  const first = (state?.version ?? 0) + 1;
  const last = drafts.reduce<Page | null>(
    (page, draft, index) => apply(page, { ...draft, subject, seq: first + index, kind: draft.body.kind }),
    state,
  );
  if (last === null) throw new Error(`${subject} has neither a state nor an event`);
  return last;
}

function opened(body: Extract<PageEvent, { kind: 'page.opened' }>, event: StoredEvent<PageEvent>): Page {
  return {
    ...body.terms,
    number: body.number,
    dedup: body.dedup,
    version: event.seq,
    status: 'calling',
    opened: { at: event.occurredAt.toISOString(), by: event.actor },
    calls: [],
    attempts: [],
    acknowledged: null,
    exhaustedAt: null,
    resolved: null,
    nextLookAt: null,
  };
}

function changes(state: Page, body: PageEvent, event: StoredEvent<PageEvent>): Partial<Page> {
  const at = event.occurredAt.toISOString();
  const by = event.actor;
  switch (body.kind) {
    case 'page.called':
      return {
        calls: [...state.calls, { at, contact: body.contact, why: body.why }],
        attempts: sent(state, body.sends, at, body.contact),
      };
    case 'page.attempted': {
      const { reached, detail } = body;
      const outcome = { at, reached, detail, ...(body.passing && { passing: true as const }) };
      return { attempts: state.attempts.map((one) => (one.id === body.attempt ? { ...one, outcome } : one)) };
    }
    case 'page.acknowledged':
      return {
        status: 'acknowledged',
        acknowledged: { at, by, user: body.user, how: body.how },
        attempts: sent(state, body.sends, at, null),
      };
    case 'page.exhausted':
      return { status: 'exhausted', exhaustedAt: at };
    case 'page.resolved':
      return { status: 'resolved', resolved: { at, by, why: body.why }, attempts: sent(state, body.sends, at, null) };
    case 'page.opened':
    case 'permission.refused':
    case 'event.erased':
    case 'event.expired':
      return {};
  }
}

function sent(state: Page, sends: readonly PageSending[], at: string, contact: number | null): readonly PageAttempt[] {
  return [
    ...state.attempts,
    ...sends.map(({ attempt: id, way, action }) => ({ id, at, way, action, contact, outcome: null })),
  ];
}

function looked(page: Page): Page {
  return { ...page, nextLookAt: nextLookAt(page) };
}
