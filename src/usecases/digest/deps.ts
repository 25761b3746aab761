import type { CheckStore } from '../check-store-port.ts';
import type { Clock, SpecSource, Store } from '../ports.ts';

/** What digests and roll-ups are made with. */
export interface DigestDeps {
  readonly store: Store;
  readonly checks: Pick<CheckStore, 'rows'>;
  readonly clock: Clock;
  readonly spec: SpecSource;
}
