import { type EventDraft, runSubject, type StoredEvent } from '../event.ts';
import { againAt, isRunning, lostAt } from './attempt.ts';
import { remainsOf } from './erased.ts';
import type { RunEvent } from './events.ts';
import { excerptOf } from './output.ts';
import { type DutyRun, graceEndsAt, isOpenRun } from './run.ts';

/**
 * The run after one more event of its chain. It records and does not judge: whether a move was allowed was decided when it
 * was written. An event it does not know, or one whose body was erased, still moves the version on.
 * @throws when the first event is not the planning: such a log was tampered with.
 */
export function apply(state: DutyRun | null, event: StoredEvent<RunEvent>): DutyRun {
  const body = event.body ?? remainsOf(event);
  if (body?.kind === 'run.planned') return looked(planned(body, event));
  if (state === null) throw new Error(`${event.subject}#${event.seq} is ${event.kind}, before any planning`);
  const moved = { ...state, version: event.seq };
  return body === null ? moved : looked({ ...moved, ...changes(state, body, event) });
}

/** The run after events that are about to be written: they take the sequence numbers that follow its version. */
export function follow(state: DutyRun | null, number: number, drafts: readonly EventDraft<RunEvent>[]): DutyRun {
  const subject = runSubject(number);
  const first = (state?.version ?? 0) + 1;
  const last = drafts.reduce<DutyRun | null>(
    (run, draft, index) => apply(run, { ...draft, subject, seq: first + index, kind: draft.body.kind }),
    state,
  );
  if (last === null) throw new Error(`${subject} has neither a state nor an event`);
  return last;
}

function planned(body: Extract<RunEvent, { kind: 'run.planned' }>, event: StoredEvent<RunEvent>): DutyRun {
  return {
    ...body.terms,
    number: body.number,
    version: event.seq,
    status: 'planned',
    plannedAt: event.occurredAt.toISOString(),
    announcedAt: null,
    askedAt: null,
    takenBy: null,
    ticked: [],
    snooze: null,
    cannot: null,
    notRun: null,
    attempt: null,
    agreed: null,
    declined: null,
    lateAt: null,
    told: [],
    nextTellAt: null,
    end: null,
    nextLookAt: null,
  };
}

function changes(state: DutyRun, body: RunEvent, event: StoredEvent<RunEvent>): Partial<DutyRun> {
  const at = event.occurredAt.toISOString();
  const by = event.actor;
  switch (body.kind) {
    case 'run.announced':
      return { announcedAt: at };
    case 'run.due':
      return { status: 'due', askedAt: at };
    case 'run.taken':
      return { takenBy: body.by };
    case 'run.ticked':
      return { ticked: body.items };
    case 'run.snoozed':
      return { snooze: { until: body.until, by } };
    case 'run.reminded':
      return { snooze: null };
    case 'run.cannot':
      return { cannot: { reason: body.reason, by, at }, takenBy: null, snooze: null };
    case 'run.not-run':
      return { notRun: body.reason };
    case 'run.started':
    case 'run.begun':
    case 'run.finished':
      return tried(state, body, event);
    case 'run.approved':
      return { agreed: { by, at, ...placeOf(state) }, declined: null };
    case 'run.declined':
      return { declined: { by, at, reason: body.reason } };
    case 'run.late':
      return { status: 'late', lateAt: at, nextTellAt: body.nextTellAt };
    case 'run.escalated':
      return { told: body.told === null ? state.told : [...state.told, body.told], nextTellAt: body.nextTellAt };
    case 'run.done':
      return { status: 'done', end: { how: 'done', at, by, late: body.late, evidence: body.evidence } };
    case 'run.skipped':
      return { status: 'skipped', end: { how: 'skipped', at, by, reason: body.reason } };
    case 'run.missed':
      return { status: 'missed', end: { how: 'missed', at, asked: body.asked } };
    case 'run.failed':
      return { status: 'failed', end: { how: 'failed', at, summary: state.attempt?.finished?.summary ?? '' } };
    case 'run.waived': {
      const { of, reason, approver, until } = body;
      return { status: 'waived', end: { how: 'waived', at, of, reason, approver, until } };
    }
    case 'run.satisfied':
      return {
        status: 'satisfied',
        end: { how: 'satisfied', at, duty: body.duty, occurrence: body.occurrence },
      };
    case 'run.planned':
    case 'permission.refused':
    case 'event.erased':
    case 'event.expired':
      return {};
  }
}

type Try = Extract<RunEvent, { kind: 'run.started' | 'run.begun' | 'run.finished' }>;

/** What Mainstay does by itself. A log from which the start was erased has an end without a beginning, which says nothing. */
function tried({ attempt }: DutyRun, body: Try, { occurredAt, actor }: StoredEvent<RunEvent>): Partial<DutyRun> {
  const at = occurredAt.toISOString();
  if (body.kind === 'run.started') {
    const number = (attempt?.number ?? 0) + 1;
    const { mode, why } = body;
    const started = { number, mode, why, by: actor, startedAt: at, begunAt: null, finished: null };
    return { attempt: started, notRun: null, ...(mode === 'preview' && { declined: null, agreed: null }) };
  }
  if (attempt === null) return {};
  if (body.kind === 'run.begun') return { attempt: { ...attempt, begunAt: at } };
  const { outcome, summary, output, took, place } = body;
  const finished = { at, outcome, summary, ...excerptOf(output), took, ...(place !== undefined && { place }) };
  return { attempt: { ...attempt, finished } };
}

/** An approval is good for what was previewed. */
function placeOf({ attempt }: DutyRun): { place?: string } {
  const place = attempt?.finished?.place;
  return place === undefined ? {} : { place };
}

/** With the instant from which on something is to be done about it. What has ended waits for nothing and nobody. */
function looked(run: DutyRun): DutyRun {
  if (!isOpenRun(run)) return { ...run, snooze: null, nextTellAt: null, nextLookAt: null };
  // Whatever the hour is, what is being done is waited for.
  const waitsFor = isRunning(run)
    ? [lostAt(run)]
    : [run.snooze?.until, run.missedAt, run.nextTellAt, nextStatusAt(run), againAt(run)];
  const instants = waitsFor.filter((at) => typeof at === 'string').sort();
  return { ...run, nextLookAt: instants[0] ?? null };
}

function nextStatusAt(run: DutyRun): string | null {
  if (run.status === 'planned') return run.announcedAt === null ? (run.announceAt ?? run.dueAt) : run.dueAt;
  return run.status === 'due' ? graceEndsAt(run).toISOString() : null;
}
