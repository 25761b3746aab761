import type { Pool } from 'pg';
import type { BackupRun } from '../../domain/backup/backup.ts';
import type { BackupEvent } from '../../domain/backup/events.ts';
import type { KeepingEvent } from '../../domain/backup/keeping.ts';
import type { BackupPlan } from '../../domain/backup/planning.ts';
import type { BackupProgress } from '../../domain/backup/progress.ts';
import { backupSubject, keepingSubject, type StoredEvent } from '../../domain/event.ts';
import type { BackupReads } from '../../usecases/backup-port.ts';
import { eventsOf } from './event-log.ts';
import { reaching } from './faults.ts';
import { mayExist } from './numbers.ts';
import { rowsOf } from './session.ts';

const SOME = `
  select state from "BackupRun"
   where ($1::text is null or backup = $1) and ($2::text[] is null or status = any($2))
   order by number desc limit $3`;
const LATEST = `
  select latest.state
    from unnest($1::text[]) with ordinality as wanted(key, n)
    cross join lateral (
      select number, state from "BackupRun"
       where backup = wanted.key and status = any($2::text[]) order by number desc limit $3) as latest
   order by wanted.n, latest.number desc`;

const EVENT = `event.subject, event.seq, event."occurredAt", event."recordedAt", event.actor, event.kind, said.body`;
const LATEST_OF_EACH = `
  select distinct on (event.kind) ${EVENT}
    from "Event" as event left join "EventBody" as said using (subject, seq)
   where event.subject = $1 order by event.kind, event.seq desc`;
const VERIFICATIONS = `
  select ${EVENT}
    from "Event" as event left join "EventBody" as said using (subject, seq)
   where event.subject = $1 and event.kind = 'keeping.verified' order by event.seq desc limit $2`;

/** The backups for those who only look. */
export function backupReads(pool: Pool): BackupReads {
  const rows = <Row>(text: string, values: readonly unknown[]) => reaching(() => rowsOf<Row>(pool, text, values));
  const states = async <State>(text: string, values: readonly unknown[]) =>
    (await rows<{ state: State }>(text, values)).map(({ state }) => state);
  const one = async <State>(table: 'BackupRun' | 'BackupProgress', number: number) =>
    mayExist(number)
      ? ((await states<State>(`select state from "${table}" where number = $1`, [number]))[0] ?? null)
      : null;
  return {
    backup: (number) => one<BackupRun>('BackupRun', number),
    backupProgress: (number) => one<BackupProgress>('BackupProgress', number),
    backups: ({ backup = null, statuses = null }, limit) => states<BackupRun>(SOME, [backup, statuses, limit]),
    latestBackups: (keys, statuses, each) => states<BackupRun>(LATEST, [keys, statuses, each]),
    backupPlans: () => states<BackupPlan>('select state from "BackupPlan" order by key', []),
    latestKeeping: (key) => rows<StoredEvent<KeepingEvent>>(LATEST_OF_EACH, [keepingSubject(key)]),
    verifications: (key, limit) => rows<StoredEvent<KeepingEvent>>(VERIFICATIONS, [keepingSubject(key), limit]),
    backupEvents: (number) => eventsOf<BackupEvent>(rows, backupSubject(number)),
  };
}
