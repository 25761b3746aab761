import { decideEnd } from '../../domain/window/end.ts';
import type { Caller } from '../ports.ts';
import { changeWindow, type WindowChanged, type WindowDeps } from './change.ts';

/** The work is over. Whoever led it is asked what was done. */
export function finishWindow(
  deps: WindowDeps,
  caller: Caller,
  input: { readonly number: number },
): Promise<WindowChanged> {
  return changeWindow(deps, caller, 'window.end', input.number, decideEnd);
}
