import type { Pool } from 'pg';
import type { RunEvent } from '../../domain/duty/events.ts';
import type { DutyPlan } from '../../domain/duty/plan.ts';
import { type DutyRun, OPEN_RUN_STATUSES, RUN_STATUSES } from '../../domain/duty/run.ts';
import { runSubject } from '../../domain/event.ts';
import type { RunReads } from '../../usecases/run-port.ts';
import { eventsOf } from './event-log.ts';
import { reaching } from './faults.ts';
import { mayExist } from './numbers.ts';
import { PLANS } from './run-rows.ts';
import { rowsOf } from './session.ts';

const SOME = `
  select state from "DutyRun"
   where status = any($1::text[]) and ($2::text is null or duty = $2) and ($3::text[] is null or owner = any($3))
     and ($4::text is null or "takenBy" = $4) and ($5::timestamptz is null or "dueAt" >= $5)
     and ($6::timestamptz is null or "dueAt" < $6)
     and ($8::timestamptz is null or (state->'end'->>'at')::timestamptz >= $8)`;

const ORDERS = {
  soonest: `${SOME} order by "dueAt", number limit $7`,
  latest: `${SOME} order by "dueAt" desc, number desc limit $7`,
} as const;

const STATUSES = {
  open: OPEN_RUN_STATUSES,
  ended: RUN_STATUSES.filter((status) => !OPEN_RUN_STATUSES.includes(status)),
} as const;

const LATEST = `
  select latest.state from unnest($1::text[]) as asked(duty) cross join lateral (
    select state from "DutyRun" where duty = asked.duty and status <> 'planned' order by "dueAt" desc limit 1) as latest`;

const TO_LOOK_AT = `select state from "DutyRun" where "nextLookAt" <= $1 order by "nextLookAt", number limit $2`;

/** The runs of duties for those who only look. */
export function runReads(pool: Pool): RunReads {
  const rows = <Row>(text: string, values: readonly unknown[]) => reaching(() => rowsOf<Row>(pool, text, values));
  const states = async (text: string, values: readonly unknown[]) =>
    (await rows<{ state: DutyRun }>(text, values)).map(({ state }) => state);
  return {
    run: async (number) =>
      mayExist(number) ? ((await states('select state from "DutyRun" where number = $1', [number]))[0] ?? null) : null,
    runs: ({ which, duty, owners, takenBy, from, before, endedSince }, order, limit) => {
      const statuses = which === undefined ? RUN_STATUSES : STATUSES[which];
      const range = [from ?? null, before ?? null, limit, endedSince ?? null];
      return states(ORDERS[order], [statuses, duty ?? null, owners ?? null, takenBy ?? null, ...range]);
    },
    runsToLookAt: (now, limit) => states(TO_LOOK_AT, [now, limit]),
    latestRuns: (duties) => states(LATEST, [duties]),
    plansNow: () => rows<DutyPlan>(PLANS, []),
    runEvents: (number) => eventsOf<RunEvent>(rows, runSubject(number)),
  };
}
