import type { WindowReport } from '../../domain/window/events.ts';
import { decideReport } from '../../domain/window/report.ts';
import type { Caller } from '../ports.ts';
import { changeWindow, type WindowChanged, type WindowDeps } from './change.ts';

/** What was done in it, which documents change, what was learned. */
export function reportWindow(
  deps: WindowDeps,
  caller: Caller,
  input: WindowReport & { readonly number: number },
): Promise<WindowChanged> {
  return changeWindow(deps, caller, 'window.end', input.number, (window, at) => decideReport(window, input, at));
}
