import { type CalendarEntry, fallingDue } from '../../domain/duty/upcoming.ts';
import type { DutyDeps } from './change.ts';

/** What the spec in force has fall due in the range, both ends included; of some teams or of all. */
export function showCalendar(
  deps: Pick<DutyDeps, 'spec'>,
  range: { readonly from: Date; readonly to: Date; readonly owners?: readonly string[] },
): CalendarEntry[] {
  return fallingDue(deps.spec.current(), range);
}
