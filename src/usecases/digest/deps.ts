import type { CheckStore } from '../check-store-port.ts';
import type { Clock, SpecSource, Store } from '../ports.ts';
import type { UptimeStore } from '../uptime-port.ts';

/** What digests and roll-ups are made with. */
export interface DigestDeps {
  readonly store: Store;
  readonly checks: Pick<CheckStore, 'rows'>;
  readonly uptime: UptimeStore;
  readonly clock: Clock;
  readonly spec: SpecSource;
}
