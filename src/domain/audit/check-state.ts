import type { Fault } from './fault.ts';
import { firstDifference } from './first-difference.ts';
import type { StateColumns, StateKind } from './states.ts';

/** The row a state is read from, as it stands in the database. */
export interface StateRow {
  readonly columns: StateColumns;
  /** A state of its kind, unless somebody wrote something else there. */
  readonly state: unknown;
}

/**
 * The first thing in a row that does not follow from its chain's events; null when all of it does.
 *
 * @param folded what the chain's events lead to
 */
export function stateFault(kind: StateKind, subject: string, folded: unknown, row: StateRow | null): Fault | null {
  const says = (code: Fault['code'], sentence: string): Fault => ({ code, subject, seq: null, sentence });
  if (row === null) {
    return says('missing-state', `${subject} has events and no state: its row in "${kind.table}" was deleted.`);
  }
  const inState = firstDifference(folded, row.state);
  const columns = kind.columns(folded);
  if (inState === 'version') {
    return says(
      'altered-state',
      `The state of ${subject} says another version than ${columns['version']}, where its chain ends: the chain was cut off or added to, or the state was altered.`,
    );
  }
  if (inState !== null) {
    const what = inState === '' ? `it is no ${kind.word}` : `its field ${inState} is not what its events lead to`;
    return says('altered-state', `The state of ${subject} was altered: ${what}.`);
  }
  const inColumns = firstDifference(columns, row.columns);
  if (inColumns === null) return null;
  return says(
    'altered-state',
    `The row of ${subject} was altered: its column ${inColumns} is not what its state says.`,
  );
}
