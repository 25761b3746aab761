import type { Actor } from '../actor.ts';
import type { EventDraft } from '../event.ts';
import { coverOf, windowsCovering } from '../window/covering.ts';
import type { MaintenanceWindow } from '../window/window.ts';
import { isSameCount } from './count.ts';
import { alertEventNow } from './decision.ts';
import type { AlertEvent } from './events.ts';
import { type AlertCount, type AlertGroup, type AlertTerms, isMuted } from './group.ts';
import type { Labels } from './notification.ts';

/** What came of a group whose alerts changed, or why nothing did. */
export type AlertReason =
  | 'began'
  | 'began-in-storm'
  | 'changed'
  | 'cleared'
  | 'recurred'
  | 'recurred-muted'
  /** A maintenance window explains it: it is looked at again when that is over. */
  | 'held-in-window'
  /** The window is over, and whether it still fires is being asked. */
  | 'held-to-be-sure'
  | 'never-fired'
  | 'as-before';

export interface AlertLook {
  readonly reason: AlertReason;
  /** Null when nothing is to be written. */
  readonly event: EventDraft<AlertEvent> | null;
}

/** A group whose alerts changed. */
export interface FoundGroup {
  /** Its last life; null when it had none. */
  readonly known: AlertGroup | null;
  readonly count: AlertCount;
  /** When the first change was taken in that was not looked at before. */
  readonly since: Date;
}

/** A group that fires again within this time after all was clear is the same one; ms. */
const SAME_AGAIN = 60 * 60_000;

/** Whether a group begins a life of its own: it fires, and its last life, if it had one, is long past. */
export function beginsAnew({ known, count }: Pick<FoundGroup, 'known' | 'count'>, now: Date): boolean {
  return count.firing > 0 && (known === null || isOver(known, now));
}

/** Whether the group's last life is so long past that what fires now is another one. While a mute lasts it is the same. */
export function isOver(group: Pick<AlertGroup, 'resolvedAt' | 'muted'>, now: Date): boolean {
  const { resolvedAt } = group;
  return resolvedAt !== null && now.getTime() - Date.parse(resolvedAt) > SAME_AGAIN && !isMuted(group, now);
}

/** A group that people would be called by, and what a maintenance window may explain it by. */
interface HoldableGroup extends Pick<FoundGroup, 'known' | 'count'> {
  readonly service: string | null;
  readonly labels: Labels;
  /** How many of those that fire its source has no more. */
  readonly missing: number;
}

/** A window that is over is looked after within this time, as Alertmanagers are asked each minute; ms. */
export const LOOKED_AFTER = 90_000;

/**
 * Why a group is not looked at yet; null when it is. Held is what people would be called by: while a maintenance window explains it,
 * after that until it is known whether it still fires. What they know to fire they are told of as ever.
 *
 * @param open the windows that have begun
 * @param ended windows that are over, of which nobody has asked yet what still fires
 */
export function holdsGroup(
  found: HoldableGroup,
  { open, ended }: { readonly open: readonly MaintenanceWindow[]; readonly ended: readonly MaintenanceWindow[] },
  now: Date,
): Extract<AlertReason, `held-${string}`> | null {
  const isNews = found.count.firing > 0 && found.known?.status !== 'firing';
  if (!isNews) return null;
  if (windowsCovering(open, found, now).length > 0) return 'held-in-window';
  const isUnsure = found.missing === found.count.firing || ended.some((window) => coveredLately(window, found, now));
  return isUnsure ? 'held-to-be-sure' : null;
}

function coveredLately(window: MaintenanceWindow, found: HoldableGroup, now: Date): boolean {
  const last = (coverOf(window)?.to.getTime() ?? 0) - 1;
  return last > now.getTime() - LOOKED_AFTER && windowsCovering([window], found, new Date(last)).length > 0;
}

/**
 * A group begins.
 *
 * @param storm the message it shares; null for a card of its own
 */
export function begin(
  { number, terms, storm }: { readonly number: number; readonly terms: AlertTerms; readonly storm: number | null },
  { count, since }: FoundGroup,
  now: Date,
): AlertLook {
  const event = alertEventNow(toldBy(terms, now), { kind: 'alerts.began', number, terms, count, storm }, since);
  return { reason: storm === null ? 'began' : 'began-in-storm', event };
}

/** What becomes of a group whose alerts changed and that does not begin anew. */
export function lookAgain({ known, count }: FoundGroup, now: Date): AlertLook {
  if (known === null || isOver(known, now)) return { reason: 'never-fired', event: null };
  const told = (kind: 'alerts.changed' | 'alerts.cleared' | 'alerts.recurred') =>
    alertEventNow(toldBy(known, now), { kind, count });
  if (known.status === 'resolved') {
    if (count.firing === 0) return { reason: 'as-before', event: null };
    return { reason: isMuted(known, now) ? 'recurred-muted' : 'recurred', event: told('alerts.recurred') };
  }
  if (count.firing === 0) return { reason: 'cleared', event: told('alerts.cleared') };
  return isSameCount(known, count)
    ? { reason: 'as-before', event: null }
    : { reason: 'changed', event: told('alerts.changed') };
}

function toldBy({ source }: Pick<AlertTerms, 'source'>, now: Date): { actor: Actor; now: Date } {
  return { actor: { kind: 'webhook', source }, now };
}
