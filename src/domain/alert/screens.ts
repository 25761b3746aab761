import type { Delivery, Message } from '../delivery.ts';
import { messageOf, showGroup } from './decision.ts';
import { type AlertGroup, type AlertStorm, isMuted } from './group.ts';

const MINUTE = 60_000;
/** Groups that begin in one channel within this time are many at once; ms. */
export const AT_ONCE = 10 * MINUTE;
/** More cards than this in that time and nobody reads the channel: the rest share one message. */
const MOST_CARDS = 5;
/** Groups of one shared message that a line each says of that they fire again: the message shows all that fire. */
const MOST_LINES = 3;
/** So many groups that a window held and that begin when it is over are one message: nobody learns more from a card each. */
const TOGETHER = 3;
/** So long a shared message takes in what begins: later people would have to look for it far above; ms. */
const STORM_LASTS = 60 * MINUTE;

/** The messages of one transaction: which groups they show, and which are new. */
export interface AlertScreens {
  /**
   * Where a group that begins is shown: null for a card of its own, else the number of the message it shares.
   *
   * @param released how many groups begin in the channel at once because a maintenance window is over, if this is one of them
   */
  place(channel: string, released?: number): number | null;
  /** A group is shown that began now, or as it is now; that it fires again is said in a line too, for its card may be far above; not of more groups of a shared message than people read. */
  show(group: AlertGroup, how: 'begins' | 'changed' | 'recurs'): void;
  /** Shared messages that are to be written; writing one that exists raises its revision. */
  storms(): readonly AlertStorm[];
  deliveries(): readonly Delivery[];
}

/** What the channels of a transaction have seen lately. */
export interface ChannelsLately {
  /** How many groups began in each within `AT_ONCE` and have a card. */
  readonly cards: ReadonlyMap<string, number>;
  /** The newest shared message of each. */
  readonly storms: readonly AlertStorm[];
  /** Numbers for new ones; as many as channels at most. */
  readonly fresh: readonly number[];
}

export function alertScreens(lately: ChannelsLately, now: Date): AlertScreens {
  const cards = new Map(lately.cards);
  const storms = new Map(lately.storms.map((storm) => [storm.channel, storm]));
  const free = [...lately.fresh];
  const opened = new Set<number>();
  const touched = new Map<number, AlertStorm>();
  const shown = new Map<string, Delivery>();
  const lines: Delivery[] = [];
  const said = new Map<number, number>();

  const openStorm = (channel: string): AlertStorm => {
    const number = free.shift();
    if (number === undefined) throw new Error('more messages begin than numbers were taken for');
    const storm = { number, channel, openedAt: now };
    storms.set(channel, storm);
    opened.add(number);
    return storm;
  };

  const isEnough = (storm: number | null): boolean => {
    if (storm === null) return false;
    const soFar = said.get(storm) ?? 0;
    said.set(storm, soFar + 1);
    return soFar >= MOST_LINES;
  };

  return {
    place(channel, released = 0) {
      const soFar = cards.get(channel) ?? 0;
      if (soFar < MOST_CARDS && released < TOGETHER) {
        cards.set(channel, soFar + 1);
        return null;
      }
      const last = storms.get(channel);
      const isOpen = last !== undefined && now.getTime() - last.openedAt.getTime() < STORM_LASTS;
      return (isOpen ? last : openStorm(channel)).number;
    },
    show(group, how) {
      const { number, storm, channel, title, firing } = group;
      const to = { to: 'channel', channel } as const;
      const keep = messageOf(group);
      if (storm !== null) touched.set(storm, { number: storm, channel, openedAt: now });
      if (how === 'recurs' && !isMuted(group, now) && !isEnough(storm)) {
        lines.push({ kind: 'post', to, message: { type: 'alert-fires', alert: number, title, firing, why: 'again' } });
      }
      if (shown.has(keep)) return;
      const isNew = storm === null ? how === 'begins' : opened.has(storm);
      const message: Message = storm === null ? { type: 'alert-card', alert: number } : { type: 'alert-storm', storm };
      shown.set(keep, isNew ? { kind: 'post', to, message, keep } : showGroup(group));
    },
    storms: () => [...touched.values()],
    deliveries: () => [...shown.values(), ...lines],
  };
}
