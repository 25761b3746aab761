import { DatabaseUnavailable } from '../usecases/errors.ts';
import type { Logger } from '../usecases/log.ts';

/** Something that is looked at regularly. It asks what is due now, so that being late or being asked twice changes nothing. */
export interface Chore {
  readonly name: string;
  readonly run: (now: Date) => Promise<void>;
}

/** Does one after the other. One that fails is logged and keeps no other from being done; gives the names of those. */
export async function doChores(chores: readonly Chore[], now: Date, log: Logger): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const { name, run } of chores) {
    try {
      await run(now);
    } catch (err) {
      failed.push(name);
      if (isAway(err)) log.warn({ err, chore: name }, 'a chore could not reach the database');
      else log.error({ err, chore: name }, 'a chore failed');
    }
  }
  return failed;
}

/** The database was away for all that was tried: the next look finds it back, or others tell of it. */
function isAway(err: unknown): boolean {
  if (err instanceof AggregateError) return err.errors.length > 0 && err.errors.every(isAway);
  return err instanceof DatabaseUnavailable;
}
