import type { Milliseconds } from '../spec/duration.ts';
import type { SealedBackup } from './events.ts';

/** A file of a backup, as it was written. */
export interface BackupFile {
  readonly name: string;
  readonly bytes: number;
  /** Of the file as it lies there: encrypted. Hexadecimal. */
  readonly sha256: string;
}

/** A table as the snapshot saw it. */
export interface TableCensus {
  readonly schema: string;
  readonly name: string;
  readonly rows: number;
  /**
   * The sum of the hashes of all its rows, so that their order does not matter; as a decimal number. Null for a table whose
   * rows are not dumped (foreign ones) or not kept through a restore as they are.
   */
  readonly checksum: string | null;
}

/** Sequences are not transactional: after a restore one is at least here, and at least where its column is. */
export interface SequenceCensus {
  readonly schema: string;
  readonly name: string;
  /** Null when it was never used. */
  readonly value: string | null;
}

/** One thing of the catalog: its name, and a digest of what it is. */
export interface StructureCensus {
  readonly kind: 'table' | 'index' | 'constraint' | 'view' | 'function' | 'trigger' | 'type';
  readonly name: string;
  /** Of columns, owner, definition: whatever of it a restore has to bring back. Hexadecimal. */
  readonly digest: string;
}

/** What the database was when the snapshot was taken. No row of it, and nothing of a person, is in here. */
export interface DatabaseFacts {
  readonly database: string;
  /** `server_version_num`: 150018. */
  readonly server: number;
  /** Of the cluster; null where the role may not ask. */
  readonly systemIdentifier: string | null;
  /** Where the log of changes was. */
  readonly lsn: string;
  readonly snapshotAt: string;
  /** `pg_database_size`, in bytes. */
  readonly bytes: number;
  readonly encoding: string;
  readonly collation: string;
  /** `datctype`; not known of old backups, as the next two. */
  readonly ctype?: string | undefined;
  /** `c` of the system, `i` of ICU, `b` of PostgreSQL; null where the server knows no such thing. */
  readonly localeProvider?: string | null | undefined;
  /** Its name with ICU or PostgreSQL. */
  readonly providerLocale?: string | null | undefined;
  readonly extensions: readonly { readonly name: string; readonly version: string }[];
  /** Roles that own something or were given something: they must exist before a restore. */
  readonly roles: readonly string[];
  /** Name of the last migration in `_prisma_migrations`; null where there are none. */
  readonly migration: string | null;
}

/**
 * What a backup is, said beside it, so that anybody can restore and prove it without Mainstay. Written last: a folder without
 * one is no backup.
 */
export interface Manifest {
  readonly format: 1;
  /** The folder it lies in. */
  readonly id: string;
  /** Key in the spec. */
  readonly backup: string;
  /** Number of the run: BK-12. */
  readonly number: number;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly tools: { readonly mainstay: string; readonly pgDump: string };
  readonly database: DatabaseFacts;
  readonly tables: readonly TableCensus[];
  readonly sequences: readonly SequenceCensus[];
  readonly structure: readonly StructureCensus[];
  /** Who can read it: age recipients, which are no secrets. */
  readonly recipients: readonly string[];
  /** Of what is inside the encryption: the dump, compressed. */
  readonly dump: { readonly compressedBytes: number; readonly compressedSha256: string };
  readonly files: readonly BackupFile[];
  /** RESTORE.txt; old backups do not tell of it. */
  readonly notes?: BackupFile | undefined;
  /** What pg_dump complained of and went on: something may have been left out. Not known of old backups. */
  readonly warnings?: readonly string[] | undefined;
}

/** What the log keeps of a backup that is whole. */
export function sealedOf(manifest: Manifest, manifestSha256: string, took: Milliseconds): SealedBackup {
  const { id, files, tables, database } = manifest;
  return {
    id,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    manifestSha256,
    snapshotAt: database.snapshotAt,
    tables: tables.length,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    took,
  };
}
