import type { DrillEvent, DrillRun } from '../../domain/backup/drill.ts';
import type { DrillRefusal } from '../../domain/backup/drill-decide.ts';
import { drillSubject, type StoredEvent } from '../../domain/event.ts';
import { done, type Outcome, refused } from '../../domain/outcome.ts';
import type { BackupDeps } from './change.ts';

/** Drills that were asked for, the latest first; of one key of the spec, or of all. */
export function listDrills(
  { store }: Pick<BackupDeps, 'store'>,
  key: string | null,
  limit: number,
): Promise<DrillRun[]> {
  return store.drills(key === null ? {} : { backup: key }, limit);
}

export interface DrillShown {
  readonly drill: DrillRun;
  readonly events: readonly StoredEvent<DrillEvent>[];
}

/** One drill as it is now, with what happened to it. */
export async function showDrill(
  { store }: Pick<BackupDeps, 'store'>,
  number: number,
): Promise<Outcome<DrillShown, DrillRefusal>> {
  const drill = await store.drill(number);
  if (drill === null) {
    return refused('unknown-drill', `There is no ${drillSubject(number)}. \`/backup history\` shows the drills.`);
  }
  const events: StoredEvent<DrillEvent>[] = [];
  for await (const event of store.drillEvents(number)) events.push(event);
  return done({ drill, events });
}
