import type { StoredEvent } from '../event.ts';
import type { BackupEvent } from './events.ts';

/** What stands in the place of words that were erased by law. */
const ERASED = '[erased]';

/**
 * What is still known of an event whose body was erased. Its kind and its time are in the chain, so the backup's life keeps its
 * shape; what only the body said is lost. Null when nothing is left to tell.
 */
export function remainsOf({ kind, subject }: StoredEvent<BackupEvent>): BackupEvent | null {
  switch (kind) {
    case 'backup.requested': {
      const terms = { backup: ERASED, title: ERASED, source: ERASED, owner: null, channel: ERASED, occurrence: null };
      return { kind, number: Number(subject.replace('BK-', '')), terms };
    }
    case 'backup.began':
      return { kind, id: ERASED };
    case 'backup.stumbled':
      return { kind, reason: ERASED, again: 0 };
    case 'backup.failed':
      return { kind, reason: ERASED };
    case 'backup.copied':
      return { kind, storage: ERASED, bytes: 0, lockedUntil: null };
    case 'backup.copy-failed':
      return { kind, storage: ERASED, reason: ERASED, again: 0 };
    case 'backup.held':
    case 'backup.released':
      return { kind, reason: ERASED };
    case 'backup.expiring':
    case 'backup.expired':
    case 'backup.interrupted':
    case 'backup.cancelling':
    case 'backup.cancelled':
      return { kind };
    default:
      return null;
  }
}
