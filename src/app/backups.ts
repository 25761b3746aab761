import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { BackupFailed, makeInChild } from '../adapters/pgdump/in-child.ts';
import type { BackupJob } from '../adapters/pgdump/make.ts';
import { filesAsWritten } from '../adapters/pgdump/verify.ts';
import { discard, keptIn, sweep } from '../adapters/storage/folder.ts';
import { sealedOf } from '../domain/backup/manifest.ts';
import { reveal } from '../domain/spec/secret.ts';
import type { BackupMaker, BackupOrder } from '../usecases/backup-port.ts';
import type { SpecSource } from '../usecases/ports.ts';

export interface BackupMakerOptions {
  /** Where Mainstay keeps what is its own; backups lie in `backups` below it. */
  readonly home: string;
  readonly spec: SpecSource;
  /** Mainstay's own environment, of which programs are given where they are found. */
  readonly environment: Readonly<Record<string, string | undefined>>;
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
      try {
        await makeInChild(jobOf(order, root, options), stop, onBytes);
      } catch (error) {
        if (!(error instanceof BackupFailed)) throw error;
        return { ok: false, reason: options.redact(error.message), passing: error.passing };
      }
      const found = await keptOf(root, order.backup.key, order.id);
      if (found === null) throw new Error(`${order.id} was made and is not there`);
      const took = Math.round(performance.now() - began);
      return { ok: true, sealed: sealedOf(found.manifest, found.manifestSha256, took) };
    },
    leftOf: async ({ backup, number }, id, took) => {
      const found = await keptOf(root, backup, id);
      if (found === null) {
        await sweep(root, backup, id);
        return null;
      }
      const faults = await filesAsWritten(join(root, backup, id), found.manifest);
      if (found.manifest.number === number && faults.length === 0) {
        return sealedOf(found.manifest, found.manifestSha256, took);
      }
      await discard(root, backup, id);
      return null;
    },
    discard: (backup, id) => discard(root, backup, id),
  };
}

async function keptOf(root: string, backup: string, id: string) {
  const { whole } = await keptIn(root, backup);
  return whole.find((one) => one.id === id) ?? null;
}

function jobOf(
  { backup, number, id, lastBytes }: BackupOrder,
  root: string,
  { spec, environment, version }: BackupMakerOptions,
): BackupJob {
  const target = spec.current().targets[backup.source];
  if (target === undefined || 'notConnected' in target) throw new Error(`${backup.source} is not here`);
  return {
    root,
    backup: backup.key,
    id,
    number,
    url: reveal(target.url),
    recipients: backup.recipients.map(reveal),
    needsRoom: lastBytes === null ? null : Math.ceil(lastBytes * ROOM),
    stallAfter: backup.stallAfter,
    environment: programEnvironment(environment),
    version,
  };
}
