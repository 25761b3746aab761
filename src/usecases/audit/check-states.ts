import { ChainFold } from '../../domain/audit/chain-fold.ts';
import type { LogRow } from '../../domain/audit/check-chain.ts';
import { stateFault } from '../../domain/audit/check-state.ts';
import { incidentNumberOf } from '../../domain/event.ts';
import type { Incident } from '../../domain/incident/state.ts';
import type { LogSnapshot } from '../audit-port.ts';
import { Findings } from './findings.ts';

/** States held in memory until they are compared together. */
const BATCH = 100;

/**
 * Holds the row of every incident against its chain: cards, searches and reminders read the row, never the events. The
 * rows are fetched for many chains at once.
 */
export class StateCheck {
  readonly findings = new Findings();
  readonly #snapshot: LogSnapshot;
  #fold: { readonly number: number; readonly chain: ChainFold } | null = null;
  /** What chains lead to, by the number in their subject. */
  #folded = new Map<number, { readonly subject: string; readonly incident: Incident }>();

  constructor(snapshot: LogSnapshot) {
    this.#snapshot = snapshot;
  }

  /** The next event of the log, which is sound. */
  add(row: LogRow): void {
    const number = incidentNumberOf(row.subject);
    if (number === null) return;
    this.#fold ??= { number, chain: new ChainFold(row.subject) };
    this.#fold.chain.add(row);
  }

  /** The chain whose events were added last has no more of them. What an unsound one leads to says nothing. */
  async endChain(sound: boolean): Promise<void> {
    const fold = this.#fold;
    this.#fold = null;
    if (fold === null || !sound) return;
    const end = fold.chain.end();
    if ('fault' in end) this.findings.add(end.fault);
    else this.#folded.set(fold.number, { subject: fold.chain.subject, incident: end.incident });
    if (this.#folded.size >= BATCH) await this.#compare();
  }

  /** After the last chain: what is still to be compared, and the rows that no chain speaks of. */
  async end(): Promise<void> {
    await this.#compare();
    for (const subject of await this.#snapshot.statesWithoutChain()) {
      this.findings.add({
        code: 'stray-state',
        subject,
        seq: null,
        sentence: `${subject} has a state and no events: its chain was deleted, or its row in "Incident" was made up.`,
      });
    }
  }

  async #compare(): Promise<void> {
    const folded = this.#folded;
    this.#folded = new Map();
    const rows = await this.#snapshot.states([...folded.keys()]);
    for (const [number, { subject, incident }] of folded) {
      this.findings.add(stateFault(subject, incident, rows.get(number) ?? null));
    }
  }
}
