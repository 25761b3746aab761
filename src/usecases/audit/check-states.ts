import { ChainFold } from '../../domain/audit/chain-fold.ts';
import type { LogRow } from '../../domain/audit/check-chain.ts';
import { stateFault } from '../../domain/audit/check-state.ts';
import { STATE_KINDS, type StateId, stateOf } from '../../domain/audit/states.ts';
import type { LogSnapshot } from '../audit-port.ts';
import { Findings } from './findings.ts';

/** States held in memory until they are compared together. */
const BATCH = 100;

interface Folded {
  readonly chain: ChainFold;
  readonly id: StateId;
  readonly state: unknown;
}

/**
 * Holds every state row against its chain: cards, searches and reminders read the row, never the events. The rows are
 * fetched for many chains at once.
 */
export class StateCheck {
  readonly findings = new Findings();
  readonly #snapshot: LogSnapshot;
  #fold: { readonly id: StateId; readonly chain: ChainFold } | null = null;
  #folded: Folded[] = [];

  constructor(snapshot: LogSnapshot) {
    this.#snapshot = snapshot;
  }

  /** The next event of the log, which is sound. */
  add(row: LogRow): void {
    const of = stateOf(row.subject);
    if (of === null) return;
    this.#fold ??= { id: of.id, chain: new ChainFold(of.kind, row.subject) };
    this.#fold.chain.add(row);
  }

  /** The chain whose events were added last has no more of them. What an unsound one leads to says nothing. */
  async endChain(sound: boolean): Promise<void> {
    const fold = this.#fold;
    this.#fold = null;
    if (fold === null || !sound) return;
    const end = fold.chain.end();
    if ('fault' in end) this.findings.add(end.fault);
    else this.#folded.push({ ...fold, state: end.state });
    if (this.#folded.length >= BATCH) await this.#compare();
  }

  /** After the last chain: what is still to be compared, and the rows that no chain speaks of. */
  async end(): Promise<void> {
    await this.#compare();
    for (const kind of STATE_KINDS) {
      for (const subject of await this.#snapshot.statesWithoutChain(kind)) {
        this.findings.add({
          code: 'stray-state',
          subject,
          seq: null,
          sentence: `${subject} has a state and no events: its chain was deleted, or its row in "${kind.table}" was made up.`,
        });
      }
    }
  }

  async #compare(): Promise<void> {
    const byKind = Map.groupBy(this.#folded, ({ chain }) => chain.kind);
    this.#folded = [];
    for (const [kind, all] of byKind) {
      const rows = await this.#snapshot.states(
        kind,
        all.map(({ id }) => id),
      );
      for (const { chain, id, state } of all) {
        this.findings.add(stateFault(kind, chain.subject, state, rows.get(id) ?? null));
      }
    }
  }
}
