import { OPEN_BACKUP_STATUSES } from '../../domain/backup/backup.ts';
import type { Leftovers } from '../backup-port.ts';
import type { Store } from '../ports.ts';

/** More of one key are never open at once. */
const MOST = 10;

/**
 * Takes away what attempts left that nobody makes any more, when nobody was there to do it at once. The name of a folder is in the
 * log before the folder is there: one that no open backup names is nobody's.
 *
 * @returns which
 */
export async function sweepBackups(store: Pick<Store, 'latestBackups'>, left: Leftovers): Promise<readonly string[]> {
  const swept: string[] = [];
  for (const { backup, id } of await left.unfinished()) {
    const open = await store.latestBackups([backup], OPEN_BACKUP_STATUSES, MOST);
    if (open.some((run) => run.id === id)) continue;
    if (await left.sweep(backup, id)) swept.push(`${backup}/${id}`);
  }
  return swept;
}
