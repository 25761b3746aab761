/**
 * How far the demo's clock is ahead of the real one. It only ever moves forward: what happened in the app's log happened at the
 * clock's times, and a log does not run backwards. Written down before it takes effect, so that no crash sets it back.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

export interface MovedClock {
  /** Milliseconds, moved as it is. */
  now(): number;
  /** By how many milliseconds it is ahead. */
  ahead(): number;
  /** Moves it to an instant, in milliseconds; one that has passed changes nothing. */
  moveTo(instant: number): void;
}

const kept = z.object({ ahead: z.number().int().nonnegative() });

/**
 * @param file where it is kept
 * @param isNew nothing of an earlier demo is left: the clock begins at the real time
 */
export function movedClock(o: { file: string; isNew: boolean; realNow: () => number }): MovedClock {
  const { file, realNow } = o;
  if (o.isNew) rmSync(file, { force: true });
  let ahead = o.isNew ? 0 : load(file);
  const now = () => realNow() + ahead;
  return {
    now,
    ahead: () => ahead,
    moveTo(instant) {
      if (instant <= now()) return;
      const moved = instant - realNow();
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify({ ahead: moved }), { flush: true });
      renameSync(`${file}.new`, file);
      ahead = moved;
    },
  };
}

/** @throws a sentence when the file says something else */
function load(file: string): number {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw new Error(`${file} cannot be read.`, { cause });
  }
  const read = kept.safeParse(parsed(text));
  if (!read.success)
    throw new Error(`${file} does not say how far the demo's clock is ahead: delete the demo's folder.`);
  return read.data.ahead;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
