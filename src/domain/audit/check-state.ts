import type { Incident } from '../incident/state.ts';
import type { Fault } from './fault.ts';
import { firstDifference } from './first-difference.ts';

/** What stands beside an incident's state to be searched by. Instants are milliseconds since 1970. */
interface StateColumns {
  readonly number: number;
  readonly version: number;
  readonly status: string;
  readonly severity: string | null;
  readonly channelId: string | null;
  readonly nextUpdateDueAt: number | null;
  readonly postmortemDueAt: number | null;
}

/** The row from which an incident is read, as it stands in the database. */
export interface StateRow {
  readonly columns: StateColumns;
  /** An incident, unless somebody wrote something else there. */
  readonly state: unknown;
}

/**
 * The first thing in an incident's row that does not follow from its events; null when all of it does.
 *
 * @param folded what the chain's events lead to
 */
export function stateFault(subject: string, folded: Incident, row: StateRow | null): Fault | null {
  const says = (code: Fault['code'], sentence: string): Fault => ({ code, subject, seq: null, sentence });
  if (row === null) {
    return says('missing-state', `${subject} has events and no state: its row in "Incident" was deleted.`);
  }
  const inState = firstDifference(folded, row.state);
  if (inState === 'version') {
    return says(
      'altered-state',
      `The state of ${subject} says another version than ${folded.version}, where its chain ends: the chain was cut off or added to, or the state was altered.`,
    );
  }
  if (inState !== null) {
    const what = inState === '' ? 'it is no incident' : `its field ${inState} is not what its events lead to`;
    return says('altered-state', `The state of ${subject} was altered: ${what}.`);
  }
  const inColumns = firstDifference(columnsOf(folded), row.columns);
  if (inColumns === null) return null;
  return says(
    'altered-state',
    `The row of ${subject} was altered: its column ${inColumns} is not what its state says.`,
  );
}

function columnsOf(incident: Incident): StateColumns {
  return {
    number: incident.number,
    version: incident.version,
    status: incident.status,
    severity: incident.severity,
    channelId: incident.channel?.id ?? null,
    nextUpdateDueAt: instantOf(incident.nextUpdateDueAt),
    postmortemDueAt: instantOf(incident.postmortemDueAt),
  };
}

function instantOf(text: string | null): number | null {
  return text === null ? null : Date.parse(text);
}
