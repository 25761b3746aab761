import type { Actor } from '../actor.ts';
import type { EventDraft } from '../event.ts';
import { windowsCovering } from '../window/covering.ts';
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

/** Would people be called by a group that a maintenance window explains? What they know to fire they are told of as ever. */
export function isHeldInWindow(
  found: Pick<FoundGroup, 'known' | 'count'> & { readonly service: string | null; readonly labels: Labels },
  windows: readonly MaintenanceWindow[],
  now: Date,
): boolean {
  const isNews = found.count.firing > 0 && found.known?.status !== 'firing';
  return isNews && windowsCovering(windows, found, now).length > 0;
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
