import { decidePostmortemReminder } from '../../domain/incident/reminders.ts';
import type { IncidentDeps } from './change.ts';
import { type ReminderReport, remindEach } from './remind.ts';

/** Asks for every post-mortem that has reached a stage. Safe to run as often as one likes, by any number of instances. */
export async function remindPostmortems(deps: IncidentDeps): Promise<ReminderReport[]> {
  const owed = await deps.store.incidentsAwaitingPostmortem();
  return remindEach(deps, 'remind-postmortems', owed, decidePostmortemReminder);
}
