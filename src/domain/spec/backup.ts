import type { SmokeCheck } from '../backup/smoke.ts';
import type { When } from '../duty/when.ts';
import type { Severity } from '../incident/severity.ts';
import type { Clause } from './clause.ts';
import type { Milliseconds } from './duration.ts';
import type { Secret } from './secret.ts';

export const BACKUP_METHODS = ['pg_dump', 'incremental', 'copy', 'archive', 'git'] as const;
type BackupMethod = (typeof BACKUP_METHODS)[number];

/** What is backed up, when, how long it is kept, and when it is proven. */
export interface Backup {
  key: string;
  title: string;
  /** Team key. */
  owner?: string;
  /** A key of `targets`: what is backed up. */
  source: string;
  method: BackupMethod;
  /** Null for one that is made on every change. */
  when: When | null;
  retention: {
    /** Kept this long; null for ever. */
    keep: Milliseconds | null;
    /** Never fewer good ones than this, whatever their age. */
    keepAtLeast: number;
  };
  encrypted: boolean;
  /** Who can read them: age recipients, `age1...`; none, or two at least. */
  recipients: (string | Secret)[];
  /** Recipients of backups that were made before, whose identities are still kept. */
  formerRecipients: (string | Secret)[];
  /** One of which nothing is written for so long has failed. */
  stallAfter: Milliseconds;
  /** A key of `targets`: where it goes. */
  storage?: string;
  /** When the backups made are looked at. */
  verify?: When;
  /** When one is restored to prove that it can be. */
  drill?: When;
  /** What a restored one is asked. */
  smoke: SmokeCheck[];
  /** Longest time to be back. */
  rto?: Milliseconds;
  /** Most work that may be lost, counted in time. */
  rpo?: Milliseconds;
  /** What is declared when one failed or was not made in time; nothing where it is left out. */
  incident?: Severity;
  notConnected?: string;
  clause: Clause[];
  assumed?: string;
}
