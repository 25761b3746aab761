import type { Pool } from 'pg';
import { windowSubject } from '../../domain/event.ts';
import type { WindowEvent } from '../../domain/window/events.ts';
import type { WindowPlan } from '../../domain/window/recurring.ts';
import { type MaintenanceWindow, WINDOW_STATUSES } from '../../domain/window/window.ts';
import type { WindowReads } from '../../usecases/window-port.ts';
import { eventsOf } from './event-log.ts';
import { reaching } from './faults.ts';
import { mayExist } from './numbers.ts';
import { rowsOf } from './session.ts';
import { WINDOW_PLANS } from './window-rows.ts';

const SOME = `
  select state from "Window"
   where status = any($1::text[]) and ($2::timestamptz is null or "startsAt" >= $2)
     and ($3::timestamptz is null or "startsAt" < $3)`;

const ORDERS = {
  soonest: `${SOME} order by "startsAt", number limit $4`,
  latest: `${SOME} order by "startsAt" desc, number desc limit $4`,
} as const;

const TO_LOOK_AT = `select state from "Window" where "nextLookAt" <= $1 order by "nextLookAt", number limit $2`;

const TO_KEEP_QUIET = `
  select state from "Window"
   where status = 'started' or (status = 'ended' and "endsAt" > $1 and (state->'aftermath' = 'null' or state->'silences' <> '{}'))
   order by number`;

/** The maintenance windows for those who only look. */
export function windowReads(pool: Pool): WindowReads {
  const rows = <Row>(text: string, values: readonly unknown[]) => reaching(() => rowsOf<Row>(pool, text, values));
  const states = async (text: string, values: readonly unknown[]) =>
    (await rows<{ state: MaintenanceWindow }>(text, values)).map(({ state }) => state);
  return {
    window: async (number) =>
      mayExist(number) ? ((await states('select state from "Window" where number = $1', [number]))[0] ?? null) : null,
    windows: ({ statuses, from, before }, order, limit) =>
      states(ORDERS[order], [statuses ?? WINDOW_STATUSES, from ?? null, before ?? null, limit]),
    windowsToLookAt: (now, limit) => states(TO_LOOK_AT, [now, limit]),
    windowsToKeepQuiet: (since) => states(TO_KEEP_QUIET, [since]),
    windowPlansNow: () => rows<WindowPlan>(WINDOW_PLANS, []),
    windowEvents: (number) => eventsOf<WindowEvent>(rows, windowSubject(number)),
  };
}
