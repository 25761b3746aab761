import { type DrillRun, OPEN_DRILL_STATUSES } from '../../domain/backup/drill.ts';
import { drillSubject } from '../../domain/event.ts';
import type { DrillTx } from '../../usecases/drill-port.ts';
import { EMPTY_CHAIN, type Head } from './chain.ts';
import { mayExist } from './numbers.ts';
import type { Session } from './session.ts';

/** "drll" in the advisory locks of this database, beside the hash of a key: whoever opens one of that key holds it until the end. */
const OPENING = 0x64726c6c;

// Both rows are locked, as with incidents: after waiting for another writer PostgreSQL re-reads only rows that it locks.
const LOCKED = `
  select head.subject, head.seq, head.hash, drill.state
    from "DrillRun" as drill join "EventHead" as head on head.subject = 'DRILL-' || drill.number`;

const ONE = `${LOCKED} where drill.number = $1 for update`;
const OPEN = `${LOCKED} where drill.backup = $1 and drill.status = any($2::text[]) order by drill.number limit 1 for update`;

/**
 * What a transaction knows of drills.
 *
 * @param heads where the chains end that the transaction holds; added to
 */
export function drillRows({ rows }: Session, heads: Map<string, Head>): DrillTx {
  const locked = async (text: string, values: readonly unknown[]): Promise<DrillRun | null> => {
    const [found] = await rows<Head & { subject: string; state: DrillRun }>(text, values);
    if (found === undefined) return null;
    heads.set(found.subject, { seq: found.seq, hash: found.hash });
    return found.state;
  };
  return {
    drill: async (number) => (mayExist(number) ? locked(ONE, [number]) : null),
    openDrill: async (key) => {
      await rows('select pg_advisory_xact_lock($1, hashtext($2))', [OPENING, key]);
      return locked(OPEN, [key, OPEN_DRILL_STATUSES]);
    },
    plannedDrill: async (key, occurrence) => {
      const found = await rows('select 1 from "DrillRun" where backup = $1 and occurrence = $2', [key, occurrence]);
      return found.length > 0;
    },
    nextDrillNumber: async () => {
      const [row] = await rows<{ number: number }>(`select nextval('drill_number')::int as number`, []);
      if (row === undefined) throw new Error('PostgreSQL gave no number for a drill.');
      heads.set(drillSubject(row.number), EMPTY_CHAIN);
      return row.number;
    },
  };
}
