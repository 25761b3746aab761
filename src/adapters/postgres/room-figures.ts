import type { Pool } from 'pg';
import { OPEN_STATUSES } from '../../domain/incident/transitions.ts';
import { OPEN_WINDOW_STATUSES } from '../../domain/window/window.ts';
import type { Counted, RoomFigures, TimesBucket } from '../../usecases/figures-port.ts';
import { reaching } from './faults.ts';
import { rowsOf } from './session.ts';

const OPEN_INCIDENTS = `
  select coalesce(severity, 'unrated') as label, count(*)::int as count
    from "Incident" where status = any($1::text[]) group by 1`;

const TIMES = `
  select coalesce(severity, 'unrated') as severity, measure, bound.le, count(*)::int as count, sum(seconds)::float8 as seconds
    from "Incident"
   cross join lateral (values ('acknowledge', state->>'acknowledgedAt'), ('resolve', state->>'resolvedAt')) as reached(measure, at)
   cross join lateral (
     select extract(epoch from at::timestamptz - (state->>'declaredAt')::timestamptz)::float8 as seconds) as took
   cross join lateral (select min(le) as le from unnest($1::float8[]) as le where seconds <= le) as bound
   where at is not null group by 1, 2, 3`;

const OPEN_RUNS = `
  select status as label, count(*)::int as count from "DutyRun" where status in ('due', 'late') group by 1`;

const OPEN_WINDOWS = `
  select status as label, count(*)::int as count from "Window" where status = any($1::text[]) group by 1`;

const PAGES = `select status as label, count(*)::int as count from "Page" group by 1`;

/** What is asked of metrics stands beside the checks in the schedule, and has no status. */
const CHECKS = `
  select coalesce(state.status, 'unknown') as label, count(*)::int as count
    from "CheckSchedule" left join "CheckState" as state using (key)
   where active and key not like 'metric:%' group by 1`;

const ALERT_GROUPS = `
  select coalesce(state->>'severity', 'unrated') as label, count(*)::int as count
    from "AlertGroup" where status = 'firing' group by 1`;

/**
 * What the rooms hold now, counted.
 *
 * @param bounds of the histograms, in seconds, ascending
 * @throws DatabaseUnavailable
 */
export async function readRoomFigures(pool: Pool, bounds: readonly number[]): Promise<RoomFigures> {
  const rows = <Row = Counted>(text: string, values: readonly unknown[] = []) =>
    reaching(() => rowsOf<Row>(pool, text, values));
  return {
    openIncidents: await rows(OPEN_INCIDENTS, [OPEN_STATUSES]),
    times: await rows<TimesBucket>(TIMES, [bounds]),
    openRuns: await rows(OPEN_RUNS),
    openWindows: await rows(OPEN_WINDOWS, [OPEN_WINDOW_STATUSES]),
    pages: await rows(PAGES),
    checks: await rows(CHECKS),
    alertGroups: await rows(ALERT_GROUPS),
  };
}
