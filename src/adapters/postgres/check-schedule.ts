import type { Pool } from 'pg';
import { NO_PULSE, type Pulse } from '../../domain/health/pulse.ts';
import { type CheckState, unknownCheck } from '../../domain/health/state.ts';
import type { CheckRow, CheckStore, FinishedLook, TakenCheck } from '../../usecases/check-store-port.ts';
import { jsonText } from './canonical.ts';
import { reaching } from './faults.ts';
import { inTransaction, rowsOf } from './session.ts';

const SCHEDULE = `
  with asked as (
    select key, "everyMs", "leaseMs", "firstAt"
      from jsonb_to_recordset($1::jsonb) as x(key text, "everyMs" bigint, "leaseMs" bigint, "firstAt" timestamptz)
  ), gone as (
    update "CheckSchedule" set active = false where active and key not in (select key from asked)
  )
  insert into "CheckSchedule" as old (key, active, "everyMs", "leaseMs", "dueAt", pulse)
  select key, true, "everyMs", "leaseMs", "firstAt", $2::jsonb from asked
  on conflict (key) do update set
    active = true, "everyMs" = excluded."everyMs", "leaseMs" = excluded."leaseMs",
    "dueAt" = case when old.active and old."everyMs" = excluded."everyMs" then old."dueAt" else excluded."dueAt" end`;

// Rows that another instance is taking at this instant are skipped, not waited for.
const TAKE = `
  with due as (
    select key, "dueAt" from "CheckSchedule"
     where active and "dueAt" <= $2 and ("claimedUntil" is null or "claimedUntil" <= $2)
     order by "dueAt", key limit $3 for update skip locked
  )
  update "CheckSchedule" as one
     set "claimedBy" = $1, "claimedUntil" = $2::timestamptz + one."leaseMs" * interval '1 millisecond'
    from due where one.key = due.key
  returning one.key, one.pulse, due."dueAt"`;

/**
 * Of those somebody has, when they can be taken over. Two looks into the index, however many checks there are: what is due is
 * what somebody has, and of the others only the first matters.
 */
const NEXT = `
  select min("nextAt") as "nextAt" from (
    (select greatest("dueAt", coalesce("claimedUntil", "dueAt")) as "nextAt"
       from "CheckSchedule" where active and "dueAt" > $1 order by "dueAt" limit 1)
    union all
    (select min(greatest("dueAt", coalesce("claimedUntil", "dueAt"))) from "CheckSchedule" where active and "dueAt" <= $1)
  ) as soonest`;

const LOOKS = `jsonb_to_recordset($2::jsonb) as x(
  key text, at timestamptz, answer text, "latencyMs" float8, detail text, figures jsonb, pulse jsonb, "dueAt" timestamptz)`;

const FINISH = `
  with look as materialized (select * from ${LOOKS}), done as (
    update "CheckSchedule" as one
       set pulse = look.pulse, "dueAt" = look."dueAt", "claimedBy" = null, "claimedUntil" = null
      from look where one.key = look.key and one."claimedBy" = $1
    returning one.key, one."everyMs"
  ), samples as (
    insert into "CheckSample" (key, at, "everyMs", answer, "latencyMs", detail, figures)
    select key, at, "everyMs", answer, "latencyMs", detail, figures from look join done using (key)
    on conflict do nothing
  )
  select key from done`;

// Each key asks the index for itself: as a join it is a plan for the few rows there were when the connection was new, and with ten
// thousand checks all states would be read for every thirty.
const ROWS = `
  select asked.key, state.state, schedule.pulse
    from unnest($1::text[]) as asked(key)
    left join lateral (select state from "CheckState" where key = asked.key limit 1) as state on true
    left join lateral (select pulse from "CheckSchedule" where key = asked.key limit 1) as schedule on true`;

export interface JoinedRow {
  readonly key: string;
  readonly state: CheckState | null;
  readonly pulse: Pulse | null;
}

export const CHECK_ROWS = ROWS;

/** A check without rows is one about which nothing is known. */
export function checkRow({ key, state, pulse }: JoinedRow): CheckRow {
  return { key, state: state ?? unknownCheck(key), pulse: pulse ?? NO_PULSE };
}

type Scheduling = Pick<CheckStore, 'schedule' | 'take' | 'finish' | 'release' | 'askNow' | 'beat' | 'rows'>;

/** Who asks what when: claims in rows, each with an end of its own. */
export function checkSchedule(pool: Pool): Scheduling {
  const rows = <Row>(text: string, values: readonly unknown[]) => reaching(() => rowsOf<Row>(pool, text, values));
  return {
    schedule: async (checks) => {
      const asked = checks.map(({ key, every, lease, firstAt }) => ({ key, everyMs: every, leaseMs: lease, firstAt }));
      await rows(SCHEDULE, [jsonText(asked), jsonText(NO_PULSE)]);
    },
    take: async (instance, now, limit) => {
      const taken = await rows<TakenCheck>(TAKE, [instance, now, limit]);
      // There may be more that are due: whoever has room looks at once.
      if (taken.length === limit) return { taken, nextAt: now };
      const [next] = await rows<{ nextAt: Date | null }>(NEXT, [now]);
      return { taken, nextAt: next?.nextAt ?? null };
    },
    finish: async (instance, looks) => {
      if (looks.length === 0) return [];
      return (await rows<{ key: string }>(FINISH, [instance, jsonText(looks.map(lookRow))])).map(({ key }) => key);
    },
    release: async (instance) => {
      await rows('update "CheckSchedule" set "claimedBy" = null, "claimedUntil" = null where "claimedBy" = $1', [
        instance,
      ]);
    },
    askNow: async (keys, now) => {
      await rows(`update "CheckSchedule" set "dueAt" = $2 where key = any($1::text[]) and "dueAt" > $2`, [keys, now]);
    },
    beat: (key, change) =>
      reaching(() =>
        inTransaction(pool, async (session) => {
          const [locked] = await session.rows('select 1 from "CheckSchedule" where key = $1 for update', [key]);
          const [row] = await session.rows<JoinedRow>(ROWS, [[key]]);
          if (locked === undefined || row === undefined) return false;
          const { sample, pulse, dueAt, figures } = change(checkRow(row));
          await session.rows(
            `update "CheckSchedule" set pulse = $2, "dueAt" = $3, "claimedBy" = null, "claimedUntil" = null where key = $1`,
            [key, jsonText(pulse), dueAt],
          );
          if (sample === null) return true;
          const look = lookRow({ key, sample, pulse, dueAt, figures });
          await session.rows(
            `insert into "CheckSample" (key, at, "everyMs", answer, "latencyMs", detail, figures)
             select key, $2, "everyMs", $3, $4, $5, $6 from "CheckSchedule" where key = $1 on conflict do nothing`,
            [key, look.at, look.answer, look.latencyMs, look.detail, look.figures && jsonText(look.figures)],
          );
          return true;
        }),
      ),
    rows: async (keys) => (await rows<JoinedRow>(ROWS, [keys])).map(checkRow),
  };
}

function lookRow({ key, sample, figures, pulse, dueAt }: FinishedLook) {
  const { at, answer, latencyMs, detail } = sample;
  return {
    key,
    at,
    answer,
    latencyMs,
    detail: answer === 'ok' ? null : detail,
    figures: Object.keys(figures).length === 0 ? null : figures,
    pulse,
    dueAt,
  };
}
