import type { Actor } from '../actor.ts';
import { GENESIS } from '../event.ts';
import type { Fault, FaultCode } from './fault.ts';

/** An event as it stands in the database, beside what its hash and digest should be by what stands there. */
export interface LogRow {
  readonly subject: string;
  readonly seq: number;
  readonly v: number;
  readonly actor: Actor;
  /** No valid date when somebody wrote `infinity` there, and no hash fits it; so with `recordedAt`. */
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly kind: string;
  readonly digest: string;
  readonly prevHash: string;
  readonly hash: string;
  /** Null when nobody here knows how version `v` is hashed. */
  readonly computedHash: string | null;
  /** Null when the body is gone. */
  readonly computedDigest: string | null;
  readonly body: unknown;
  /** Where the chain ends, by its head; null when it has none. */
  readonly head: { readonly seq: number; readonly hash: string } | null;
}

/** Goes along one chain, event by event, until something does not fit. It keeps no events, only the gaps. */
export class ChainCheck {
  readonly subject: string;
  #last = { seq: 0, hash: GENESIS };
  #head: LogRow['head'] = null;
  #fault: Fault | null = null;
  /** Events without a body that no tombstone has explained yet. */
  readonly #gaps = new Set<number>();
  #explained = 0;

  constructor(subject: string) {
    this.subject = subject;
  }

  /** Events whose missing body is explained by the chain. */
  get explained(): number {
    return this.#explained;
  }

  /** The next event. True when it and all before it are as they were written, as far as can be told by now. */
  add(row: LogRow): boolean {
    this.#fault ??= this.#faultIn(row);
    if (this.#fault !== null) return false;
    this.#last = { seq: row.seq, hash: row.hash };
    this.#head = row.head;
    if (row.computedDigest === null) this.#gaps.add(row.seq);
    else this.#explainGaps(row);
    return true;
  }

  /** The first thing that is wrong, once the last event was added; null when nothing is. */
  end(): Fault | null {
    return this.#fault ?? this.#unexplainedGap() ?? this.#faultInHead();
  }

  #faultIn(row: LogRow): Fault | null {
    const { seq } = row;
    const here = `${this.subject}#${seq}`;
    const before = this.#last.seq;
    if (seq !== before + 1) {
      const missing =
        seq === before + 2 ? `${this.subject}#${before + 1} is` : `${this.subject}#${before + 1} to #${seq - 1} are`;
      return this.#says(
        'missing-event',
        before + 1,
        `${missing} missing: ${before === 0 ? 'the chain begins with' : `#${before} is followed by`} #${seq}.`,
      );
    }
    if (row.computedHash === null) {
      return this.#says(
        'unknown-version',
        seq,
        `${here} is of version ${row.v}, which this Mainstay does not know: verify with a newer one.`,
      );
    }
    if (row.computedHash !== row.hash) {
      return this.#says('altered-event', seq, `${here} was altered: what it says does not give its hash.`);
    }
    if (row.prevHash !== this.#last.hash) {
      const predecessor =
        before === 0 ? 'It should be the first of its chain' : `#${before} is not the event it was written after`;
      return this.#says(
        'broken-link',
        seq,
        `${here} names another predecessor. ${predecessor}: one of the two was replaced and hashed again.`,
      );
    }
    if (row.computedDigest !== null && row.computedDigest !== row.digest) {
      return this.#says(
        'altered-body',
        seq,
        `The body of ${here} was altered: it does not give the digest in its chain.`,
      );
    }
    if (row.computedDigest === null && isTombstone(row.kind)) {
      return this.#says(
        'unexplained-erasure',
        seq,
        `The body of ${here} is gone, which said what was erased and why; such a body is never erased.`,
      );
    }
    return null;
  }

  #explainGaps(row: LogRow): void {
    if (!isTombstone(row.kind)) return;
    const said = row.kind === 'event.erased' ? numberIn(row.body, 'seq') : numberIn(row.body, 'throughSeq');
    for (const gap of this.#gaps) {
      if (row.kind === 'event.erased' ? gap !== said : gap > said) continue;
      this.#gaps.delete(gap);
      this.#explained += 1;
    }
  }

  #unexplainedGap(): Fault | null {
    const [gap] = this.#gaps;
    if (gap === undefined) return null;
    return this.#says(
      'unexplained-erasure',
      gap,
      `The body of ${this.subject}#${gap} is gone, and no event of its chain says that it was erased.`,
    );
  }

  #faultInHead(): Fault | null {
    const { seq, hash } = this.#last;
    if (this.#head === null) {
      return this.#says('missing-head', null, `${this.subject} has ${seq} events and no head: the head was deleted.`);
    }
    if (this.#head.seq > seq) {
      return this.#says(
        'truncated',
        seq + 1,
        `${this.subject} was cut off at #${seq + 1}: its head counts ${this.#head.seq} events, the last one there is #${seq}.`,
      );
    }
    if (this.#head.seq < seq || this.#head.hash !== hash) {
      return this.#says(
        'altered-head',
        null,
        `The head of ${this.subject} was altered: it should be the hash of #${seq}.`,
      );
    }
    return null;
  }

  #says(code: FaultCode, seq: number | null, sentence: string): Fault {
    return { code, subject: this.subject, seq, sentence };
  }
}

function isTombstone(kind: string): boolean {
  return kind === 'event.erased' || kind === 'event.expired';
}

function numberIn(body: unknown, key: string): number {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, key) : undefined;
  return typeof value === 'number' ? value : 0;
}
