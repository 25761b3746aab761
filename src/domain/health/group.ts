import type { Delivery } from '../delivery.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { Check } from '../spec/watching.ts';

/** What begins to fail in one channel within this time is told of in one message; ms. */
const TOGETHER = 2 * 60_000;

/** A message that tells of failing checks, edited in place for as long as one of them fails. */
export interface CheckGroup {
  readonly number: number;
  readonly channel: string;
  readonly openedAt: Date;
  /** Grows whenever what it shows has changed. */
  readonly revision: number;
  readonly renderedAt: Date;
}

/** Where people are told of a check: its owner's channel, else the operators'. */
export function channelOf(
  check: Pick<Check, 'owner'> | undefined,
  spec: Pick<OperationsSpec, 'teams' | 'incident'>,
): string {
  const team = check?.owner === undefined ? undefined : spec.teams[check.owner];
  return team?.channel ?? spec.incident.operatorsChannel;
}

/** The messages of one transaction: those that are edited, and those that are new. */
export interface Groups {
  /** The number of the message that tells of something new in this channel: one that is new itself, else a fresh one. */
  join(channel: string): number;
  /** What this message shows has changed. */
  touch(number: number): void;
  /** Those that are to be written; writing one that exists raises its revision. */
  changed(): readonly CheckGroup[];
  deliveries(): readonly Delivery[];
}

/**
 * @param existing messages that may be joined or edited
 * @param numbers numbers for new ones; as many as channels at most
 */
export function groupsIn(existing: readonly CheckGroup[], numbers: readonly number[], now: Date): Groups {
  const groups = new Map(existing.map((group) => [group.number, group]));
  const opened = new Set<number>();
  const touched = new Set<number>();
  const free = [...numbers];
  const newest = (channel: string) =>
    [...groups.values()].filter((group) => group.channel === channel).sort((a, b) => b.number - a.number)[0];
  return {
    join(channel) {
      const last = newest(channel);
      if (last !== undefined && now.getTime() - last.openedAt.getTime() <= TOGETHER) {
        touched.add(last.number);
        return last.number;
      }
      const number = free.shift();
      if (number === undefined) throw new Error('more messages begin than numbers were taken for');
      groups.set(number, { number, channel, openedAt: now, revision: 1, renderedAt: now });
      opened.add(number);
      return number;
    },
    touch: (number) => void (groups.has(number) && touched.add(number)),
    changed: () =>
      [...groups.values()]
        .filter(({ number }) => opened.has(number) || touched.has(number))
        .map((group) => ({ ...group, renderedAt: now })),
    deliveries: () =>
      [...new Set([...opened, ...touched])]
        .sort((a, b) => a - b)
        .flatMap((number) => {
          const group = groups.get(number);
          if (group === undefined) return [];
          return [opened.has(number) ? posted(group) : ({ kind: 'render', key: `checks:${number}:card` } as const)];
        }),
  };
}

function posted({ number, channel }: CheckGroup): Delivery {
  const message = { type: 'checks-failing', group: number } as const;
  return { kind: 'post', to: { to: 'channel', channel }, message, keep: `checks:${number}:card` };
}
