import { SEVERITIES, type Severity } from '../incident/severity.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { Check } from '../spec/watching.ts';
import type { MaintenanceWindow } from '../window/window.ts';
import { notConnectedReason } from './connected.ts';
import { NO_PULSE, type Pulse } from './pulse.ts';
import { quietIn } from './quiet.ts';
import { type CheckState, type CheckStatus, unknownCheck } from './state.ts';

/** One check as it stands now. */
export interface CheckView {
  readonly check: Check;
  readonly state: CheckState;
  readonly pulse: Pulse;
  /** Why it is asked of nothing here; null when it is asked. */
  readonly notConnected: string | null;
  /** The maintenance window that keeps it quiet, or would if it failed now; null outside of all. */
  readonly window: number | null;
}

/** The windows there are at an instant. */
export interface WindowsAt {
  readonly windows: readonly MaintenanceWindow[];
  readonly at: Date;
}

/**
 * Checks with what is known of each, in the order of the spec; all of them unless told which.
 *
 * @param within where windows that have kept nothing quiet yet are shown too
 */
export function viewsOf(
  spec: Pick<OperationsSpec, 'checks' | 'targets'>,
  rows: readonly { readonly key: string; readonly state: CheckState; readonly pulse: Pulse }[],
  keys?: readonly string[],
  within: WindowsAt = { windows: [], at: new Date(0) },
): CheckView[] {
  const known = new Map(rows.map((row) => [row.key, row]));
  return spec.checks
    .filter(({ key }) => keys === undefined || keys.includes(key))
    .map((check) => {
      const { state = unknownCheck(check.key), pulse = NO_PULSE } = known.get(check.key) ?? {};
      const window = state.window ?? quietIn(check, within.windows, within.at);
      return { check, state, pulse, notConnected: notConnectedReason(check, spec), window };
    });
}

const RANK: Record<CheckStatus, number> = { failing: 0, flapping: 1, unknown: 2, held: 3, ok: 4 };

/** The worst first: what fails, by its severity, then what cannot be told, then what is well. Muted ones come after the others. */
export function worstFirst(views: readonly CheckView[]): CheckView[] {
  return views
    .map((view, index) => ({ view, rank: rankOf(view), index }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ view }) => view);
}

function rankOf(view: CheckView): number {
  const severity = severityOf(view);
  const bySeverity = severity === null ? SEVERITIES.length : SEVERITIES.indexOf(severity);
  return RANK[view.state.status] * 10 + bySeverity + (view.state.mute === null ? 0 : 5 * 10);
}

/** The severity of what fails: the answer's own, else the check's. */
export function severityOf({
  check,
  state,
}: Pick<CheckView, 'state'> & { readonly check: Pick<Check, 'severity'> }): Severity | null {
  return state.severity ?? check.severity ?? null;
}

/** Is this check still to answer, which was asked then? A heartbeat comes by itself, and what is not connected never answers. */
export function isStillToAnswer({ check, pulse, notConnected }: CheckView, askedAt: Date): boolean {
  if (check.kind === 'heartbeat' || notConnected !== null) return false;
  return pulse.last === null || Date.parse(pulse.last.at) < askedAt.getTime();
}
