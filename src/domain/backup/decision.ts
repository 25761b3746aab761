import type { Actor } from '../actor.ts';
import type { Delivery } from '../delivery.ts';
import { backupSubject, type EventDraft } from '../event.ts';
import { type Outcome, type Refusal, refused } from '../outcome.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { BackupEvent } from './events.ts';

/** Who decides, when, and under which spec. */
export interface BackupSituation {
  readonly actor: Actor;
  readonly now: Date;
  readonly spec: OperationsSpec;
}

/** What is written about a backup: events in order, and what is said about them. */
export interface BackupDecision {
  readonly events: readonly EventDraft<BackupEvent>[];
  readonly deliveries: readonly Delivery[];
}

/** `unknown-backup`: the spec has none of that key, or there is none of that number. `not-available`: it cannot be made here. */
export type BackupRefusal =
  | 'unknown-backup'
  | 'not-available'
  | 'already-ended'
  | 'not-kept'
  | 'already-held'
  | 'not-held'
  | 'nothing-to-approve'
  | 'not-permitted';

export type BackupDecided = Outcome<BackupDecision, BackupRefusal>;

export function backupEvent<Body extends BackupEvent>(
  { actor, now }: Omit<BackupSituation, 'spec'>,
  body: Body,
): EventDraft<Body> {
  return { actor, occurredAt: now, recordedAt: now, body };
}

/** Shows it as it is now, where it is shown. */
export function showBackup(number: number): Delivery {
  return { kind: 'render', key: `backup:${number}:card` };
}

/** Refuses because there is no such backup. */
export function unknownBackup(number: number): { readonly ok: false; readonly refusal: Refusal<BackupRefusal> } {
  return refused('unknown-backup', `There is no ${backupSubject(number)}. \`/backup list\` shows the backups.`);
}
