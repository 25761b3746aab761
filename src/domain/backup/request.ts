import type { Delivery } from '../delivery.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import type { Backup } from '../spec/backup.ts';
import type { TargetKind } from '../spec/target.ts';
import type { OperationsSpec } from '../spec/types.ts';
import { type BackupDecision, type BackupRefusal, type BackupSituation, backupEvent } from './decision.ts';

/** Fewer than two can read it, and with one key lost so is every backup (backups are for the day on which things are lost). */
const LEAST_RECIPIENTS = 2;

/** What pg_dump can read. */
const DUMPED: readonly TargetKind[] = ['postgres', 'mainstay'];

/** The backup that is asked for, if Mainstay can make it here; else why not, and what would have to be. */
export function backupToMake(key: string, spec: OperationsSpec): Outcome<Backup, BackupRefusal> {
  const backup = spec.backups.find((one) => one.key === key);
  if (backup === undefined) {
    const known = spec.backups.map((one) => `\`${one.key}\``).join(', ');
    return refused(
      'unknown-backup',
      `There is no backup \`${key}\`. ${known === '' ? 'The spec has none.' : `There are ${known}.`}`,
    );
  }
  const why = whyNot(backup, spec);
  return why === null ? done(backup) : refused('not-available', `${backup.title} is not available: ${why}.`);
}

/** Why Mainstay cannot make a backup here; null when it can. */
export function whyNot(backup: Backup, spec: OperationsSpec): string | null {
  if (backup.notConnected !== undefined) return backup.notConnected;
  const source = spec.targets[backup.source];
  if (source === undefined) return `the spec has no target ${backup.source}`;
  if ('notConnected' in source) return source.notConnected;
  if (!DUMPED.includes(source.kind) || backup.method !== 'pg_dump') {
    return `Mainstay makes backups of PostgreSQL by pg_dump; it does not yet make one of ${source.kind} by ${backup.method}`;
  }
  if (!backup.encrypted) return 'it is not encrypted; write `encrypted: true` and its recipients';
  if (backup.recipients.length < LEAST_RECIPIENTS) {
    return 'fewer than two people could read it; name two `recipients` of age, one of whose keys is kept elsewhere';
  }
  return null;
}

/** Where people see what becomes of it: its owner's channel. */
export function backupChannel({ owner }: Pick<Backup, 'owner'>, spec: OperationsSpec): string {
  return (owner === undefined ? undefined : spec.teams[owner]?.channel) ?? spec.incident.operatorsChannel;
}

/** What is written when a backup is asked for: it has its number and its message at once. */
export function beginBackup(
  number: number,
  backup: Backup,
  occurrence: string | null,
  situation: BackupSituation,
): BackupDecision {
  const { key, title, source, owner } = backup;
  const channel = backupChannel(backup, situation.spec);
  const terms = { backup: key, title, source, owner: owner ?? null, channel, occurrence };
  const card: Delivery = {
    kind: 'post',
    to: { to: 'channel', channel },
    message: { type: 'backup-card', backup: number },
    keep: `backup:${number}:card`,
  };
  return { events: [backupEvent(situation, { kind: 'backup.requested', number, terms })], deliveries: [card] };
}
