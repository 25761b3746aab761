import type { DrillRun } from '../../domain/backup/drill.ts';
import { follow } from '../../domain/backup/drill-apply.ts';
import type { DrillDecision } from '../../domain/backup/drill-decide.ts';
import { drillSubject } from '../../domain/event.ts';
import type { Tx, Write } from '../ports.ts';

/** What is written of a drill: its events, the state that follows from them, and what is said in Slack. */
export function drillWrite(before: DrillRun | null, number: number, { events, deliveries }: DrillDecision) {
  const subject = drillSubject(number);
  return {
    events: events.map((draft) => ({ subject, draft })),
    drills: [follow(before, number, events)] as const,
    deliveries,
  } satisfies Write;
}

/** Writes what was decided about a drill. */
export async function saveDrill(tx: Tx, drill: DrillRun, decision: DrillDecision): Promise<DrillRun> {
  const write = drillWrite(drill, drill.number, decision);
  await tx.save(write);
  return write.drills[0];
}
