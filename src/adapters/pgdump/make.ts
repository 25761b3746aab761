import { open, rm, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import type { BackupFile, Manifest } from '../../domain/backup/manifest.ts';
import { DUMP_FILE, GLOBALS_FILE, MANIFEST_FILE, NOTES_FILE, restoreNotes } from '../../domain/backup/restore-notes.ts';
import { encryptTo } from '../age/encrypt.ts';
import { makeFolder } from '../files/folder.ts';
import { connectionFile } from './connection.ts';
import { type Dump, dumpDatabase, dumpGlobals } from './dump.ts';
import { syncFolder, writeWhole } from './files.ts';
import { gate, hashing } from './metering.ts';
import { type Environment, versionOf } from './program.ts';
import { BackupRefused } from './refused.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';

const LEAST_RECIPIENTS = 2;
/** Of what a database takes, indexes and all, a compressed dump is a third or less. */
const UNKNOWN_SHARE = 0.5;

/** What is to be backed up, and how. */
export interface BackupJob {
  /** Where backups are kept: a folder, made if need be. */
  readonly root: string;
  /** Key of the backup in the spec: the folder below. */
  readonly backup: string;
  /** The folder below that; no other backup has the same. */
  readonly id: string;
  /** Of the run: BK-12. */
  readonly number: number;
  /** Address of the database, with its password. */
  readonly url: string;
  readonly recipients: readonly string[];
  /** So much room is needed at least, in bytes; null where nobody knows: half of what the database takes. */
  readonly needsRoom: number | null;
  /** When nothing was written for so long it has failed, in milliseconds. */
  readonly stallAfter: number;
  /** What the programs find around them. */
  readonly environment: Environment;
  readonly version: string;
}

/** Nothing came for so long that nothing will. */
class Stalled extends Error {
  override readonly name = 'Stalled';
}

/** How far it is, in encrypted bytes written. */
export type OnProgress = (bytes: number) => void;

/**
 * Makes one backup of a PostgreSQL database: dump, roles, how to restore it by hand, and last the manifest with the counts and
 * checksums of the very snapshot that was dumped. When it fails or is stopped, nothing of it is left.
 *
 * @throws BackupRefused before anything is written; RowsHidden, ProgramFailed, Stalled, or what disk and database say
 */
export async function makeBackup(job: BackupJob, stop: AbortSignal, onProgress: OnProgress): Promise<Manifest> {
  await refuseUnreadable(job.recipients);
  const pgDump = await versionOf('pg_dump', job.environment);
  const snapshot = await takeSnapshot(job.url, nameOf(job));
  try {
    refuseOld(pgDump.number, snapshot);
    const folder = join(job.root, job.backup, job.id);
    await makeFolder(join(job.root, job.backup), 0o700);
    await refuseWithoutRoom(job.root, job.needsRoom ?? snapshot.facts.bytes * UNKNOWN_SHARE);
    await makeFolder(folder, 0o700);
    try {
      return await fill(folder, job, { snapshot, pgDump: pgDump.text, stop, onProgress });
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  } finally {
    await snapshot.release();
  }
}

/** What the database sees of whoever connects. */
function nameOf({ number }: BackupJob): string {
  return `mainstay-backup-${number}`;
}

/** An old program leaves out what it does not know of, and may say nothing (GitLab, January 2017). */
function refuseOld(pgDump: number, { facts }: Snapshot): void {
  const [ours, theirs] = [pgDump, facts.server].map((version) => Math.floor(version / 10_000));
  if (ours === undefined || theirs === undefined || ours >= theirs) return;
  throw new BackupRefused(
    `pg_dump is of PostgreSQL ${ours} and the server of ${theirs}; install pg_dump ${theirs} or newer`,
  );
}

/** With one key lost so would be every backup; and what nobody can read is none. */
async function refuseUnreadable(recipients: readonly string[]): Promise<void> {
  if (new Set(recipients).size < LEAST_RECIPIENTS) {
    throw new BackupRefused(`fewer than ${LEAST_RECIPIENTS} people could read it; name two recipients`);
  }
  await encryptTo(recipients).catch((cause: Error) => {
    throw new BackupRefused(cause.message, { cause });
  });
}

async function refuseWithoutRoom(root: string, needsRoom: number): Promise<void> {
  const { bavail, bsize } = await statfs(root);
  const free = bavail * bsize;
  if (free >= needsRoom) return;
  throw new BackupRefused(`${root} has ${mebibytes(free)} MiB free and this needs ${mebibytes(needsRoom)} MiB`);
}

const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20);

interface Making {
  readonly snapshot: Snapshot;
  readonly pgDump: string;
  readonly stop: AbortSignal;
  readonly onProgress: OnProgress;
}

async function fill(folder: string, job: BackupJob, { snapshot, pgDump, stop, onProgress }: Making): Promise<Manifest> {
  const startedAt = new Date();
  // In the folder of the attempt: whatever ends it, what takes that away takes the password away.
  const environment = { ...job.environment, ...(await connectionFile(job.url, folder, nameOf(job))) };
  // The short one first: what it is refused is not to be found out after hours.
  const globals = await encrypted(dumpGlobals(snapshot.facts.database, environment), join(folder, GLOBALS_FILE), job, {
    stop,
    onProgress: () => {},
  });
  // Counted while it is dumped: both see the same moment, and tables that nobody empties or rewrites between them.
  await unlessStopped(snapshot.hold(), stop);
  const counting = snapshot.census();
  counting.catch(() => undefined);
  const dump = await encrypted(dumpDatabase(snapshot.name, environment), join(folder, DUMP_FILE), job, {
    stop,
    onProgress,
  });
  await rm(environment.PGSERVICEFILE);
  const { tables, sequences, structure } = await unlessStopped(counting, stop);
  const warnings = [...globals.said, ...dump.said];
  const noted = { id: job.id, database: snapshot.facts, recipients: job.recipients, pgDump, warnings };
  const notes = await writeText(join(folder, NOTES_FILE), restoreNotes(noted), stop);
  const manifest: Manifest = {
    format: 1,
    id: job.id,
    backup: job.backup,
    number: job.number,
    startedAt: startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    tools: { mainstay: job.version, pgDump },
    database: snapshot.facts,
    tables,
    sequences,
    structure,
    recipients: [...job.recipients],
    dump: { compressedBytes: dump.inside.bytes, compressedSha256: dump.inside.sha256 },
    files: [dump.file, globals.file],
    notes,
    warnings,
  };
  await writeText(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`, stop);
  await syncFolder(join(job.root, job.backup));
  return manifest;
}

/** @throws the reason of `stop` as soon as it is given */
function unlessStopped<T>(work: Promise<T>, stop: AbortSignal): Promise<T> {
  const stopped = Promise.withResolvers<never>();
  const end = () => stopped.reject(stop.reason);
  if (stop.aborted) end();
  stop.addEventListener('abort', end, { once: true });
  return Promise.race([work, stopped.promise]).finally(() => stop.removeEventListener('abort', end));
}

/** Encrypts a dump into a file. It is there only when everybody who made it ended well. */
async function encrypted(
  dump: Dump,
  path: string,
  { recipients, stallAfter }: BackupJob,
  { stop, onProgress }: Pick<Making, 'stop' | 'onProgress'>,
) {
  const stalled = new AbortController();
  let timer = setTimeout(() => {}, 0);
  const moving = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      stalled.abort(new Stalled(`nothing was written for ${Math.round(stallAfter / 1000)} seconds`));
    }, stallAfter);
  };
  const signal = AbortSignal.any([stop, stalled.signal]);
  signal.addEventListener('abort', dump.stop, { once: true });
  try {
    moving();
    const inside = hashing();
    const outside = hashing((bytes) => {
      moving();
      onProgress(bytes);
    });
    const sealed = await encryptTo(recipients);
    await writeWhole(path, [dump.stream, gate(dump.proven), inside.stream, sealed, outside.stream], signal);
    await refuseCleartext(path);
    const file: BackupFile = { name: basename(path), ...outside.result() };
    return { inside: inside.result(), file, said: dump.said() };
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', dump.stop);
    dump.stop();
    await dump.gone;
  }
}

const AGE = 'age-encryption.org/v1';

/** Others have shipped backups that were configured to be encrypted and were not (CVE-2021-38599). */
async function refuseCleartext(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(AGE.length), 0, AGE.length, 0);
    if (buffer.toString('latin1') !== AGE) throw new Error(`${path} is not encrypted`);
  } finally {
    await file.close();
  }
}

async function writeText(path: string, text: string, stop: AbortSignal): Promise<BackupFile> {
  const hash = hashing();
  await writeWhole(path, [Readable.from([text]), hash.stream], stop);
  return { name: basename(path), ...hash.result() };
}
