import { apply } from '../incident/apply.ts';
import type { IncidentEvent } from '../incident/events.ts';
import type { Incident } from '../incident/state.ts';
import type { LogRow } from './check-chain.ts';
import type { Fault } from './fault.ts';

/** Folds the chain of one incident, event by event, by the rules by which its state row was written. */
export class ChainFold {
  readonly subject: string;
  #state: Incident | null = null;
  #fault: Fault | null = null;

  constructor(subject: string) {
    this.subject = subject;
  }

  /** The next event, which must be sound: as it was written, as far as its chain can tell. */
  add(row: LogRow): void {
    if (this.#fault !== null) return;
    try {
      this.#state = apply(this.#state, {
        ...row,
        kind: row.kind as IncidentEvent['kind'],
        body: row.body as IncidentEvent | null,
      });
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

  /** The incident after the last event, or why there is none. */
  end(): { readonly incident: Incident } | { readonly fault: Fault } {
    if (this.#fault !== null) return { fault: this.#fault };
    if (this.#state === null) throw new Error(`${this.subject} was folded without an event.`);
    return { incident: this.#state };
  }
}
