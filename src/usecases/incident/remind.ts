import { incidentSubject } from '../../domain/event.ts';
import type { Situation } from '../../domain/incident/decision.ts';
import type { Reminded } from '../../domain/incident/reminders.ts';
import type { Incident } from '../../domain/incident/state.ts';
import { DatabaseUnavailable } from '../errors.ts';
import { type IncidentDeps, writeIncident } from './change.ts';

/** What became of one incident's reminder, for the log: why somebody was told, or why nobody was. */
export interface ReminderReport {
  readonly incident: string;
  readonly told: boolean;
  readonly reason: string;
}

/**
 * Decides for each incident whether somebody is reminded. Whoever is to be told is decided again under the chain's
 * lock, on the state that is then in force: of two instances that look at once, one tells and the other sees that it did.
 *
 * @throws DatabaseUnavailable, or AggregateError after all were tried: one incident that fails keeps nobody else from being
 * reminded
 */
export async function remindEach(
  deps: IncidentDeps,
  job: string,
  incidents: readonly Incident[],
  decide: (incident: Incident, situation: Situation) => Reminded<string>,
): Promise<ReminderReport[]> {
  const situation = (): Situation => ({
    actor: { kind: 'system', job },
    now: deps.clock.now(),
    spec: deps.spec.current(),
  });
  const reports: ReminderReport[] = [];
  const faults: unknown[] = [];
  for (const incident of incidents) {
    try {
      const glance = decide(incident, situation());
      const { reason, decision } =
        glance.decision === null ? glance : await claim(deps, incident.number, (locked) => decide(locked, situation()));
      reports.push({ incident: incidentSubject(incident.number), told: decision !== null, reason });
    } catch (fault) {
      // It would be the same for every other incident; the next minute looks again.
      if (fault instanceof DatabaseUnavailable) throw fault;
      faults.push(fault);
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, `${job} failed for ${faults.length} of ${incidents.length}`);
  return reports;
}

function claim(
  deps: IncidentDeps,
  number: number,
  decide: (incident: Incident) => Reminded<string>,
): Promise<Reminded<string>> {
  return deps.store.once(null, async (tx) => {
    const incident = await tx.incident(number);
    if (incident === null) throw new Error(`${incidentSubject(number)} was listed and is not there`);
    const reminded = decide(incident);
    if (reminded.decision !== null) {
      await writeIncident(tx, incident, number, reminded.decision.events, reminded.decision.deliveries);
    }
    return reminded;
  });
}
