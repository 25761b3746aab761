import type { Actor } from '../actor.ts';
import type { Check } from '../spec/watching.ts';
import type { CheckDay } from './day.ts';
import type { CheckEvent } from './events.ts';
import type { CheckView } from './view.ts';

/** What people are told of a check: nothing of how it is asked, which may hold secrets. */
export interface ToldCheck extends Pick<CheckView, 'state' | 'pulse' | 'notConnected'> {
  readonly check: Pick<Check, 'key' | 'title' | 'kind' | 'severity'>;
}

/** One event of a check's chain; `body` is null once it was erased by law. */
export interface CheckChange {
  readonly body: CheckEvent | null;
  readonly actor: Actor;
  /** ISO, UTC. */
  readonly at: string;
}

/** How one check was over many days. Plain JSON. */
export interface CheckHistory extends ToldCheck {
  /** The last of the days, UTC, as YYYY-MM-DD. */
  readonly today: string;
  /** Of each day, oldest first, what is known; null where nothing is. */
  readonly days: readonly (CheckDay | null)[];
  /** The newest, oldest first. */
  readonly changes: readonly CheckChange[];
}
