import type { Clock, SpecSource, Store } from '../ports.ts';

/** What digests and roll-ups are made with. */
export interface DigestDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly spec: SpecSource;
}
