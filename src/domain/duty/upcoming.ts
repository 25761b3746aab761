import type { OperationsSpec } from '../spec/types.ts';
import { occurrences } from './recurrence.ts';
import { rangeOf } from './terms.ts';

/** One time at which a duty falls due, as calendars show it. */
export interface CalendarEntry {
  readonly duty: string;
  readonly title: string;
  /** Key of the team that answers for it. */
  readonly owner: string;
  readonly at: Date;
  /** What clocks in `zone` show then: "2026-03-18 10:00". */
  readonly local: string;
  readonly zone: string;
}

/** What of a spec says when duties fall due. */
export type DutyTimes = Pick<OperationsSpec, 'timezone' | 'duties' | 'holidays' | 'freezes'>;

/** Everything that falls due in the range, both ends included; sorted by time, then key. */
export function fallingDue(
  spec: DutyTimes,
  range: { readonly from: Date; readonly to: Date; readonly owners?: readonly string[] | undefined },
): CalendarEntry[] {
  const { from, to, owners } = range;
  return spec.duties
    .filter(({ owner }) => owners === undefined || owners.includes(owner))
    .flatMap((duty) =>
      occurrences(duty.when, { ...rangeOf(duty, spec), from, to }).map(({ at, local, zone }) => {
        const { key, title, owner } = duty;
        return { duty: key, title, owner, at, local, zone };
      }),
    )
    .sort((a, b) => a.at.getTime() - b.at.getTime() || compare(a.duty, b.duty));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
