/**
 * The clock of the workspace. It shows the real time, except while the first start plays yesterday's incident: then it shows
 * the story's, to the app as well, so that the incident lasts as long as it says. Slack's ids of messages cannot be moved, so a
 * message written in the story remembers when it was, and the page shows that.
 */
import type { Emulator } from './emulator.ts';

export interface StoryClock {
  /** The time now: the story's while one is told. */
  now(): Date;
  /** Puts the story at an instant. */
  tell(at: Date): void;
  /** Back to the real time. */
  end(): void;
}

/** `realNow` is in milliseconds. */
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

/** Lets messages written while a story is told remember the story's time. The returned function ends it. */
export function datedByStory(emulator: Emulator, clock: StoryClock): () => void {
  return emulator.onChange(({ table, before, after }) => {
    if ((table !== 'messages' && table !== 'ephemeral_messages') || before || !after) return;
    emulator.table(table).update(after.id, { story_at: String(clock.now().getTime() / 1000) });
  });
}
