import { type CheckView, viewsOf } from '../../domain/health/view.ts';
import { type HealthDeps, windowsNow } from './deps.ts';

/** Checks as they stand now, in the order of the spec; all of them unless told which. */
export async function showChecks(deps: HealthDeps, keys?: readonly string[]): Promise<CheckView[]> {
  const { checks, spec, clock } = deps;
  const current = spec.current();
  const asked = keys ?? current.checks.map(({ key }) => key);
  return viewsOf(current, await checks.rows(asked), asked, { windows: await windowsNow(deps), at: clock.now() });
}

/** The checks that one message about failing ones tells of. */
export async function checksOfGroup(deps: HealthDeps, group: number): Promise<CheckView[]> {
  return showChecks(deps, await deps.checks.inGroup(group));
}
