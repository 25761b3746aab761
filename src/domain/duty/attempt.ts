import type { Actor } from '../actor.ts';
import { ACTIONS } from '../spec/action.ts';
import { targetNotConnected } from '../spec/parts.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { RunSituation } from './decision.ts';
import { type DutyRun, isOpenRun } from './run.ts';

/** `interrupted`: Mainstay ended in the middle of it, and nobody knows how far it came. */
export type AttemptOutcome = 'succeeded' | 'failed' | 'could-not-run' | 'interrupted';

/** `due`: its time came. `asked`: a person wanted it now. `interrupted`: the one before came to no end. */
export type StartReason = 'due' | 'asked' | 'approved' | 'interrupted';

/** One try of Mainstay to do a run by itself, or to say what it would do. A run has one at a time. */
export interface Attempt {
  /** Which of the run's tries it is, from 1. */
  readonly number: number;
  readonly mode: 'preview' | 'run';
  readonly why: StartReason;
  readonly by: Actor;
  /** When it was put in the queue. */
  readonly startedAt: string;
  /** When an instance began with it; null while none has. */
  readonly begunAt: string | null;
  /** Null while it runs or waits for its turn. */
  readonly finished: {
    readonly at: string;
    readonly outcome: AttemptOutcome;
    readonly summary: string;
    /** The beginning and the end of its output; the whole stands in the log. */
    readonly excerpt: string;
    /** Whether the log has more than the excerpt. */
    readonly more: boolean;
    /** Milliseconds. */
    readonly took: number;
    /** Of a preview: by what the place it was made for is known again. */
    readonly place?: string;
  } | null;
}

const MINUTE = 60_000;
/** Something that only looks is tried again by itself when it was interrupted, but not for ever: it may be what kills us. */
const MOST_TRIES = 3;
/** Before it is tried again: whoever was interrupted has by then ended what it began. */
const PAUSE = MINUTE;
/** An attempt of which nothing is heard for so long after its time is up is lost. It may have waited for its turn. */
const SILENCE = 60 * MINUTE;

export function isRunning({ attempt }: Pick<DutyRun, 'attempt'>): boolean {
  return attempt !== null && attempt.finished === null;
}

/** What Mainstay last did about it has failed, and nobody has mended it. */
export function hasFailed(run: Pick<DutyRun, 'status' | 'attempt'>): boolean {
  if (!isOpenRun(run)) return run.status === 'failed';
  return run.attempt?.mode === 'run' && run.attempt.finished?.outcome === 'failed';
}

/** When an attempt that has not ended counts as lost; null when none runs. */
export function lostAt({ attempt, action }: Pick<DutyRun, 'attempt' | 'action'>): string | null {
  if (attempt === null || attempt.finished !== null) return null;
  const since = Date.parse(attempt.begunAt ?? attempt.startedAt);
  return new Date(since + (action?.timeout ?? 0) + SILENCE).toISOString();
}

/** When an interrupted attempt is made again without anybody asking; null when it is not: people decide then. */
export function againAt({ attempt, action }: Pick<DutyRun, 'attempt' | 'action'>): string | null {
  if (attempt?.finished?.outcome !== 'interrupted' || action === null) return null;
  const isHarmless = attempt.mode === 'preview' || !ACTIONS[action.action].changes;
  if (!isHarmless || attempt.number >= MOST_TRIES) return null;
  return new Date(Date.parse(attempt.finished.at) + PAUSE).toISOString();
}

/** A preview is there to be agreed to. */
export function awaitsApproval({
  attempt,
  declined,
  agreed,
}: Pick<DutyRun, 'attempt' | 'declined' | 'agreed'>): boolean {
  return (
    attempt?.mode === 'preview' && attempt.finished?.outcome === 'succeeded' && declined === null && agreed === null
  );
}

/** What its next attempt is for: where somebody must agree first, and has not, it only says what would be done. */
export function nextMode(
  { approval, agreed }: Pick<DutyRun, 'approval' | 'agreed'>,
  { approvedBefore = false, moved = false }: Pick<RunSituation, 'approvedBefore' | 'moved'>,
): Attempt['mode'] {
  if (approval === null || (agreed !== null && !moved)) return 'run';
  return approval.of === 'first run' && approvedBefore ? 'run' : 'preview';
}

/** Why the run's action is not carried out by the spec in force; null when it may be, or when the run has none. */
export function notRunReason(
  { duty: key, action }: Pick<DutyRun, 'duty' | 'action'>,
  spec: Pick<OperationsSpec, 'duties' | 'targets'>,
): string | null {
  if (action === null) return null;
  const now = spec.duties.find((duty) => duty.key === key)?.run;
  if (!isSame(action, now)) return 'The duty is no longer in the spec, or does something else now';
  return notConnectedReason(action, spec);
}

/** The same plain JSON, whatever the order of its keys: a row of the database has another than the spec. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const theirs = new Map(Object.entries(other).filter(isSaid));
  const ours = Object.entries(one).filter(isSaid);
  return ours.length === theirs.size && ours.every(([key, value]) => theirs.has(key) && isSame(value, theirs.get(key)));
}

/** JSON keeps no entry without a value. */
const isSaid = ([, value]: [string, unknown]) => value !== undefined;

/** Why what the action works on is not there; null when it is, or when it works on nothing. */
export function notConnectedReason(
  action: NonNullable<DutyRun['action']>,
  { targets }: Pick<OperationsSpec, 'targets'>,
): string | null {
  if (!('target' in action)) return null;
  const target = targets[action.target];
  return target === undefined
    ? `The spec has no target "${action.target}" any more`
    : targetNotConnected({ targets }, action.target);
}
