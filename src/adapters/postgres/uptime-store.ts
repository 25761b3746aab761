import type { RecordedIncident } from '../../domain/uptime/incident-downtime.ts';
import type { Answered } from '../../domain/uptime/standing.ts';
import type { Stretch } from '../../domain/uptime/stretch.ts';
import type { WarningKey } from '../../domain/uptime/warning.ts';
import type { MaintenanceWindow } from '../../domain/window/window.ts';
import type { UptimeStore } from '../../usecases/uptime-port.ts';
import type { Database } from './client.ts';
import { reaching } from './faults.ts';
import { rowsOf } from './session.ts';

const DAY = 86_400_000;

/**
 * Answers that are not kept yet, the same ones in a row as one: of the checks in `$1` (all when null), as known at `$2`, and
 * of those only what was answered before `$3`. In two intervals of silence somebody may have been late; in more nobody asked,
 * and then an answer stands no longer than for the interval it was asked for.
 */
const FRESH = `
  with asked as (
    select key, (select "lastAt" from "CheckAnswered" as kept where kept.key = one.key order by "from" desc limit 1) as since
      from "CheckSchedule" as one where $1::text[] is null or key = any($1)
  ), sample as (
    select key, at, answer, detail, "everyMs" * interval '1 millisecond' as every, lead(at) over (partition by key order by at) as next
      from asked join "CheckSample" using (key) where at > coalesce(since, '-infinity') and at <= $2::timestamptz
  ), standing as (
    select key, at, answer, detail,
           case when next - at <= 2 * every then next
                when next is null and $2 - at <= 2 * every then $2
                else at + every end as until
      from sample where at < $3::timestamptz
  ), marked as (
    select *, case when lag(answer) over each = answer and lag(until) over each = at then 0 else 1 end as begins
      from standing window each as (partition by key order by at)
  ), numbered as (
    select *, sum(begins) over (partition by key order by at) as run from marked
  )
  select key, min(at) as "from", max(until) as "to", max(at) as "lastAt", answer, count(*)::int as looks,
         (array_agg(detail order by at))[1] as detail
    from numbered group by key, run, answer`;

const KEEP = `
  insert into "CheckAnswered" (key, "from", "to", "lastAt", answer, looks, detail)
  select key, "from", "to", "lastAt", answer, looks, detail from (${FRESH}) as fresh on conflict do nothing`;

const ANSWERS = `
  select key as check, (extract(epoch from "from") * 1000)::float8 as "from",
         (extract(epoch from "to") * 1000)::float8 as "to", answer, looks, detail
    from (
      select key, "from", "to", answer, looks, detail from "CheckAnswered" where key = any($1)
       union all
      select key, "from", "to", answer, looks, detail from (${FRESH}) as fresh
    ) as known
   where "to" > $4::timestamptz and "from" < $5::timestamptz order by key, "from"`;

// Every incident that was open after the beginning is open now, or was resolved after it.
const INCIDENTS = `
  select state as incident, coalesce((
           select jsonb_agg(jsonb_build_object('at', "occurredAt", 'kind', kind) order by seq) from "Event"
            where subject = 'INC-' || number and kind in ('incident.resolved', 'incident.reopened')), '[]') as turns
    from "Incident"
   where state->>'service' = any($1::text[]) and (state->>'declaredAt')::timestamptz < $3
     and (state->>'resolvedAt' is null or (state->>'resolvedAt')::timestamptz > $2)
   order by number`;

const WINDOWS = `
  select state from "Window"
   where status in ('started', 'ended') and state->'services' ?| $1::text[]
     and (state->'started'->>'at')::timestamptz < $3
     and (state->'ended'->>'at' is null or (state->'ended'->>'at')::timestamptz > $2)
   order by number`;

/** What uptime is reckoned from, as the log and the checks have it. */
export function createUptimeStore({ pool }: Pick<Database, 'pool'>): UptimeStore {
  const rows = <Row>(text: string, values: readonly unknown[]) => reaching(() => rowsOf<Row>(pool, text, values));
  return {
    answers: (keys, within, now) => rows<Answered>(ANSWERS, [keys, now, 'infinity', ...ends(within)]),
    keepAnswers: async (now) => {
      await rows(KEEP, [null, now, new Date(now.getTime() - DAY)]);
    },
    incidentsOf: (services, within) => rows<RecordedIncident>(INCIDENTS, [services, ...ends(within)]),
    warnings: () => rows<WarningKey>('select slo, objective, period, warning from "BudgetWarning"', []),
    windowsOf: async (services, within) =>
      (await rows<{ state: MaintenanceWindow }>(WINDOWS, [services, ...ends(within)])).map(({ state }) => state),
  };
}

function ends({ from, to }: Stretch): [Date, Date] {
  return [new Date(from), new Date(to)];
}
