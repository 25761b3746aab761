import { decideUpdateReminder } from '../../domain/incident/reminders.ts';
import type { IncidentDeps } from './change.ts';
import { type ReminderReport, remindEach } from './remind.ts';

/** Reminds of every status update that is overdue now. Safe to run as often as one likes, by any number of instances. */
export async function remindOverdueUpdates(deps: IncidentDeps): Promise<ReminderReport[]> {
  const overdue = await deps.store.incidentsWithUpdateDue(deps.clock.now());
  return remindEach(deps, 'remind-overdue-updates', overdue, decideUpdateReminder);
}
