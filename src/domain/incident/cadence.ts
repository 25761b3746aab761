import type { OperationsSpec } from '../spec/types.ts';
import type { Incident } from './state.ts';
import { isOpen } from './transitions.ts';

/** What is to be done about an incident's next update, and why. */
export type UpdateReminder =
  | {
      readonly tell: null;
      readonly reason: 'over' | 'no-update-owed' | 'not-due' | 'owner-has-time' | 'told-in-this-period';
    }
  | {
      readonly tell: 'owner' | 'channel';
      readonly reason: 'owner-first' | 'nobody-owns-it' | 'owner-did-not-post';
      /** When the update was due; ISO. */
      readonly dueAt: string;
      /** Nobody is told again before this. */
      readonly nextCheckAt: Date;
    };

/** The owner alone has this part of a period to post before the channel hears of it: 5 of 15 minutes. */
const OWNERS_SHARE = 1 / 3;

/**
 * An overdue update is told to its owner, and to the channel when a third of the period later there is still none; then
 * again in each further period that passes without one. What an outage of ours missed is told once, not once a period.
 */
export function updateReminder(
  incident: Incident,
  spec: Pick<OperationsSpec, 'severities'>,
  now: Date,
): UpdateReminder {
  const { severity, nextUpdateDueAt, updateReminder: last } = incident;
  if (!isOpen(incident)) return { tell: null, reason: 'over' };
  // The spec in force now decides: one that asks for no updates any more ends the reminders too.
  const every = severity === null ? null : spec.severities[severity].updateEvery;
  if (nextUpdateDueAt === null || every === null) return { tell: null, reason: 'no-update-owed' };
  const dueAt = nextUpdateDueAt;
  const due = Date.parse(dueAt);
  if (now.getTime() < due) return { tell: null, reason: 'not-due' };

  if (last !== null && now < new Date(last.nextCheckAt)) {
    return { tell: null, reason: last.told === 'owner' ? 'owner-has-time' : 'told-in-this-period' };
  }
  const nextPeriod = new Date(due + (Math.floor((now.getTime() - due) / every) + 1) * every);
  if (incident.owner === null) return { tell: 'channel', reason: 'nobody-owns-it', dueAt, nextCheckAt: nextPeriod };
  if (last?.told === 'owner') return { tell: 'channel', reason: 'owner-did-not-post', dueAt, nextCheckAt: nextPeriod };
  const nextCheckAt = new Date(now.getTime() + every * OWNERS_SHARE);
  return { tell: 'owner', reason: 'owner-first', dueAt, nextCheckAt };
}
