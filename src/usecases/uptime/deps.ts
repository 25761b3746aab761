import type { Clock, SpecSource } from '../ports.ts';
import type { UptimeStore } from '../uptime-port.ts';

/** What uptime is reckoned with. */
export interface UptimeDeps {
  readonly uptime: UptimeStore;
  readonly clock: Clock;
  readonly spec: SpecSource;
}
