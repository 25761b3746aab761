import { nextOccurrence } from '../../domain/duty/recurrence.ts';
import type { DutyRun } from '../../domain/duty/run.ts';
import { rangeOf } from '../../domain/duty/terms.ts';
import type { CalendarEntry } from '../../domain/duty/upcoming.ts';
import type { DutyDeps } from './change.ts';
import { listOpenRuns } from './list.ts';

/** What is open, and of each duty the occurrence that comes after that. */
export interface NextDuties {
  /** The first due first. */
  readonly open: readonly DutyRun[];
  /** The soonest first; a duty that never happens again is left out. */
  readonly coming: readonly CalendarEntry[];
}

/** What there is to do and what comes, of some teams or of all. */
export async function nextDuties(
  deps: DutyDeps,
  filter: { readonly owners?: readonly string[] } = {},
): Promise<NextDuties> {
  const open = await listOpenRuns(deps, filter);
  const spec = deps.spec.current();
  const now = deps.clock.now();
  const coming = spec.duties
    .filter(({ owner }) => filter.owners?.includes(owner) ?? true)
    .flatMap((duty): CalendarEntry[] => {
      const planned = open.filter((run) => run.duty === duty.key).map(({ dueAt }) => Date.parse(dueAt));
      const after = new Date(Math.max(now.getTime(), ...planned));
      const next = nextOccurrence(duty.when, { ...rangeOf(duty, spec), after });
      if (next === undefined) return [];
      const { at, local, zone } = next;
      return [{ duty: duty.key, title: duty.title, owner: duty.owner, at, local, zone }];
    });
  return { open, coming: coming.sort((a, b) => a.at.getTime() - b.at.getTime()) };
}
