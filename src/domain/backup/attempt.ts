import type { Delivery } from '../delivery.ts';
import { backupSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import type { Milliseconds } from '../spec/duration.ts';
import { type BackupRun, isOpenBackup } from './backup.ts';
import { type BackupDecided, type BackupDecision, type BackupSituation, backupEvent, showBackup } from './decision.ts';
import type { BackupEvent, SealedBackup } from './events.ts';

type Situation = Omit<BackupSituation, 'spec'>;

const SECOND = 1000;
/** How long is waited after each attempt that failed for what may pass; after the last it has failed. */
const PATIENCE: readonly Milliseconds[] = [30 * SECOND, 300 * SECOND];
/** One that ends whoever makes it, each time, is not made for ever. */
const MOST_ATTEMPTS = 6;

/** What a process does with a backup that it was given to make. */
export type Beginning =
  | { readonly kind: 'over' }
  /** It ends without another attempt: somebody cancelled it, it was whole already, or it was tried too often. */
  | { readonly kind: 'ended'; readonly decision: BackupDecision }
  | { readonly kind: 'make'; readonly id: string; readonly decision: BackupDecision };

/** What is known when an attempt is to begin. */
interface Before {
  /** What the last attempt left, if that is a whole backup. */
  readonly left: SealedBackup | null;
  /** Why it cannot be made here any more; null when it can. */
  readonly whyNot: string | null;
  /** Four letters that no other attempt of this second has. */
  readonly chance: string;
}

/**
 * Begins it. One that runs according to its log was left by a process that is gone, since of one backup two are never made
 * at once: what that process left is taken if it is whole, and else it begins anew.
 */
export function beginAttempt(backup: BackupRun, { left, whyNot, chance }: Before, situation: Situation): Beginning {
  if (!isOpenBackup(backup)) return { kind: 'over' };
  if (left !== null)
    return { kind: 'ended', decision: endAttempt(backup, { kind: 'sealed', sealed: left }, situation) };
  const isLeft = backup.status !== 'requested' && backup.id !== null;
  const interrupted = isLeft ? [backupEvent(situation, { kind: 'backup.interrupted' as const })] : [];
  const ended = (ending: Ending): Beginning => {
    const { events, deliveries } = endAttempt(backup, ending, situation);
    return { kind: 'ended', decision: { events: [...interrupted, ...events], deliveries } };
  };
  if (backup.status === 'cancelling') return ended({ kind: 'cancelled' });
  if (whyNot !== null) return ended({ kind: 'failed', reason: whyNot });
  if (backup.attempts >= MOST_ATTEMPTS) return ended({ kind: 'failed', reason: tooOften(backup) });
  const id = `${situation.now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${chance}`;
  const events = [...interrupted, backupEvent(situation, { kind: 'backup.began', id })];
  return { kind: 'make', id, decision: { events, deliveries: [showBackup(backup.number)] } };
}

function tooOften({ attempts, failures, reason }: BackupRun): string {
  const gone = `${attempts - failures} of ${attempts} attempts ended with the process that made them`;
  return reason === null ? gone : `${gone}; another one failed: ${reason}`;
}

/** How an attempt ended. */
export type Ending =
  | { readonly kind: 'sealed'; readonly sealed: SealedBackup }
  /** `passing`: the same may succeed later. */
  | { readonly kind: 'failed'; readonly reason: string; readonly passing?: boolean }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'cancelled' };

/** What is written when an attempt ends; a failure is said aloud, everything else is shown where it is shown. */
export function endAttempt(backup: BackupRun, ending: Ending, situation: Situation): BackupDecision {
  const body = eventOf(backup, ending);
  const aloud: Delivery[] = body.kind === 'backup.failed' ? [failureOf(backup, body.reason)] : [];
  return { events: [backupEvent(situation, body)], deliveries: [showBackup(backup.number), ...aloud] };
}

function eventOf(backup: BackupRun, ending: Ending): BackupEvent {
  // Whoever wanted it to end has what they wanted, however it ended.
  if (backup.status === 'cancelling' && ending.kind !== 'sealed') return { kind: 'backup.cancelled' };
  switch (ending.kind) {
    case 'sealed':
      return { kind: 'backup.sealed', sealed: ending.sealed };
    case 'failed': {
      const again = PATIENCE[backup.failures];
      const { reason } = ending;
      if (ending.passing !== true || again === undefined) return { kind: 'backup.failed', reason };
      return { kind: 'backup.stumbled', reason, again };
    }
    case 'interrupted':
      return { kind: 'backup.interrupted' };
    case 'cancelled':
      return { kind: 'backup.cancelled' };
  }
}

function failureOf({ channel, number, title }: BackupRun, reason: string): Delivery {
  return {
    kind: 'post',
    to: { to: 'channel', channel },
    message: { type: 'backup-failed', backup: number, title, reason },
  };
}

/** Somebody wants it to end: whoever makes it hears of that within seconds. */
export function decideCancelBackup(backup: BackupRun, situation: BackupSituation): BackupDecided {
  if (!isOpenBackup(backup)) {
    return refused('already-ended', `${backupSubject(backup.number)} has already ended: it is ${backup.status}.`);
  }
  if (backup.status === 'cancelling') return done({ events: [], deliveries: [] });
  // Nobody makes it now: nobody need hear of it first.
  const kind = backup.status === 'requested' ? 'backup.cancelled' : 'backup.cancelling';
  const events = [backupEvent(situation, { kind })];
  return done({ events, deliveries: [showBackup(backup.number)] });
}
