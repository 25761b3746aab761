import type { Logger } from '../src/usecases/log.ts';

export interface OutageOptions {
  /** Says one sentence in the operators' channel, at once and past the queue. */
  tell(text: string): Promise<void>;
  /** Resolves when the database answers. */
  probe(): Promise<void>;
  /** How often to look whether it is over, in milliseconds. */
  readonly every: number;
  readonly log: Logger;
}

/** The database being away: the queue that carries messages is away with it. */
export interface Outage {
  /** Somebody met it. The operators are told the first time, then not again before it was over. */
  met(): void;
}

/** Watches over an outage of Mainstay's own database from the first who meets it until it answers again. */
export function watchOutage({ tell, probe, every, log }: OutageOptions): Outage {
  let ongoing = false;

  const look = async () => {
    try {
      await probe();
      ongoing = false;
      log.info({}, 'the database answers again');
    } catch {
      // Still away: the reason was logged by whoever met it.
      setTimeout(look, every).unref();
    }
  };

  return {
    met() {
      if (ongoing) return;
      ongoing = true;
      tell(
        ':rotating_light: Mainstay cannot reach its own database. Commands are refused and nothing new is recorded until it is back. ' +
          'Look at `/health/db` and at the database itself.',
      ).catch((err: unknown) => log.error({ err }, 'the operators could not be told that the database is away'));
      setTimeout(look, every).unref();
    },
  };
}
