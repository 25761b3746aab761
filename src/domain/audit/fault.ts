/** What can be wrong with the log, and with the states that follow from it. */
export type FaultCode =
  | 'missing-event'
  | 'altered-event'
  | 'altered-body'
  | 'unexplained-erasure'
  | 'returned-body'
  | 'broken-link'
  | 'unknown-version'
  | 'truncated'
  | 'rewritten'
  | 'altered-head'
  | 'missing-head'
  | 'altered-anchor'
  | 'unpublished-anchor'
  | 'altered-publication'
  | 'senseless-event'
  | 'altered-state'
  | 'missing-state'
  | 'stray-state';

/** One thing that is wrong: the first in its chain. */
export interface Fault {
  readonly code: FaultCode;
  /** The chain. */
  readonly subject: string;
  /** The event; null when the chain as a whole is meant. */
  readonly seq: number | null;
  /** What is wrong, for a person. */
  readonly sentence: string;
}

/** What became of the log since it was written. */
export interface Verdict {
  readonly intact: boolean;
  readonly chains: number;
  readonly events: number;
  /** Events whose body was erased or expired, with an event of their chain that says so. */
  readonly erased: number;
  readonly anchors: number;
  /** Anchors found outside the database; null when nobody looked. */
  readonly published: number | null;
  /** The first fault of each chain: those along chains in the order of the log, then by anchors, then states; at most 100. */
  readonly faults: readonly Fault[];
  /** Faults beyond those. */
  readonly furtherFaults: number;
}
