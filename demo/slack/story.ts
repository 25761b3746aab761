/**
 * The clock of the workspace. It shows the time as somebody may have moved it, except while the first start plays yesterday's
 * incident: then it shows the story's, to the app as well, so that the incident lasts as long as it says. Slack's ids of messages
 * cannot be moved, so a message written at another time than Slack's remembers when it was, and the page shows that.
 */
import type { Emulator } from './emulator.ts';

export interface StoryClock {
  /** The time now: the story's while one is told. */
  now(): Date;
  /** Puts the story at an instant. */
  tell(at: Date): void;
  /** Back to the time outside. */
  end(): void;
}

/** `realNow` is the time outside the story, in milliseconds. */
export function storyClock(realNow: () => number): StoryClock {
  let offset: number | undefined;
  let told = 0;
  return {
    // Time passes in the story too, by the millisecond: two events never happen at one instant for lack of a clock.
    now: () => new Date(offset === undefined ? realNow() : told + (realNow() - offset)),
    tell(at) {
      told = Math.max(at.getTime(), offset === undefined ? 0 : told + (realNow() - offset));
      offset = realNow();
    },
    end() {
      offset = undefined;
    },
  };
}

/** A clock that differs by less tells the real time; in milliseconds. */
const SAME = 1000;

/** Lets messages remember when they were written, wherever the clock then did not tell Slack's own time. */
export function datedByClock(emulator: Emulator, clock: Pick<StoryClock, 'now'>, slackNow: () => number): void {
  emulator.onChange(({ table, before, after }) => {
    if ((table !== 'messages' && table !== 'ephemeral_messages') || before || !after) return;
    const at = clock.now().getTime();
    if (Math.abs(at - slackNow()) < SAME) return;
    emulator.table(table).update(after.id, { story_at: String(at / 1000) });
  });
}
