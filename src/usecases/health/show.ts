import { type CheckView, viewsOf } from '../../domain/health/view.ts';
import type { HealthDeps } from './deps.ts';

/** Checks as they stand now, in the order of the spec; all of them unless told which. */
export async function showChecks(
  { checks, spec }: Pick<HealthDeps, 'checks' | 'spec'>,
  keys?: readonly string[],
): Promise<CheckView[]> {
  const current = spec.current();
  const asked = keys ?? current.checks.map(({ key }) => key);
  return viewsOf(current, await checks.rows(asked), asked);
}

/** The checks that one message about failing ones tells of. */
export async function checksOfGroup(deps: Pick<HealthDeps, 'checks' | 'spec'>, group: number): Promise<CheckView[]> {
  return showChecks(deps, await deps.checks.inGroup(group));
}
