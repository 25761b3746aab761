import { byKey } from '../../domain/health/by-key.ts';
import { notConnectedReason } from '../../domain/health/connected.ts';
import type { KnownChecks } from '../../domain/health/dependencies.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import { type MaintenanceWindow, OPEN_WINDOW_STATUSES } from '../../domain/window/window.ts';
import type { CheckRow, CheckStore } from '../check-store-port.ts';
import type { Clock, SpecSource, Store } from '../ports.ts';

/** What every verb about checks works with. */
export interface HealthDeps {
  readonly store: Store;
  readonly checks: CheckStore;
  readonly clock: Clock;
  readonly spec: SpecSource;
}

/** Rows with their checks as the spec has them; a row whose check is gone from the spec, or cannot be asked, is left out. */
export function knownOf(rows: readonly CheckRow[], spec: Pick<OperationsSpec, 'checks' | 'targets'>): KnownChecks {
  const index = byKey(spec.checks);
  return new Map(
    rows.flatMap(({ key, state, pulse }) => {
      const check = index.get(key);
      return check === undefined || notConnectedReason(check, spec) !== null
        ? []
        : [[key, { check, state, pulse }] as const];
    }),
  );
}

/** More maintenance windows than are ever open at once. */
const MOST_WINDOWS = 500;

/** The maintenance windows that have begun, or whose time has come. */
export function windowsNow({ store, clock }: Pick<HealthDeps, 'store' | 'clock'>): Promise<MaintenanceWindow[]> {
  // What begins in this very millisecond has begun.
  const before = new Date(clock.now().getTime() + 1);
  return store.windows({ statuses: OPEN_WINDOW_STATUSES, before }, 'soonest', MOST_WINDOWS);
}
