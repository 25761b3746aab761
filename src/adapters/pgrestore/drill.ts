import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { CouldNotReason, DrillSeen, FoundDatabase, Seen } from '../../domain/backup/drill-seen.ts';
import type { RungName } from '../../domain/backup/ladder.ts';
import type { Manifest } from '../../domain/backup/manifest.ts';
import { CannotDecrypt } from '../age/decrypt.ts';
import { BrokenPayload } from '../age/payload.ts';
import { type Environment, ProgramFailed, versionOf } from '../pgdump/program.ts';
import { takeSnapshot } from '../pgdump/snapshot.ts';
import { type Fault, filesAsWritten, keyOpens } from '../pgdump/verify.ts';
import { integrityOf } from './integrity.ts';
import { askSmoke, unwritableTables } from './probe.ts';
import { createTarget, type RestoreInto, restoreDump, restoreRoles } from './restore.ts';
import { NoScratch, type Scratch, type ServerPrograms, startScratch } from './scratch.ts';

/** What is to be proven, and with what. */
export interface DrillJob {
  /** Where the backup's files are. */
  readonly folder: string;
  readonly from: DrillSeen['from'];
  readonly manifest: Manifest;
  /** `AGE-SECRET-KEY-1...`; none when whoever drills was given none. */
  readonly identities: readonly string[];
  /** Where the cluster is made, and its rows lie while it is looked at. */
  readonly root: string;
  /** Null when there is no server on this machine. */
  readonly server: ServerPrograms | null;
  readonly smoke: readonly { readonly title: string; readonly sql: string }[];
  /** When the drill began, where it had to be brought here first. */
  readonly beganAt?: Date;
  /** What was found to be wrong with it before its files were read. */
  readonly altered: readonly Fault[];
  /** What programs find around them. */
  readonly environment: Environment;
}

/** Looked at now. */
export type OnRung = (rung: RungName) => void;

/** The database in the cluster of the drill. */
const TARGET = 'restored';
/** A statement of the spec may take so long, in milliseconds. */
const LONGEST_SMOKE = 60_000;
/** A restored database has indexes built on disk, and the log of it. */
const ROOM = 1.5;
const NOT_REACHED = { kind: 'not-reached' } as const;

/**
 * Restores a backup into a cluster that it makes for that and takes away afterwards, and looks at it from all sides. It never
 * throws for what it could not look at: that is what it saw.
 *
 * @throws only what `stop` was given as its reason, or when the cluster could not be taken away
 */
export async function drillBackup(
  job: DrillJob,
  stop: AbortSignal,
  now: () => Date,
  onRung: OnRung,
): Promise<DrillSeen> {
  const seen: Draft = {
    from: job.from,
    fetch: NOT_REACHED,
    key: NOT_REACHED,
    restore: NOT_REACHED,
    found: NOT_REACHED,
    integrity: NOT_REACHED,
    smoke: NOT_REACHED,
    unwritable: NOT_REACHED,
    beganAt: (job.beganAt ?? now()).toISOString(),
    queryableAt: null,
  };
  onRung('fetch');
  seen.fetch = await looked(async () => [...job.altered, ...(await filesAsWritten(job.folder, job.manifest))]);
  if (isClean(seen.fetch)) {
    onRung('key');
    seen.key = await keySeen(job);
    if (seen.key.kind === 'seen' && seen.key.value === null) await restored(job, seen, { stop, now, onRung });
  }
  return { ...seen, endedAt: now().toISOString() };
}

type Draft = { -readonly [Key in keyof Omit<DrillSeen, 'endedAt'>]: DrillSeen[Key] };

interface Way {
  readonly stop: AbortSignal;
  readonly now: () => Date;
  readonly onRung: OnRung;
}

const isClean = (seen: DrillSeen['fetch']) => seen.kind === 'seen' && seen.value.length === 0;

/** Which identities would open it is said: that is what has to be found then. */
async function keySeen({ folder, identities, manifest }: DrillJob): Promise<DrillSeen['key']> {
  if (identities.length === 0)
    return couldNot('no-identity', 'no identity is given: DRILL_IDENTITY_FILE names its file');
  return looked(async () => {
    const [fault] = await keyOpens(folder, identities);
    return fault === undefined ? null : `${fault.what}; it was made for ${manifest.recipients.join(' and ')}`;
  });
}

async function restored(job: DrillJob, seen: Draft, way: Way): Promise<void> {
  way.onRung('restore');
  const lack = await lackOf(job);
  if (lack !== null) {
    seen.restore = lack;
    return;
  }
  const secrets = await mkdtemp(join(tmpdir(), 'mainstay-drill-'));
  let scratch: Scratch | null = null;
  try {
    scratch = await startScratch(job.root, job.server as ServerPrograms);
    await climbed(scratch, { ...job, secrets }, seen, way);
  } catch (error) {
    way.stop.throwIfAborted();
    seen.restore = failed(error);
  } finally {
    await scratch?.remove();
    await rm(secrets, { recursive: true, force: true });
  }
}

/** What the machine lacks for this backup; null when nothing. */
async function lackOf({ server, manifest, root, environment }: DrillJob): Promise<DrillSeen['restore'] | null> {
  if (server === null) return couldNot('no-server', 'there are no server programs of PostgreSQL for this machine');
  const { bytes, server: was } = manifest.database;
  try {
    const found = await versionOf(server.postgres, environment);
    await versionOf('pg_restore', environment);
    const [ours, theirs] = [found.number, was].map((version) => Math.floor(version / 10_000));
    if (ours !== undefined && theirs !== undefined && ours < theirs) {
      return couldNot('server-too-old', `the backup is of PostgreSQL ${theirs} and the server of the drill of ${ours}`);
    }
  } catch (error) {
    return failed(error);
  }
  const { bavail, bsize } = await statfs(root).catch(() => statfs(join(root, '..')));
  return bavail * bsize < bytes * ROOM
    ? couldNot(
        'no-room',
        `${root} has ${mebibytes(bavail * bsize)} MiB free and this needs ${mebibytes(bytes * ROOM)} MiB`,
      )
    : null;
}

async function climbed(
  scratch: Scratch,
  job: DrillJob & { readonly secrets: string },
  seen: Draft,
  way: Way,
): Promise<void> {
  const { manifest } = job;
  const admin = scratch.url('postgres');
  const missing = await missingExtensions(admin, manifest);
  if (missing.length > 0) {
    seen.restore = couldNot('extension-not-here', `the server of the drill lacks ${missing.join(', ')}`);
    return;
  }
  const into: RestoreInto = { ...job, stop: way.stop };
  await restoreRoles(admin, into);
  await createTarget(admin, TARGET, manifest.database);
  const url = scratch.url(TARGET);
  const complaints = await restoreDump(url, job.secrets, into);
  seen.restore =
    complaints.couldNot === null
      ? { kind: 'seen', value: complaints.faults }
      : couldNot(complaints.couldNot.reason, complaints.couldNot.what);
  seen.queryableAt = way.now().toISOString();
  way.onRung('structure');
  seen.found = await looked(() => census(url));
  const client = new pg.Client({ connectionString: url, application_name: 'mainstay-drill' });
  await client.connect();
  // Whoever wants it to end need not wait for amcheck.
  const end = () => void client.end().catch(() => undefined);
  way.stop.addEventListener('abort', end, { once: true });
  try {
    client.on('error', () => undefined);
    way.onRung('semantics');
    const at = { snapshotAt: manifest.database.snapshotAt, longest: LONGEST_SMOKE };
    seen.smoke = await looked(() => askSmoke(client, job.smoke, at));
    way.onRung('write');
    seen.unwritable = await looked(() => unwritableTables(client));
    // Last: it takes longest, and brings an extension of its own.
    way.onRung('integrity');
    seen.integrity = await looked(() => integrityOf(client));
  } finally {
    way.stop.removeEventListener('abort', end);
    await client.end();
  }
  way.stop.throwIfAborted();
}

async function missingExtensions(url: string, { database }: Manifest): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>('select name from pg_available_extensions');
    const here = new Set(rows.map(({ name }) => name));
    return database.extensions.map(({ name }) => name).filter((name) => !here.has(name));
  } finally {
    await client.end();
  }
}

async function census(url: string): Promise<FoundDatabase> {
  const snapshot = await takeSnapshot(url, 'mainstay-drill');
  try {
    const { collation, extensions, roles, migration } = snapshot.facts;
    return { ...(await snapshot.census()), collation, extensions, roles, migration };
  } finally {
    await snapshot.release();
  }
}

async function looked<Value>(look: () => Promise<Value>): Promise<Seen<Value>> {
  try {
    return { kind: 'seen', value: await look() };
  } catch (error) {
    return couldNot('went-wrong', wordsOf(error));
  }
}

/** Of the backup: a finding. Of the drill: it could not look. */
function failed(error: unknown): DrillSeen['restore'] {
  if (error instanceof BrokenPayload || error instanceof CannotDecrypt) {
    return { kind: 'seen', value: [{ reason: 'dump-unreadable', what: error.message }] };
  }
  if (error instanceof NoScratch) return couldNot('no-server', error.message);
  if (error instanceof ProgramFailed) return couldNot('program-missing', error.message);
  return couldNot('went-wrong', wordsOf(error));
}

function couldNot(reason: CouldNotReason, what: string) {
  return { kind: 'could-not', reason, what } as const;
}

/** Of PostgreSQL only the code: its words may quote rows. */
function wordsOf(error: unknown): string {
  if (error instanceof pg.DatabaseError) return `PostgreSQL refused it (SQLSTATE ${error.code ?? 'unknown'})`;
  return error instanceof Error ? error.message : String(error);
}

const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20);
