import { decideAcknowledge } from '../../domain/alert/acknowledge.ts';
import type { Caller } from '../ports.ts';
import { type AlertChanged, type AlertDeps, changeAlerts } from './change.ts';

/** Says that somebody has seen a group of alerts and looks at it. */
export function acknowledgeAlerts(
  deps: AlertDeps,
  caller: Caller,
  input: { readonly number: number },
): Promise<AlertChanged> {
  return changeAlerts(deps, caller, 'alert.acknowledge', input.number, decideAcknowledge);
}
