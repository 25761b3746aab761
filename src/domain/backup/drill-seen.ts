import type { SequenceCensus, StructureCensus, TableCensus } from './manifest.ts';

/** What a drill looked at: `could-not` says why it had to leave it, which is neither good nor bad news of the backup. */
export type Seen<Value> =
  | { readonly kind: 'seen'; readonly value: Value }
  | { readonly kind: 'could-not'; readonly reason: CouldNotReason; readonly what: string }
  | { readonly kind: 'not-reached' };

/** Why a drill could not look: something the drill itself lacks. */
export type CouldNotReason =
  | 'no-identity'
  | 'no-server'
  | 'server-too-old'
  | 'program-missing'
  | 'program-too-old'
  | 'extension-not-here'
  | 'no-room'
  | 'stopped'
  | 'went-wrong';

/** What pg_restore complained of, by the object it was at; never by its rows. */
export interface RestoreFault {
  readonly reason: 'role-missing' | 'dump-unreadable' | 'rows-refused' | 'constraint-refused' | 'restore-error';
  readonly what: string;
}

/** A restored database, counted as its source was when the snapshot was taken. */
export interface FoundDatabase {
  readonly tables: readonly TableCensus[];
  readonly sequences: readonly SequenceCensus[];
  readonly structure: readonly StructureCensus[];
  readonly roles: readonly string[];
  readonly extensions: readonly { readonly name: string; readonly version: string }[];
  readonly collation: string;
  readonly migration: string | null;
}

/** What only a database that runs can be asked. */
export interface FoundIntegrity {
  /** Sequences that would next give a number their column has already. */
  readonly sequencesBehind: readonly string[];
  readonly invalidIndexes: readonly string[];
  /** Foreign keys with rows whose counterpart is missing, and how many. */
  readonly orphans: readonly { readonly constraint: string; readonly rows: number }[];
  /** Tables and indexes that amcheck found damaged. */
  readonly damaged: readonly string[];
}

/** One value that a statement of the spec gave: never a row. */
type SmokeValue = number | boolean | null;

export interface SmokeResult {
  readonly title: string;
  /** `not-one-value`: it gave a row or a text. `failed`: PostgreSQL refused it, with this SQLSTATE. */
  readonly result:
    | { readonly kind: 'value'; readonly value: SmokeValue }
    | { readonly kind: 'not-one-value' }
    | { readonly kind: 'failed'; readonly code: string };
}

/** All that a drill saw of one backup. */
export interface DrillSeen {
  /** Which copy it was made from. */
  readonly from: 'off-site' | 'local';
  /** Files that are not as they were written. */
  readonly fetch: Seen<readonly { readonly file: string; readonly what: string }[]>;
  /** Null when the identity opens it; else what is wrong. */
  readonly key: Seen<string | null>;
  readonly restore: Seen<readonly RestoreFault[]>;
  readonly found: Seen<FoundDatabase>;
  readonly integrity: Seen<FoundIntegrity>;
  readonly smoke: Seen<readonly SmokeResult[]>;
  /** Tables that took no row, with the SQLSTATE. */
  readonly unwritable: Seen<readonly { readonly table: string; readonly code: string }[]>;
  /** When the drill began, when the database could be asked, and when all was looked at. */
  readonly beganAt: string;
  readonly queryableAt: string | null;
  readonly endedAt: string;
}
