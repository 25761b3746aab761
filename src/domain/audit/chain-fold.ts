import type { LogRow } from './check-chain.ts';
import type { Fault } from './fault.ts';
import type { StateKind } from './states.ts';

/** Folds one chain, event by event, by the rules by which its state row was written. */
export class ChainFold {
  readonly kind: StateKind;
  readonly subject: string;
  #state: unknown = null;
  #fault: Fault | null = null;

  constructor(kind: StateKind, subject: string) {
    this.kind = kind;
    this.subject = subject;
  }

  /** The next event, which must be sound: as it was written, as far as its chain can tell. */
  add(row: LogRow): void {
    if (this.#fault !== null) return;
    try {
      this.#state = this.kind.fold(this.#state, row);
    } catch {
      // Only what was forged and hashed again gets here, so it may be of any shape: that is a finding, not a failure.
      this.#fault = {
        code: 'senseless-event',
        subject: this.subject,
        seq: row.seq,
        sentence: `${this.subject}#${row.seq} fits its hash and cannot have happened: no state follows from it. It was forged.`,
      };
    }
  }

  /** The state after the last event, or why there is none. */
  end(): { readonly state: unknown } | { readonly fault: Fault } {
    if (this.#fault !== null) return { fault: this.#fault };
    if (this.#state === null) throw new Error(`${this.subject} was folded without an event.`);
    return { state: this.#state };
  }
}
