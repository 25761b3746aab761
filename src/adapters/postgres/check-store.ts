import type { Pool } from 'pg';
import { checkSubject } from '../../domain/event.ts';
import type { CheckDay } from '../../domain/health/day.ts';
import type { CheckEvent } from '../../domain/health/events.ts';
import type { CheckGroup } from '../../domain/health/group.ts';
import type { CheckStore, HealthScreen } from '../../usecases/check-store-port.ts';
import { checkSchedule } from './check-schedule.ts';
import type { Database } from './client.ts';
import { eventsOf } from './event-log.ts';
import { reaching } from './faults.ts';
import { measuredFigures } from './measured-figures.ts';
import { rowsOf } from './session.ts';

/** A sample stands until the next one, for two intervals at most, and never beyond `$2`. */
const SUMMED = `
  select key, (at at time zone 'UTC')::date as day,
         count(*) filter (where answer = 'ok')::int as good,
         count(*) filter (where answer = 'failing')::int as bad,
         count(*) filter (where answer = 'could-not-tell')::int as unclear,
         coalesce(sum(stood) filter (where answer = 'ok'), 0)::bigint as "goodMs",
         coalesce(sum(stood) filter (where answer = 'failing'), 0)::bigint as "badMs",
         coalesce(sum(stood) filter (where answer = 'could-not-tell'), 0)::bigint as "unclearMs",
         avg("latencyMs") as "latencyAvgMs", max("latencyMs") as "latencyMaxMs"
    from (
      select sample.key, at, answer, "latencyMs",
             extract(epoch from least(
               lead(at) over (partition by sample.key order by at), at + 2 * "everyMs" * interval '1 millisecond',
               date_trunc('day', at at time zone 'UTC') at time zone 'UTC' + interval '1 day', $2::timestamptz) - at) * 1000 as stood
        from "CheckSample" as sample
       where at >= $1::timestamptz and at < $2::timestamptz and ($3::text[] is null or sample.key = any($3))
    ) as lasting
   group by key, day`;

const ROLL_UP = `
  insert into "CheckDay" (key, day, good, bad, unclear, "goodMs", "badMs", "unclearMs", "latencyAvgMs", "latencyMaxMs")
  select key, day, good, bad, unclear, "goodMs", "badMs", "unclearMs", "latencyAvgMs", "latencyMaxMs" from (${SUMMED}) as summed
  on conflict (key, day) do update set
    good = excluded.good, bad = excluded.bad, unclear = excluded.unclear, "goodMs" = excluded."goodMs",
    "badMs" = excluded."badMs", "unclearMs" = excluded."unclearMs",
    "latencyAvgMs" = excluded."latencyAvgMs", "latencyMaxMs" = excluded."latencyMaxMs"`;

const DAYS = `
  select key, to_char(day, 'YYYY-MM-DD') as day, good, bad, unclear, "goodMs"::float8, "badMs"::float8,
         "unclearMs"::float8, "latencyAvgMs", "latencyMaxMs"`;

const SCREEN = `select number, channel, keys, "askedAt", revision, open from "HealthScreen"`;
const GROUP = `select number, channel, "openedAt", revision, "renderedAt" from "CheckGroup"`;

/** When checks are asked, what they answered, and the messages that show it. */
export function createCheckStore({ pool }: Pick<Database, 'pool'>): CheckStore {
  return { ...checkSchedule(pool), ...messages(pool), ...history(pool), ...measuredFigures(pool) };
}

function messages(pool: Pool) {
  const rows = <Row>(text: string, values: readonly unknown[]) => reaching(() => rowsOf<Row>(pool, text, values));
  const keys = async (text: string, values: readonly unknown[]) =>
    (await rows<{ key: string }>(text, values)).map(({ key }) => key);
  return {
    heldBecause: (because: readonly string[]) =>
      keys(`select key from "CheckState" where status = 'held' and state->>'because' = any($1::text[])`, [because]),
    muteOver: (now: Date) => keys('select key from "CheckState" where "mutedUntil" <= $1 order by key', [now]),
    quietInWindows: () => keys(`select key from "CheckState" where (state->>'window') is not null order by key`, []),
    group: async (number: number) => (await rows<CheckGroup>(`${GROUP} where number = $1`, [number]))[0] ?? null,
    inGroup: (number: number) => keys('select key from "CheckState" where "group" = $1 order by key', [number]),
    staleGroups: (before: Date) =>
      rows<CheckGroup>(
        `${GROUP} where "renderedAt" <= $1 and number in (
           select "group" from "CheckState" join "CheckSchedule" using (key)
            where active and status in ('failing', 'flapping')) order by number`,
        [before],
      ),
    watch: async (channel: string, until: Date, by: string) => {
      await rows(
        `insert into "CheckWatch" (channel, until, by) values ($1, $2, $3)
         on conflict (channel) do update set until = excluded.until, by = excluded.by`,
        [channel, until, by],
      );
    },
    unwatch: async (channel: string) =>
      (await rows('delete from "CheckWatch" where channel = $1 returning 1', [channel])).length > 0,
    watching: async (now: Date) =>
      (
        await rows<{ channel: string }>('select channel from "CheckWatch" where until > $1 order by channel', [now])
      ).map(({ channel }) => channel),
    screen: async (number: number) => (await rows<HealthScreen>(`${SCREEN} where number = $1`, [number]))[0] ?? null,
    openScreens: () => rows<HealthScreen>(`${SCREEN} where open order by number`, []),
  };
}

function history(pool: Pool): Pick<CheckStore, 'days' | 'rollUp' | 'events'> {
  const rows = <Row>(text: string, values: readonly unknown[]) => reaching(() => rowsOf<Row>(pool, text, values));
  return {
    events: (key) => eventsOf<CheckEvent>(rows, checkSubject(key)),
    days: async (keys, from, now) => {
      const today = startOfDay(now);
      const past = await rows<CheckDay>(
        `${DAYS} from "CheckDay" where key = any($1::text[]) and day >= $2::date and day < $3::date order by day, key`,
        [keys, from, today.toISOString().slice(0, 10)],
      );
      const current = await rows<CheckDay>(`${DAYS} from (${SUMMED}) as summed order by key`, [today, now, keys]);
      return [...past, ...current];
    },
    rollUp: async (now, keepFrom) => {
      const [last] = await rows<{ from: Date | null }>(
        `select coalesce((select max(day) from "CheckDay")::timestamptz, (select min(at) from "CheckSample")) as from`,
        [],
      );
      // The last day that was summed up is summed up again, for answers that were written late: but not when its samples
      // are gone in part.
      const from = last?.from == null ? null : startOfDay(last.from);
      if (from !== null) await rows(ROLL_UP, [from > keepFrom ? from : startOfNextDay(from), startOfDay(now), null]);
      await rows('delete from "CheckSample" where at < $1', [keepFrom]);
    },
  };
}

function startOfDay(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()));
}

function startOfNextDay(at: Date): Date {
  return new Date(startOfDay(at).getTime() + 86_400_000);
}
