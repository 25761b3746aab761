import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { filesAsWritten, keyOpens, readsThrough } from '../adapters/pgdump/verify.ts';
import { backupFolders, keptIn } from '../adapters/storage/folder.ts';
import { backupsIn, programEnvironment } from '../app/backups.ts';
import { loadStoreConfig } from '../config.ts';
import { type BackupRun, OPEN_BACKUP_STATUSES } from '../domain/backup/backup.ts';
import { MANIFEST_FILE } from '../domain/backup/restore-notes.ts';
import { backupSubject } from '../domain/event.ts';
import { sizeWords } from '../domain/text/size-words.ts';
import { verifyOffSite } from './backup-keeping.ts';
import { table } from './table.ts';
import { oneArgument, type RunCli, UsageError } from './types.ts';
import { withStore } from './with-store.ts';

/** More than anybody keeps. */
const MOST = 10_000;

/** `backup list`: what lies in the folder, held against what the log says was made. */
export const backupList: RunCli = async (args, { env }) => {
  const key = args.length === 0 ? null : oneArgument(args, 'the backup');
  const root = backupsIn(loadStoreConfig(env).home);
  const runs = await withStore(env, (store) => store.backups(key === null ? {} : { backup: key }, MOST));
  const found = await Promise.all(
    (await backupFolders(root, key)).map(async (one) => ({ key: one, ...(await keptIn(root, one)) })),
  );
  const here = new Map(found.flatMap(({ key: of, whole }) => whole.map((kept) => [`${of}/${kept.id}`, kept])));
  const known = runs.map((run) => {
    const folder = run.sealed === null ? null : `${run.backup}/${run.sealed.id}`;
    return { run, folder, here: folder !== null && here.delete(folder) };
  });
  const unknown = [...here].map(([folder, { manifest }]) => ({
    folder,
    number: manifest.number,
    snapshotAt: manifest.database.snapshotAt,
  }));
  const rows = [
    ...known.map(({ run, folder, here: isHere }) => rowOf(run, folder, isHere)),
    ...unknown.map(({ folder, number, snapshotAt }) => [
      `(${backupSubject(number)})`,
      'not in the log',
      snapshotAt,
      '',
      folder,
    ]),
  ];
  const json = [...known.map(({ run, here: isHere }) => ({ ...run, here: isHere })), ...unknown];
  return {
    text:
      rows.length === 0 ? 'There is no backup yet.' : table(['BACKUP', 'STATUS', 'SNAPSHOT', 'SIZE', 'FOLDER'], rows),
    json,
  };
};

function rowOf(run: BackupRun, folder: string | null, isHere: boolean): string[] {
  const { sealed } = run;
  const status = sealed !== null && !isHere ? 'sealed, not here' : run.status;
  return [
    backupSubject(run.number),
    status,
    sealed?.snapshotAt ?? '',
    sealed === null ? '' : sizeWords(sealed.bytes),
    folder ?? run.backup,
  ];
}

/** What was found of one backup. */
interface Verified {
  readonly folder: string;
  readonly faults: readonly { readonly file: string; readonly what: string }[];
}

/**
 * `backup verify`: whether every byte is as it was written, and with an identity whether all of it can be read. Works
 * without a running bot; the log is asked what was made.
 */
export const backupVerify: RunCli = async (args, { env }) => {
  const { key, identityFile, offSite } = readArguments(args);
  if (offSite) return verifyOffSite(key, env);
  const identities = identityFile === null ? [] : await identitiesIn(identityFile);
  const root = backupsIn(loadStoreConfig(env).home);
  const of = key === null ? {} : { backup: key };
  const { runs, open } = await withStore(env, async (store) => ({
    runs: await store.backups({ ...of, statuses: ['sealed'] }, MOST),
    open: await store.backups({ ...of, statuses: OPEN_BACKUP_STATUSES }, MOST),
  }));
  const verified: Verified[] = [];
  const missing = new Map(runs.flatMap(({ backup, sealed }) => (sealed === null ? [] : [[sealed.id, backup]])));
  for (const one of await backupFolders(root, key)) {
    const { whole, broken } = await keptIn(root, one);
    for (const { id, manifest, manifestSha256 } of whole) {
      missing.delete(id);
      const folder = join(root, one, id);
      const said = runs.find(({ sealed }) => sealed?.id === id)?.sealed;
      const changed = said !== undefined && said !== null && said.manifestSha256 !== manifestSha256;
      const faults = [
        ...(changed ? [{ file: MANIFEST_FILE, what: 'it is not the one that the log tells of' }] : []),
        ...(await filesAsWritten(folder, manifest)),
        ...(identities.length === 0 ? [] : await keyOpens(folder, identities)),
      ];
      const deep = identities.length > 0 && faults.length === 0;
      verified.push({
        folder: `${one}/${id}`,
        faults: deep ? await readsThrough(folder, identities, programEnvironment(env)) : faults,
      });
    }
    for (const id of broken) {
      // One that is being made has no manifest yet.
      if (open.some((run) => run.id === id)) continue;
      missing.delete(id);
      verified.push({
        folder: `${one}/${id}`,
        faults: [{ file: MANIFEST_FILE, what: 'there is none that can be read: it is no backup' }],
      });
    }
  }
  for (const [id, backup] of missing) {
    verified.push({
      folder: `${backup}/${id}`,
      faults: [{ file: MANIFEST_FILE, what: 'the log has this backup, and it is not here' }],
    });
  }
  const bad = verified.filter(({ faults }) => faults.length > 0);
  const how =
    identities.length > 0 ? 'every byte was read, decrypted and read by pg_restore' : 'every byte is as it was written';
  const lines = bad.flatMap(({ folder, faults }) =>
    faults.map(({ file, what }) => `FAULT  ${folder}/${file}: ${what}`),
  );
  const sum = `${verified.length - bad.length} of ${verified.length} are good: ${how}.`;
  const none = key === null ? 'There is no backup here.' : `There is no backup of ${key} here.`;
  return {
    text: verified.length === 0 ? none : [...lines, sum].join('\n'),
    json: verified,
    // That nothing was found wrong where nothing was found is no good news.
    exitCode: bad.length === 0 && verified.length > 0 ? 0 : 1,
  };
};

function readArguments(args: readonly string[]): {
  key: string | null;
  identityFile: string | null;
  offSite: boolean;
} {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { identity: { type: 'string' }, 'off-site': { type: 'boolean', default: false } },
    });
    if (values['off-site'] && values.identity !== undefined) {
      throw new UsageError('--off-site goes without --identity: a drill restores from there.');
    }
    return {
      offSite: values['off-site'],
      key: positionals.length === 0 ? null : oneArgument(positionals, 'the backup'),
      identityFile: values.identity ?? null,
    };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The identities of a file as `age-keygen` writes it. */
async function identitiesIn(path: string): Promise<string[]> {
  const lines = (await readFile(path, 'utf8')).split(/\r?\n/).map((line) => line.trim());
  const identities = lines.filter((line) => line.startsWith('AGE-SECRET-KEY-1'));
  if (identities.length === 0) throw new UsageError(`${path} holds no identity of age (AGE-SECRET-KEY-1...).`);
  return identities;
}
