import { follow } from '../../src/domain/backup/apply.ts';
import type { BackupRun } from '../../src/domain/backup/backup.ts';
import type { BackupDecision } from '../../src/domain/backup/decision.ts';
import type { SealedBackup } from '../../src/domain/backup/events.ts';
import { beginBackup } from '../../src/domain/backup/request.ts';
import type { Backup } from '../../src/domain/spec/backup.ts';
import type { OperationsSpec } from '../../src/domain/spec/types.ts';
import { incidentSpec } from './incident-spec.ts';

/** Recipients whose identities nobody keeps. */
export const RECIPIENTS = [
  'age1pufg07wzc20mdyclr5adhzhwwvpm344tel82svye3x8sw89pr42su98mla',
  'age17yltnmk4kyst92h8vp8ldc7s70ulsdjkq58sna0qgxse4udctp5s4a82fe',
] as const;

const HOUR = 3_600_000;

/** A backup of the spec with nothing special about it. */
export function aBackup(change: Partial<Backup> = {}): Backup {
  return {
    key: 'orders',
    title: 'Orders, daily',
    owner: 'platform',
    source: 'orders-db',
    method: 'pg_dump',
    when: null,
    retention: { keep: 30 * 24 * HOUR, keepAtLeast: 7 },
    encrypted: true,
    recipients: [...RECIPIENTS],
    smoke: [],
    formerRecipients: [],
    stallAfter: 300_000,
    clause: [],
    ...change,
  };
}

/** A spec with these backups, of a database that is here. */
export function backupSpec(...backups: readonly Backup[]): OperationsSpec {
  const { platform } = incidentSpec.teams;
  if (platform === undefined) throw new Error('the spec has no platform team');
  return {
    ...incidentSpec,
    teams: { ...incidentSpec.teams, platform: { ...platform, channel: 'team-platform' } },
    targets: {
      ...incidentSpec.targets,
      'orders-db': { kind: 'postgres', url: 'postgresql://db.example.com/orders' },
      elsewhere: { kind: 'postgres', notConnected: 'The other one is in another cloud' },
      cache: { kind: 'redis', url: 'redis://cache.example.com' },
    },
    backups: [...backups],
  };
}

/** What the log keeps of a whole one. */
export function aSealed(change: Partial<SealedBackup> = {}): SealedBackup {
  return {
    id: '20261121T140000Z-0001',
    bytes: 208_000_000,
    manifestSha256: 'a'.repeat(64),
    snapshotAt: '2026-11-21T14:00:00.000Z',
    tables: 3,
    rows: 1_600_000,
    took: 4_050,
    ...change,
  };
}

/** A backup that was just asked for. */
export function aBackupRun(situation: Parameters<typeof beginBackup>[3], backup: Backup = aBackup()): BackupRun {
  return follow(null, 1, beginBackup(1, backup, null, situation).events);
}

/** It after what was decided about it. */
export function after(run: BackupRun, { events }: Pick<BackupDecision, 'events'>): BackupRun {
  return follow(run, run.number, events);
}

/** For those who make backups and are not read. */
export const NO_LOG = { warn: () => {} };
