import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from '../adapters/pgdump/verify.ts';
import { type DrillJob, drillBackup } from '../adapters/pgrestore/drill.ts';
import { findBinaries } from '../adapters/postgres/binaries.ts';
import type { KeptBackup } from '../adapters/storage/folder.ts';
import { climb, type DrillExpectations } from '../domain/backup/ladder.ts';
import type { StorePlace } from '../domain/backup/place.ts';
import { MANIFEST_FILE } from '../domain/backup/restore-notes.ts';
import type { Driller } from '../usecases/drill-port.ts';
import { backupsIn, programEnvironment } from './backups.ts';
import { copiesFrom, copiesHere } from './drill-copies.ts';

export interface DrillerOptions {
  readonly home: string;
  readonly identityFile: string;
  /** Where copies lie that are to be proven; null: those of this home are. */
  readonly store: StorePlace | null;
  /** Of this process, of which programs are given where they are found. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
}

const IDENTITY = /^AGE-SECRET-KEY-1[0-9A-Z]+$/;

/** Where clusters of drills are made, and what is restored lies while it is looked at. */
function drillsIn(home: string): string {
  return join(home, 'drills');
}

/** The identities of a file of age; lines that begin with # are notes. @throws when it cannot be read, or has none */
export async function identitiesIn(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new Error(`the identity file ${file} cannot be read: ${cause.message}`, { cause });
  });
  const identities = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => IDENTITY.test(line));
  if (identities.length === 0)
    throw new Error(`${file} has no identity of age; \`age-keygen\` makes one (AGE-SECRET-KEY-1...)`);
  return identities;
}

/** What a drill needs beside the backup: where it is made, with which programs, and with whose key. */
export async function drillTools({ home, identityFile, environment }: Omit<DrillerOptions, 'now' | 'store'>) {
  return {
    identities: await identitiesIn(identityFile),
    root: drillsIn(home),
    // That there are none is what the drill then says.
    server: await findBinaries().catch(() => null),
    environment: programEnvironment(environment),
  } satisfies Partial<DrillJob>;
}

/** Drills backups: those of a store elsewhere where one is given, else those in the folder of this home. */
export function createDriller(options: DrillerOptions): Driller {
  const { home, store, now } = options;
  return {
    drill: async (drill, stop, onRung) => {
      const beganAt = now();
      if (store !== null) onRung('fetch');
      const copies =
        store === null
          ? await copiesHere(backupsIn(home), drill)
          : await copiesFrom(store, drillsIn(home), drill, stop);
      if (typeof copies === 'string') return { kind: 'not-made', lack: 'copy-not-fetched', what: copies };
      try {
        const { whole, root, from } = copies;
        const found = whole.find(({ id }) => id === drill.id);
        if (found === undefined) {
          const where = from === 'local' ? root : 'the store';
          const what = `${drill.backup}/${drill.id} is not in ${where}, or its manifest cannot be read`;
          return { kind: 'not-made', lack: 'backup-not-found', what };
        }
        const expected = { ...drill, previous: previousOf(whole, drill.previous) };
        const altered = alteredBy(found, drill.manifestSha256);
        const tools = await drillTools(options);
        const job = { ...jobOf(root, found), ...tools, from, smoke: drill.smoke, altered, beganAt };
        const seen = await drillBackup(job, stop, now, onRung);
        return { kind: 'ended', result: climb(found.manifest, seen, expected) };
      } finally {
        await copies.remove();
      }
    },
  };
}

/** What a drill is told of a backup that lies in a folder. */
export function jobOf(root: string, { id, manifest }: KeptBackup) {
  return { folder: join(root, manifest.backup, id), from: 'local', manifest } as const;
}

/** The backup another one's volume is held against. */
export function previousOf(whole: readonly KeptBackup[], id: string | null): DrillExpectations['previous'] {
  const before = whole.find((one) => one.id === id);
  return before === undefined ? null : { id: before.id, tables: before.manifest.tables };
}

/** The log knows which manifest was written: with another one nothing of it proves anything. */
function alteredBy({ manifestSha256 }: KeptBackup, known: string): Fault[] {
  return manifestSha256 === known ? [] : [{ file: MANIFEST_FILE, what: 'it is not the one that was written' }];
}
