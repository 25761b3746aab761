import type { Delivery } from '../delivery.ts';
import { type AlertDecision, type AlertSituation, alertEventNow, hourOf, showGroup } from './decision.ts';
import type { AlertCount, AlertGroup, AlertTerms } from './group.ts';

/** What was done about a group that changed, or why nothing was. */
export type AlertReason = 'began' | 'began-in-storm' | 'changed' | 'cleared' | 'recurred' | 'never-fired' | 'as-before';

export interface AlertLook {
  readonly reason: AlertReason;
  /** Null when nothing is to be written. */
  readonly decision: AlertDecision | null;
}

/** What its channel has seen lately. */
export interface ChannelLately {
  /** Groups that began in it within the last ten minutes and have a card. */
  readonly cards: number;
  /** Whether a message for groups without a card was posted in it in this hour. */
  readonly hasStorm: boolean;
}

/** A group that fires again within this time after all was clear is the same one; in milliseconds. */
const SAME_AGAIN = 60 * 60_000;
/** More cards than this in ten minutes and nobody reads the channel: the rest share one message. */
const MOST_CARDS = 5;

/**
 * What becomes of a group whose alerts changed. People are called by something new only - a group that begins, or fires again
 * after it was clear; everything else edits what is there.
 *
 * @param known the group's last life; null when it had none
 */
export function lookAtGroup(
  number: number,
  known: AlertGroup | null,
  found: { readonly terms: AlertTerms; readonly count: AlertCount },
  lately: ChannelLately,
  situation: AlertSituation,
): AlertLook {
  const { count } = found;
  if (known === null || isOver(known, situation.now)) {
    return count.firing === 0 ? { reason: 'never-fired', decision: null } : began(number, found, lately, situation);
  }
  if (known.status === 'resolved') {
    return count.firing === 0 ? { reason: 'as-before', decision: null } : recurred(known, count, situation);
  }
  const isClear = count.firing === 0;
  const event = alertEventNow(situation, { kind: isClear ? 'alerts.cleared' : 'alerts.changed', count });
  return { reason: isClear ? 'cleared' : 'changed', decision: { events: [event], deliveries: [showGroup(known)] } };
}

/** Whether the group's last life is so long past that what fires now is a new group. */
export function isOver({ resolvedAt }: Pick<AlertGroup, 'resolvedAt'>, now: Date): boolean {
  return resolvedAt !== null && now.getTime() - Date.parse(resolvedAt) > SAME_AGAIN;
}

function began(
  number: number,
  { terms, count }: { readonly terms: AlertTerms; readonly count: AlertCount },
  lately: ChannelLately,
  situation: AlertSituation,
): AlertLook {
  const carded = lately.cards < MOST_CARDS;
  const event = alertEventNow(situation, { kind: 'alerts.began', number, terms, count, carded });
  const deliveries = [carded ? card(number, terms.channel) : storm(terms.channel, lately, situation)];
  return { reason: carded ? 'began' : 'began-in-storm', decision: { events: [event], deliveries } };
}

function recurred(known: AlertGroup, count: AlertCount, situation: AlertSituation): AlertLook {
  const { number, title, channel, muted } = known;
  const line: Delivery = {
    kind: 'post',
    to: { to: 'channel', channel },
    message: { type: 'alert-recurred', alert: number, title, firing: count.firing },
  };
  const isMuted = muted !== null && situation.now < new Date(muted.until);
  return {
    reason: 'recurred',
    decision: {
      events: [alertEventNow(situation, { kind: 'alerts.recurred', count })],
      deliveries: [showGroup(known), ...(isMuted || !known.carded ? [] : [line])],
    },
  };
}

function card(number: number, channel: string): Delivery {
  const to = { to: 'channel', channel } as const;
  return { kind: 'post', to, message: { type: 'alert-card', alert: number }, keep: `alerts:${number}:card` };
}

function storm(channel: string, { hasStorm }: ChannelLately, { now }: AlertSituation): Delivery {
  const hour = hourOf(now.toISOString());
  const key = `alerts:${channel}:storm:${hour}` as const;
  if (hasStorm) return { kind: 'render', key };
  return { kind: 'post', to: { to: 'channel', channel }, message: { type: 'alert-storm', channel, hour }, keep: key };
}
