import type { KnownChecks } from '../../domain/health/dependencies.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import type { CheckRow, CheckStore } from '../check-store-port.ts';
import type { Clock, SpecSource, Store } from '../ports.ts';

/** What every verb about checks works with. */
export interface HealthDeps {
  readonly store: Store;
  readonly checks: CheckStore;
  readonly clock: Clock;
  readonly spec: SpecSource;
}

/** Rows with their checks as the spec has them; a row whose check is gone from the spec is left out. */
export function knownOf(rows: readonly CheckRow[], spec: Pick<OperationsSpec, 'checks'>): KnownChecks {
  const byKey = new Map(spec.checks.map((check) => [check.key, check]));
  return new Map(
    rows.flatMap(({ key, state, pulse }) => {
      const check = byKey.get(key);
      return check === undefined ? [] : [[key, { check, state, pulse }] as const];
    }),
  );
}
