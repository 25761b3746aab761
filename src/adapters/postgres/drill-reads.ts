import type { Pool } from 'pg';
import { type DrillEvent, type DrillRun, OPEN_DRILL_STATUSES } from '../../domain/backup/drill.ts';
import { drillSubject } from '../../domain/event.ts';
import type { DrillReads } from '../../usecases/drill-port.ts';
import { eventsOf } from './event-log.ts';
import { reaching } from './faults.ts';
import { mayExist } from './numbers.ts';
import { rowsOf } from './session.ts';

const SOME = `
  select state from "DrillRun" where $1::text is null or backup = $1 order by number desc limit $2`;
const LAST = `
  select distinct on (backup) state from "DrillRun"
   where backup = any($1::text[]) and not status = any($2::text[]) order by backup, number desc`;
const OPEN = 'select state from "DrillRun" where status = any($1::text[]) order by number';

/** The drills for those who only look. */
export function drillReads(pool: Pool): DrillReads {
  const rows = <Row>(text: string, values: readonly unknown[]) => reaching(() => rowsOf<Row>(pool, text, values));
  const states = async (text: string, values: readonly unknown[]) =>
    (await rows<{ state: DrillRun }>(text, values)).map(({ state }) => state);
  return {
    drill: async (number) =>
      mayExist(number) ? ((await states('select state from "DrillRun" where number = $1', [number]))[0] ?? null) : null,
    drills: ({ backup = null }, limit) => states(SOME, [backup, limit]),
    lastDrills: (keys) => states(LAST, [keys, OPEN_DRILL_STATUSES]),
    openDrills: () => states(OPEN, [OPEN_DRILL_STATUSES]),
    drillEvents: (number) => eventsOf<DrillEvent>(rows, drillSubject(number)),
  };
}
