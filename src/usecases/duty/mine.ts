import type { DutyRun } from '../../domain/duty/run.ts';
import { teamsOf } from '../../domain/duty/teams.ts';
import { type CalendarEntry, fallingDue } from '../../domain/duty/upcoming.ts';
import type { Person } from '../../domain/permissions.ts';
import type { DutyDeps } from './change.ts';
import { listOpenRuns } from './list.ts';

/** What concerns one person. */
export interface MyDuties {
  /** Taken by them, whichever team answers for it. */
  readonly taken: readonly DutyRun[];
  /** Open runs of their teams that nobody has taken. */
  readonly free: readonly DutyRun[];
  /** What falls due for their teams in the next seven days. */
  readonly coming: readonly CalendarEntry[];
}

const WEEK = 7 * 86_400_000;

/** The duties of one person, for the App Home. */
export async function myDuties(deps: DutyDeps, who: Person): Promise<MyDuties> {
  const spec = deps.spec.current();
  const now = deps.clock.now();
  const owners = teamsOf(spec, who);
  const [taken, theirs] = await Promise.all([
    listOpenRuns(deps, { takenBy: who.userId }),
    owners.length === 0 ? [] : listOpenRuns(deps, { owners }),
  ]);
  return {
    taken,
    free: theirs.filter(({ takenBy }) => takenBy === null),
    coming: fallingDue(spec, { from: new Date(now.getTime() + 1), to: new Date(now.getTime() + WEEK), owners }),
  };
}
