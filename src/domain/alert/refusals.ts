import { alertSubject } from '../event.ts';
import type { MuteRefusal } from '../health/mute.ts';
import { type Outcome, refused } from '../outcome.ts';
import type { AlertDecision } from './decision.ts';
import type { AlertGroup } from './group.ts';

/** Every reason for which something is not done about a group of alerts. */
export type AlertRefusal =
  | MuteRefusal
  | 'unknown-alert'
  | 'already-acknowledged'
  | 'already-clear'
  | 'already-declared'
  | 'already-silenced'
  | 'not-silenced'
  | 'of-window'
  | 'not-silenceable'
  | 'no-alertmanager'
  | 'alertmanager-away'
  | 'not-there'
  | 'no-labels'
  | 'not-permitted';

export type AlertDecided = Outcome<AlertDecision, AlertRefusal>;

export function unknownAlert(number: number) {
  return refused('unknown-alert', `There is no ${alertSubject(number)}. \`/ops alerts\` shows what fires now.`);
}

/** Refuses what is done only about something that fires; null while it does. */
export function clearRefusal({ number, status }: Pick<AlertGroup, 'number' | 'status'>) {
  if (status === 'firing') return null;
  return refused('already-clear', `${alertSubject(number)} is clear: none of its alerts fires any more.`);
}
