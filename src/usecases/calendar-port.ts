import type { Tx } from './ports.ts';

/** What opens the calendars of teams to programs that cannot log in. Throws DatabaseUnavailable as the store does. */
export interface CalendarKeys {
  /** What a link to the team's calendar has to carry; the same until the team's key is replaced. */
  signatureOf(team: string): Promise<string>;
  /** Is this what the team's links carry? Compared in constant time. */
  opens(team: string, signature: string): Promise<boolean>;
  /** As `Store.once`. */
  once<Answer>(requestKey: string | null, work: (tx: CalendarTx) => Promise<Answer>): Promise<Answer>;
}

/** A transaction of the store in which the key of a team may be replaced. */
export interface CalendarTx extends Tx {
  /** Every link to the team's calendar ends when the transaction commits. */
  replaceKey(team: string): Promise<void>;
}
