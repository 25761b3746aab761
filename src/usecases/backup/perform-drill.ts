import { follow as followBackup } from '../../domain/backup/apply.ts';
import { backupEvent, showBackup } from '../../domain/backup/decision.ts';
import type { DrillRun } from '../../domain/backup/drill.ts';
import { type DrillStep, stepDrill, takeDrill } from '../../domain/backup/drill-decide.ts';
import type { DrillVerdict } from '../../domain/backup/ladder.ts';
import { backupSubject } from '../../domain/event.ts';
import type { Driller } from '../drill-port.ts';
import type { Clock, Store, Tx } from '../ports.ts';
import { drillWrite, saveDrill } from './drill-change.ts';

export interface DrillDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly driller: Driller;
}

/** What became of a job. `over`: there was nothing to be drilled, or it is somebody else's now. */
export type DrillReport = 'over' | 'goes-on' | 'interrupted' | DrillVerdict;

const SYSTEM = { kind: 'system', job: 'drill' } as const;

/**
 * Makes a drill. That it begins is written down first: whoever gets the job and reads that somebody had begun knows that this
 * somebody is gone.
 *
 * @param over aborted when this process ends, or can no longer be sure that the job is its own
 */
export async function performDrill(deps: DrillDeps, number: number, over: AbortSignal): Promise<DrillReport> {
  const drill = await begin(deps, number);
  if (drill === null) return 'over';
  // One after the other, in the order in which they were reached.
  let told: Promise<unknown> = Promise.resolve();
  try {
    const drilled = await deps.driller.drill(drill, over, (rung) => {
      told = told.then(() => write(deps, drill, { kind: 'reached', rung }));
      told.catch(() => undefined);
    });
    await told;
    return await write(deps, drill, drilled);
  } catch (error) {
    if (!over.aborted) throw error;
    await told.catch(() => undefined);
    return write(deps, drill, { kind: 'interrupted' });
  }
}

function begin({ store, clock }: DrillDeps, number: number): Promise<DrillRun | null> {
  return store.once(null, async (tx) => {
    const drill = await tx.drill(number);
    const decision = drill === null ? null : takeDrill(drill, { actor: SYSTEM, now: clock.now() });
    return drill === null || decision === null ? null : saveDrill(tx, drill, decision);
  });
}

function write({ store, clock }: DrillDeps, { number, attempts }: DrillRun, step: DrillStep): Promise<DrillReport> {
  return store.once<DrillReport>(null, async (tx) => {
    const drill = await tx.drill(number);
    // It was given to somebody else meanwhile, who knows nothing of what was seen here.
    if (drill?.status !== 'running' || drill.attempts !== attempts) return 'over';
    const now = clock.now();
    const { drills, events, deliveries } = drillWrite(drill, number, stepDrill(drill, step, { actor: SYSTEM, now }));
    const [after] = drills;
    const marked = step.kind === 'ended' ? await mark(tx, after, step.result.verdict, now) : null;
    await tx.save({
      events: [...events, ...(marked?.events ?? [])],
      drills,
      ...(marked === null ? {} : { backups: [marked.backup] }),
      deliveries: [...deliveries, ...(marked?.deliveries ?? [])],
    });
    if (after.status === 'running') return 'goes-on';
    return after.status === 'requested' ? 'interrupted' : after.status;
  });
}

/** Says on the backup itself what a drill of it showed: retention and restores go by it. */
async function mark(tx: Tx, { number, of }: DrillRun, verdict: DrillVerdict, now: Date) {
  const backup = await tx.backup(of);
  if (backup === null) return null;
  const draft = backupEvent({ actor: SYSTEM, now }, { kind: 'backup.drilled', drill: number, verdict });
  return {
    events: [{ subject: backupSubject(of), draft }],
    backup: followBackup(backup, of, [draft]),
    deliveries: [showBackup(of)],
  };
}
