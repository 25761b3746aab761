import type { DatabaseFacts, DiskFacts, OwnFacts, SlackFacts } from '../domain/own/facts.ts';
import type { OwnHealth } from '../domain/own/judge.ts';

/** Where Mainstay measures itself. */
export interface OwnSources {
  slack(): SlackFacts;
  /** See `OwnFacts.slackAheadMs`. */
  slackAheadMs(): number | null;
  /** Rejects when the database does not answer. */
  database(): Promise<DatabaseFacts>;
  /** A folder that cannot be looked at is left out. */
  disks(): Promise<readonly DiskFacts[]>;
  /** See `OwnFacts.sinceTickMs`. */
  sinceTickMs(): number | null;
  spec(): OwnFacts['spec'];
  /** Milliseconds of a clock that only goes forward. */
  elapsed(): number;
}

/** What was measured, and what it means. */
export interface OwnReport {
  readonly facts: OwnFacts;
  readonly health: OwnHealth;
}

/** What came of one heartbeat. The reason is a sentence without the address. */
export type BeatSent = { readonly kind: 'heard' } | { readonly kind: 'unheard'; readonly reason: string };
