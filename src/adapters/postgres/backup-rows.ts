import { AWAITED_BACKUP_STATUSES, type BackupRun } from '../../domain/backup/backup.ts';
import type { BackupPlan } from '../../domain/backup/planning.ts';
import { backupSubject } from '../../domain/event.ts';
import type { BackupTx } from '../../usecases/backup-port.ts';
import { EMPTY_CHAIN, type Head } from './chain.ts';
import { mayExist } from './numbers.ts';
import type { Session } from './session.ts';

/** "bkup" in the advisory locks of this database, beside the hash of a key: whoever begins one of that key holds it until the end. */
const BEGINNING = 0x626b7570;

// Both rows are locked, as with incidents: after waiting for another writer PostgreSQL re-reads only rows that it locks.
const LOCKED = `
  select head.subject, head.seq, head.hash, backup.state
    from "BackupRun" as backup join "EventHead" as head on head.subject = 'BK-' || backup.number`;

const ONE = `${LOCKED} where backup.number = $1 for update`;
const OPEN = `${LOCKED} where backup.backup = $1 and backup.status = any($2::text[]) order by backup.number limit 1 for update`;

/**
 * What a transaction knows of backups.
 *
 * @param heads where the chains end that the transaction holds; added to
 */
export function backupRows({ rows }: Session, heads: Map<string, Head>): BackupTx {
  const locked = async (text: string, values: readonly unknown[]): Promise<BackupRun | null> => {
    const [found] = await rows<Head & { subject: string; state: BackupRun }>(text, values);
    if (found === undefined) return null;
    heads.set(found.subject, { seq: found.seq, hash: found.hash });
    return found.state;
  };
  return {
    backup: async (number) => (mayExist(number) ? locked(ONE, [number]) : null),
    openBackup: async (key) => {
      await rows('select pg_advisory_xact_lock($1, hashtext($2))', [BEGINNING, key]);
      return locked(OPEN, [key, AWAITED_BACKUP_STATUSES]);
    },
    backupPlan: async (key) => {
      const [row] = await rows<{ state: BackupPlan }>('select state from "BackupPlan" where key = $1', [key]);
      return row?.state ?? null;
    },
    nextBackupNumber: async () => {
      const [row] = await rows<{ number: number }>(`select nextval('backup_number')::int as number`, []);
      if (row === undefined) throw new Error('PostgreSQL gave no number for a backup.');
      heads.set(backupSubject(row.number), EMPTY_CHAIN);
      return row.number;
    },
  };
}
