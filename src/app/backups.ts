import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { BackupFailed, makeInChild } from '../adapters/pgdump/in-child.ts';
import type { BackupJob } from '../adapters/pgdump/make.ts';
import { filesAsWritten } from '../adapters/pgdump/verify.ts';
import { discard, type KeptBackup, keptOf, sweep } from '../adapters/storage/folder.ts';
import type { BackupRun } from '../domain/backup/backup.ts';
import type { SealedBackup } from '../domain/backup/events.ts';
import { sealedOf } from '../domain/backup/manifest.ts';
import type { Milliseconds } from '../domain/spec/duration.ts';
import { reveal } from '../domain/spec/secret.ts';
import type { BackupMaker, BackupOrder } from '../usecases/backup-port.ts';
import type { SpecSource } from '../usecases/ports.ts';

export interface BackupMakerOptions {
  /** Where Mainstay keeps what is its own; backups lie in `backups` below it. */
  readonly home: string;
  readonly spec: SpecSource;
  /** Mainstay's own environment, of which programs are given where they are found. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Address of Mainstay's own database. */
  readonly ownUrl: string;
  /** Of Mainstay. */
  readonly version: string;
  /** Takes out of what programs say what nobody may read. */
  readonly redact: (text: string) => string;
}

/** Room for one half as big again as the last. */
const ROOM = 1.5;

/** Where backups lie. */
export function backupsIn(home: string): string {
  return join(home, 'backups');
}

/** What the programs of PostgreSQL find around them: nothing of what is Mainstay's own. */
export function programEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR'].flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Four letters and digits, for the names of folders. */
export function chance(): string {
  return randomInt(36 ** 4)
    .toString(36)
    .padStart(4, '0');
}

/** Makes backups into the folder of this home. */
export function backupMaker(options: BackupMakerOptions): BackupMaker {
  const root = backupsIn(options.home);
  return {
    make: async (order, stop, onBytes) => {
      const began = performance.now();
      const took = () => Math.round(performance.now() - began);
      try {
        await makeInChild(jobOf(order, root, options), stop, onBytes);
        const found = await keptOf(root, order.backup.key, order.id);
        if (found === null) throw new Error(`${order.id} was made and is not there`);
        return { ok: true, sealed: sealedOf(found.manifest, found.manifestSha256, took()) };
      } catch (error) {
        // Whoever was killed could not tidy up, or not say that it was done.
        const run = { backup: order.backup.key, number: order.number };
        const left = await leftIn(root, run, order.id, took()).catch(() => null);
        if (left !== null) return { ok: true, sealed: left };
        if (stop.aborted) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        return {
          ok: false,
          reason: options.redact(reason),
          passing: !(error instanceof BackupFailed) || error.passing,
        };
      }
    },
    // What cannot be looked at is no backup here, and keeps nobody from making one; `backup verify` names it.
    leftOf: (run, id, took) => leftIn(root, run, id, took).catch(() => null),
    discard: (backup, id) => discard(root, backup, id),
  };
}

/** The whole backup that an attempt left; whatever else it left is taken away. */
async function leftIn(
  root: string,
  { backup, number }: Pick<BackupRun, 'backup' | 'number'>,
  id: string,
  took: Milliseconds,
): Promise<SealedBackup | null> {
  const found = await sweep(root, backup, id);
  if (found === null) return null;
  if (found.manifest.number === number && (await isAsWritten(root, backup, found))) {
    return sealedOf(found.manifest, found.manifestSha256, took);
  }
  await discard(root, backup, id);
  return null;
}

async function isAsWritten(root: string, backup: string, { id, manifest }: KeptBackup): Promise<boolean> {
  return (await filesAsWritten(join(root, backup, id), manifest)).length === 0;
}

function jobOf(
  { backup, number, id, lastBytes }: BackupOrder,
  root: string,
  { spec, environment, version, ownUrl }: BackupMakerOptions,
): BackupJob {
  const target = spec.current().targets[backup.source];
  if (target === undefined || 'notConnected' in target) throw new Error(`${backup.source} is not here`);
  return {
    root,
    backup: backup.key,
    id,
    number,
    url: target.kind === 'mainstay' ? ownUrl : reveal(target.url),
    recipients: backup.recipients.map(reveal),
    needsRoom: lastBytes === null ? null : Math.ceil(lastBytes * ROOM),
    stallAfter: backup.stallAfter,
    environment: programEnvironment(environment),
    version,
  };
}
