import { incidentSubject, windowSubject } from '../../src/domain/event.ts';
import { follow } from '../../src/domain/incident/apply.ts';
import { follow as followWindow } from '../../src/domain/window/apply.ts';
import type { Store } from '../../src/usecases/ports.ts';
import { type IncidentMoves, incidentDrafts, type Look, type WindowMoves, windowDrafts } from './uptime-story.ts';

interface Queries {
  query(text: string, values: readonly unknown[]): Promise<unknown>;
}

/** Writes what a check answered, as if it had been asked. */
export async function recordLooks(pool: Queries, key: string, every: number, looks: readonly Look[]): Promise<void> {
  await pool.query(
    `insert into "CheckSchedule" (key, active, "everyMs", "leaseMs", "dueAt", pulse)
     values ($1, true, $2, 60000, 'infinity', '{}') on conflict (key) do nothing`,
    [key, every],
  );
  await pool.query(
    `insert into "CheckSample" (key, at, "everyMs", answer, "latencyMs", detail)
     select $1, at, $4, answer, 5, case answer when 'ok' then null else 'says ' || answer end
       from unnest($2::timestamptz[], $3::text[]) as look(at, answer)`,
    [key, looks.map(({ at }) => new Date(at)), looks.map(({ answer }) => answer), every],
  );
}

/** Declares an incident and writes all that happened to it. */
export function recordIncident(store: Store, moves: IncidentMoves): Promise<number> {
  return store.once(null, async (tx) => {
    const number = await tx.nextIncidentNumber();
    const drafts = incidentDrafts(number, moves);
    await tx.save({
      events: drafts.map((draft) => ({ subject: incidentSubject(number), draft })),
      incidents: [follow(null, number, drafts)],
    });
    return number;
  });
}

/** Plans a window and writes all that happened to it. */
export function recordWindow(store: Store, moves: WindowMoves): Promise<number> {
  return store.once(null, async (tx) => {
    const [number = 0] = await tx.nextWindowNumbers(1);
    const drafts = windowDrafts(number, moves);
    await tx.save({
      events: drafts.map((draft) => ({ subject: windowSubject(number), draft })),
      windows: [followWindow(null, number, drafts)],
    });
    return number;
  });
}
