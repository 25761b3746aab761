import { stepDrill, unattended } from '../../domain/backup/drill-decide.ts';
import { occurrences } from '../../domain/duty/recurrence.ts';
import type { BackupDeps } from './change.ts';
import { drillable, openDrill } from './drill.ts';
import { saveDrill } from './drill-change.ts';

const SYSTEM = { kind: 'system', job: 'drill' } as const;
/** A planned drill that nobody could begin in time is begun so much later at most. */
const LATEST = 7 * 24 * 60 * 60_000;

/** Numbers of the drills that were opened, and of those that were given up. */
interface DrillTick {
  readonly opened: readonly number[];
  readonly givenUp: readonly number[];
}

/** Opens the drills that the spec plans for now, and says of those that nobody makes that they could not be made. */
export async function tickDrills(deps: BackupDeps, now: Date): Promise<DrillTick> {
  const opened: number[] = [];
  for (const planned of plannedBy(deps, now)) {
    const number = await open(deps, planned, now);
    if (number !== null) opened.push(number);
  }
  const givenUp: number[] = [];
  for (const { number } of await deps.store.openDrills()) {
    if (await giveUp(deps, number, now)) givenUp.push(number);
  }
  return { opened, givenUp };
}

interface PlannedDrill {
  readonly key: string;
  readonly occurrence: string;
}

/** The last time of each backup's drill that is not too long ago. */
function plannedBy({ spec }: BackupDeps, now: Date): PlannedDrill[] {
  const { backups, timezone } = spec.current();
  const range = { zone: timezone, from: new Date(now.getTime() - LATEST), to: now };
  return backups.flatMap(({ key, drill, notConnected }) => {
    const last = drill === undefined || notConnected !== undefined ? undefined : occurrences(drill, range).at(-1);
    return last === undefined ? [] : [{ key, occurrence: last.key }];
  });
}

async function open(deps: BackupDeps, { key, occurrence }: PlannedDrill, now: Date): Promise<number | null> {
  const found = await drillable(deps, { key });
  // What is not there cannot be proven; that there is none is told by whoever looks after its age.
  if (!found.ok) return null;
  return deps.store.once(null, async (tx) => {
    if (await tx.plannedDrill(key, occurrence)) return null;
    const asked = await openDrill(deps, tx, found.value, { occurrence, actor: SYSTEM, now });
    return asked.ok && !asked.value.joined ? asked.value.drill.number : null;
  });
}

function giveUp({ store }: BackupDeps, number: number, now: Date): Promise<boolean> {
  return store.once(null, async (tx) => {
    const drill = await tx.drill(number);
    const step = drill === null ? null : unattended(drill, now);
    if (drill === null || step === null) return false;
    await saveDrill(tx, drill, stepDrill(drill, step, { actor: SYSTEM, now }));
    return true;
  });
}
