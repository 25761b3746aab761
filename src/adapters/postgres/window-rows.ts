import { windowSubject } from '../../domain/event.ts';
import type { WindowPlan } from '../../domain/window/recurring.ts';
import { type MaintenanceWindow, OPEN_WINDOW_STATUSES } from '../../domain/window/window.ts';
import type { WindowTx } from '../../usecases/window-port.ts';
import { EMPTY_CHAIN, type Head } from './chain.ts';
import { mayExist } from './numbers.ts';
import type { Session } from './session.ts';

/** "wind" in the advisory locks of this database: whoever plans windows holds it until the transaction ends. */
const PLANNING = 0x77696e64;

// Both rows are locked, as with incidents: after waiting for another writer PostgreSQL re-reads only rows that it locks.
const LOCKED = `
  select head.seq, head.hash, win.state
    from "Window" as win join "EventHead" as head on head.subject = 'WIN-' || win.number
   where win.number = $1 for update`;

const KNOWN = `
  select win."window", win.occurrence
    from "Window" as win
    join unnest($1::text[], $2::text[]) as asked("window", occurrence) using ("window", occurrence)`;

const OVERLAPPING = `
  select state from "Window"
   where status = any($1::text[]) and state->'services' ?| $2::text[] and "startsAt" < $4 and "endsAt" > $3
   order by "startsAt", number`;

export const WINDOW_PLANS = `
  select key, to_char(through at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as through,
         to_char("goneSince" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "goneSince", basis
    from "WindowPlan" order by key collate "C"`;

/**
 * What a transaction knows of maintenance windows.
 *
 * @param heads where the chains end that the transaction holds; added to
 */
export function windowRows({ rows }: Session, heads: Map<string, Head>): WindowTx {
  return {
    window: async (number) => {
      if (!mayExist(number)) return null;
      const [found] = await rows<Head & { state: MaintenanceWindow }>(LOCKED, [number]);
      if (found === undefined) return null;
      heads.set(windowSubject(number), { seq: found.seq, hash: found.hash });
      return found.state;
    },
    nextWindowNumbers: async (count) => {
      const taken = await rows<{ number: number }>(
        `select nextval('window_number')::int as number from generate_series(1, $1::int)`,
        [count],
      );
      for (const { number } of taken) heads.set(windowSubject(number), EMPTY_CHAIN);
      return taken.map(({ number }) => number).sort((a, b) => a - b);
    },
    windowPlans: async () => {
      await rows('select pg_advisory_xact_lock($1)', [PLANNING]);
      return rows<WindowPlan>(WINDOW_PLANS, []);
    },
    knownWindows: (occurrences) =>
      rows(KNOWN, [occurrences.map(({ window }) => window), occurrences.map(({ occurrence }) => occurrence)]),
    overlappingWindows: async (services, { from, to }) =>
      (await rows<{ state: MaintenanceWindow }>(OVERLAPPING, [OPEN_WINDOW_STATUSES, services, from, to])).map(
        ({ state }) => state,
      ),
  };
}
