import type { EdgeDeps } from '../deps.ts';
import type { Explain, Received } from '../errors.ts';
import type { RegistryIndex } from '../registry-index.ts';

export type Outcome = 'done' | 'refused' | 'failed';

/** What every receiver works with. */
export interface Reception {
  readonly deps: EdgeDeps;
  readonly index: RegistryIndex;
  readonly explain: Explain;
  /** How long an answer may take before it is acknowledged as still going on; milliseconds. */
  readonly patience: number;
  /** Counts what came in, and how long it was worked on. */
  count(kind: Received['kind'], outcome: Outcome, seconds: number): void;
}
