import { type BackupPlan, dueSince, newPlan } from '../../domain/backup/planning.ts';
import { beginBackup, whyNot } from '../../domain/backup/request.ts';
import type { Backup } from '../../domain/spec/backup.ts';
import { type BackupDeps, backupWrite } from './change.ts';

/** What one planning did: `missed` fell due while nobody looked, and are not made any more. */
export interface BackupPlanned {
  readonly backup: string;
  readonly number: number;
  readonly joined: boolean;
  readonly missed: number;
}

/** Asks for every backup that fell due: each once, however many instances look, and after an outage too. */
export async function planBackups(deps: BackupDeps): Promise<readonly BackupPlanned[]> {
  const spec = deps.spec.current();
  const made = spec.backups.filter((backup) => backup.when !== null && whyNot(backup, spec) === null);
  if (made.length === 0) return [];
  // A glance that locks nothing: most minutes there is nothing to do.
  const plans = await deps.store.backupPlans();
  const planned: BackupPlanned[] = [];
  for (const backup of made) {
    const plan = plans.find(({ key }) => key === backup.key);
    if (plan !== undefined && dueSince(plan, backup, spec.timezone, deps.clock.now()).occurrence === null) continue;
    const one = await planOne(deps, backup);
    if (one !== null) planned.push(one);
  }
  return planned;
}

function planOne(deps: BackupDeps, backup: Backup): Promise<BackupPlanned | null> {
  return deps.store.once(null, async (tx) => {
    const situation = {
      actor: { kind: 'system', job: 'plan-backups' } as const,
      now: deps.clock.now(),
      spec: deps.spec.current(),
    };
    // Its lock keeps others from planning it.
    const open = await tx.openBackup(backup.key);
    const plan = await tx.backupPlan(backup.key);
    const through = (of: BackupPlan): BackupPlan => ({ ...of, through: situation.now.toISOString() });
    if (plan === null) {
      await tx.save({ events: [], backupPlans: [newPlan(backup.key, situation.now)] });
      return null;
    }
    const { occurrence, missed } = dueSince(plan, backup, situation.spec.timezone, situation.now);
    if (occurrence === null) return null;
    // Whoever asked for one just before gets this one made: two in a row are no better.
    if (open !== null) {
      await tx.save({ events: [], backupPlans: [through(plan)] });
      return { backup: backup.key, number: open.number, joined: true, missed };
    }
    const number = await tx.nextBackupNumber();
    const write = backupWrite(null, number, beginBackup(number, backup, occurrence.key, situation));
    await tx.save({
      ...write,
      backupJobs: [{ backup: number, lane: backup.source }],
      backupPlans: [through(plan)],
    });
    return { backup: backup.key, number, joined: false, missed };
  });
}
