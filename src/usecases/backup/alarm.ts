import { alarmOf, type BackupAlarm } from '../../domain/backup/planning.ts';
import { openPage } from '../../domain/page/open.ts';
import { pageTerms } from '../../domain/page/terms.ts';
import type { Backup } from '../../domain/spec/backup.ts';
import { declareIncident } from '../incident/declare.ts';
import { writeOf } from '../page/change.ts';
import type { BackupDeps } from './change.ts';
import { backupGlances } from './list.ts';

/** Who was woken for what; `page` null when nobody of its team can be called. */
export interface BackupAlarmed {
  readonly backup: string;
  readonly alarm: string;
  readonly page: number | null;
  readonly incident: number | null;
}

const SYSTEM = { kind: 'system', job: 'watch-backups' } as const;

/** Wakes the owners of a backup that failed, or was not made in time, and declares an incident where the spec asks for one: once for each. */
export async function watchBackups(deps: BackupDeps): Promise<readonly BackupAlarmed[]> {
  const spec = deps.spec.current();
  if (spec.backups.length === 0) return [];
  const plans = await deps.store.backupPlans();
  if (plans.length === 0) return [];
  const alarmed: BackupAlarmed[] = [];
  for (const glance of await backupGlances(deps)) {
    const plan = plans.find(({ key }) => key === glance.key);
    const backup = spec.backups.find(({ key }) => key === glance.key);
    if (plan === undefined || backup === undefined) continue;
    const found = alarmOf(glance, plan, backup, spec.timezone, deps.clock.now());
    if (found === null && plan.alarm !== null && glance.health === 'good') await settle(deps, backup.key);
    if (found === null || found.alarm === plan.alarm) continue;
    const told = await tell(deps, backup, found);
    if (told !== null) alarmed.push(told);
  }
  return alarmed;
}

async function tell(deps: BackupDeps, backup: Backup, found: BackupAlarm): Promise<BackupAlarmed | null> {
  const incident = await declare(deps, backup, found);
  return deps.store.once<BackupAlarmed | null>(null, async (tx) => {
    await tx.openBackup(backup.key);
    const plan = await tx.backupPlan(backup.key);
    if (plan === null || plan.alarm === found.alarm) return null;
    const situation = { actor: SYSTEM, now: deps.clock.now(), spec: deps.spec.current() };
    const about = { subject: { of: 'manual' }, title: found.title, detail: found.detail, urgency: null } as const;
    const terms = backup.owner === undefined ? null : pageTerms(situation.spec, backup.owner, about);
    const number = terms === null ? null : await tx.nextPageNumber();
    const page =
      terms === null || number === null ? { events: [] } : writeOf(null, number, openPage(number, terms, situation));
    await tx.save({ ...page, backupPlans: [{ ...plan, alarm: found.alarm }] });
    return { backup: backup.key, alarm: found.alarm, page: number, incident };
  });
}

/** The same alarm asked for again is answered as the same incident. */
async function declare(deps: BackupDeps, backup: Backup, found: BackupAlarm): Promise<number | null> {
  if (backup.incident === undefined) return null;
  const caller = { actor: SYSTEM, requestKey: `backup:${backup.key}:${found.alarm}`, groups: [] };
  const { title, detail: description } = found;
  const asked = { title, description, severity: backup.incident, category: null, service: null, origin: null };
  const declared = await declareIncident(deps, caller, asked);
  return declared.ok ? declared.value.number : null;
}

/** It is as it should be: whatever comes next is told anew. */
function settle(deps: BackupDeps, key: string): Promise<void> {
  return deps.store.once(null, async (tx) => {
    await tx.openBackup(key);
    const plan = await tx.backupPlan(key);
    if (plan !== null) await tx.save({ events: [], backupPlans: [{ ...plan, alarm: null }] });
  });
}
