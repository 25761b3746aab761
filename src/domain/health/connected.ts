import type { OperationsSpec } from '../spec/types.ts';
import type { Check } from '../spec/watching.ts';

/** Why a check is asked of nothing here; null when it can be asked. Shown, never green, never red. */
export function notConnectedReason(check: Check, { targets }: Pick<OperationsSpec, 'targets'>): string | null {
  if (check.kind === 'not connected') return check.reason;
  if (check.kind === 'threshold') return check.notConnected ?? null;
  for (const key of targetsOf(check)) {
    const target = targets[key];
    if (target !== undefined && 'notConnected' in target) return target.notConnected;
  }
  return null;
}

/** The checks that are asked, and those that cannot be. */
export function connectedChecks(spec: Pick<OperationsSpec, 'checks' | 'targets'>): Check[] {
  return spec.checks.filter((check) => notConnectedReason(check, spec) === null);
}

/** Keys of all targets a check needs. */
function targetsOf(check: Check): string[] {
  const own = 'target' in check && check.target !== undefined ? [check.target] : [];
  const files = 'files' in check && typeof check.files === 'string' ? [check.files] : [];
  const between = 'between' in check ? check.between.map(({ target }) => target) : [];
  return [...own, ...files, ...between];
}
