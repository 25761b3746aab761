import type { Actor } from '../actor.ts';
import type { StoredEvent } from '../event.ts';
import type { Milliseconds } from '../spec/duration.ts';
import type { CopyPlace, CopyVerdict } from './canary.ts';

/** Something that was found wrong with a copy. */
export interface CopyFinding {
  readonly place: CopyPlace;
  readonly verdict: Exclude<CopyVerdict['verdict'], 'sound'>;
  /** Which file, which key, or why it could not be told. */
  readonly what: string;
}

/** What happens to a backup after it is sealed. */
export type CustodyEvent =
  /** Every byte of it lies in that target of the spec as well; it is locked there until then, where that is offered. */
  | { kind: 'backup.copied'; storage: string; bytes: number; lockedUntil: string | null }
  /** It is tried again after that time. */
  | { kind: 'backup.copy-failed'; storage: string; reason: string; again: Milliseconds }
  | { kind: 'backup.held'; reason: string | null }
  | { kind: 'backup.released'; reason: string | null }
  /** It was read, every byte; only told when that says something else than the last time. */
  | { kind: 'backup.looked-at'; findings: CopyFinding[] }
  /** It had its time, and is taken away wherever it lies; then nothing of it is left. */
  | { kind: 'backup.expiring' }
  | { kind: 'backup.expired' };

/** How a sealed backup is kept. */
export interface Custody {
  /** Where it lies besides here; null before. */
  readonly copy: {
    readonly storage: string;
    readonly at: string;
    readonly bytes: number;
    readonly lockedUntil: string | null;
  } | null;
  /** What came of the attempts since it last was copied. */
  readonly copying: { readonly failures: number; readonly reason: string; readonly tryAt: string } | null;
  readonly held: { readonly by: Actor; readonly at: string; readonly reason: string | null } | null;
  /** What reading it last showed: nothing wrong where there are no findings; null before it was read. */
  readonly look: { readonly at: string; readonly findings: readonly CopyFinding[] } | null;
}

export const UNTOUCHED: Custody = { copy: null, copying: null, held: null, look: null };

/** How it is kept after one more event. */
export function custodyAfter(
  before: Custody,
  body: Exclude<CustodyEvent, { kind: 'backup.expiring' | 'backup.expired' }>,
  event: StoredEvent,
): Custody {
  const at = event.occurredAt.toISOString();
  switch (body.kind) {
    case 'backup.copied': {
      const { storage, bytes, lockedUntil } = body;
      return { ...before, copy: { storage, at, bytes, lockedUntil }, copying: null };
    }
    case 'backup.copy-failed': {
      const tryAt = new Date(event.occurredAt.getTime() + body.again).toISOString();
      return { ...before, copying: { failures: (before.copying?.failures ?? 0) + 1, reason: body.reason, tryAt } };
    }
    case 'backup.held':
      return { ...before, held: { by: event.actor, at, reason: body.reason } };
    case 'backup.released':
      return { ...before, held: null };
    case 'backup.looked-at':
      return { ...before, look: { at, findings: body.findings } };
  }
}
