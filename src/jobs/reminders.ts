import type { IncidentDeps } from '../usecases/incident/change.ts';
import type { ReminderReport } from '../usecases/incident/remind.ts';
import { remindOverdueUpdates } from '../usecases/incident/remind-overdue-updates.ts';
import { remindPostmortems } from '../usecases/incident/remind-postmortems.ts';
import type { Logger } from '../usecases/log.ts';
import type { Chore } from './chores.ts';

/** What people are reminded of; the log says of each incident why somebody was told, or why nobody was. */
export function reminders(deps: IncidentDeps, log: Logger): readonly Chore[] {
  const chore = (name: string, remind: (deps: IncidentDeps) => Promise<readonly ReminderReport[]>): Chore => ({
    name,
    run: async () => {
      for (const { incident, told, reason } of await remind(deps)) {
        if (told) log.info({ incident, chore: name, reason }, 'reminded');
        else log.debug({ incident, chore: name, reason }, 'not reminded');
      }
    },
  });
  return [chore('remind-overdue-updates', remindOverdueUpdates), chore('remind-postmortems', remindPostmortems)];
}
