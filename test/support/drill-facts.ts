import type { DrillRun } from '../../src/domain/backup/drill.ts';
import type { DrillSeen, FoundDatabase } from '../../src/domain/backup/drill-seen.ts';
import type { DrillExpectations } from '../../src/domain/backup/ladder.ts';
import type { Manifest } from '../../src/domain/backup/manifest.ts';

/** The manifest of a backup with nothing special about it. */
export function aManifest(change: Partial<Manifest> = {}): Manifest {
  return {
    format: 1,
    id: '20261121T140000Z-0001',
    backup: 'orders',
    number: 1,
    startedAt: '2026-11-21T14:00:00.000Z',
    finishedAt: '2026-11-21T14:00:04.000Z',
    tools: { mainstay: '0.1.0', pgDump: '15.18' },
    database: {
      database: 'orders',
      server: 150_018,
      systemIdentifier: '1',
      lsn: '0/1',
      snapshotAt: '2026-11-21T14:00:00.000Z',
      bytes: 1_000_000,
      encoding: 'UTF8',
      collation: 'en_US.UTF-8',
      extensions: [{ name: 'pgcrypto', version: '1.3' }],
      roles: ['shop'],
      migration: '20260301_init',
    },
    tables: [
      { schema: 'public', name: 'customers', rows: 100, checksum: '11' },
      { schema: 'public', name: 'orders', rows: 1000, checksum: '22' },
    ],
    sequences: [{ schema: 'public', name: 'customers_id_seq', value: '100' }],
    structure: [
      { kind: 'table', name: 'public.customers', digest: 'a' },
      { kind: 'index', name: 'public.customers_pkey', digest: 'b' },
    ],
    recipients: ['age1drill', 'age1escrow'],
    dump: { compressedBytes: 1, compressedSha256: 'c' },
    files: [],
    ...change,
  };
}

/** What is found when it was restored as it was. */
export function asItWas({ tables, sequences, structure, database }: Manifest): FoundDatabase {
  const { roles, extensions, collation, migration } = database;
  return { tables, sequences, structure, roles, extensions, collation, migration };
}

/** A drill that saw nothing wrong: begun three hours after the snapshot, back after 60 seconds. */
export function seenWell(manifest: Manifest, change: Partial<DrillSeen> = {}): DrillSeen {
  return {
    from: 'off-site',
    fetch: { kind: 'seen', value: [] },
    key: { kind: 'seen', value: null },
    restore: { kind: 'seen', value: [] },
    found: { kind: 'seen', value: asItWas(manifest) },
    integrity: { kind: 'seen', value: { sequencesBehind: [], invalidIndexes: [], orphans: [], damaged: [] } },
    smoke: { kind: 'seen', value: [{ title: 'Orders', result: { kind: 'value', value: 1000 } }] },
    unwritable: { kind: 'seen', value: [] },
    beganAt: '2026-11-21T17:00:00.000Z',
    queryableAt: '2026-11-21T17:01:00.000Z',
    endedAt: '2026-11-21T17:01:30.000Z',
    ...change,
  };
}

const HOUR = 3_600_000;

/** What the spec wants of it, all of which is so. */
export const WANTED: DrillExpectations = {
  previous: { id: '20261120T140000Z-0001', tables: aManifest().tables },
  smoke: [{ title: 'Orders', sql: 'select count(*) from orders', atLeast: 1 }],
  offSite: true,
  rto: HOUR,
  rpo: 24 * HOUR,
};

/** A drill that was just asked for. */
export function aDrill(change: Partial<DrillRun> = {}): DrillRun {
  return {
    backup: 'orders',
    title: 'Orders, daily',
    of: 3,
    id: aManifest().id,
    manifestSha256: '',
    previous: null,
    channel: 'team-platform',
    occurrence: null,
    offSite: false,
    smoke: [],
    rto: 3_600_000,
    rpo: 86_400_000,
    number: 2,
    version: 1,
    status: 'requested',
    requested: { at: '2026-11-21T17:00:00.000Z', by: { kind: 'slack', user: 'U0ALICE' } },
    beganAt: null,
    movedAt: '2026-11-21T17:00:00.000Z',
    attempts: 0,
    rung: null,
    endedAt: null,
    result: null,
    lack: null,
    ...change,
  };
}
