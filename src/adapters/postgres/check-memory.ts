import type { Pool } from 'pg';
import type { CheckMemory } from '../../usecases/check-port.ts';
import { reaching } from './faults.ts';
import { rowsOf } from './session.ts';

const KEEP = `
  insert into "CheckNotes" ("check", notes, at) values ($1, $2, now())
      on conflict ("check") do update set notes = excluded.notes, at = excluded.at`;

/** What looks leave for the next ones, whichever instance takes them. Throws DatabaseUnavailable as the store does. */
export function postgresCheckMemory(pool: Pool): CheckMemory {
  return {
    recall: (check) =>
      reaching(async () => {
        const rows = await rowsOf<{ notes: unknown }>(pool, 'select notes from "CheckNotes" where "check" = $1', [
          check,
        ]);
        return rows[0]?.notes;
      }),
    keep: (check, notes) =>
      reaching(async () => {
        await pool.query(KEEP, [check, JSON.stringify(notes)]);
      }),
  };
}
