import { decideStart } from '../../domain/window/start.ts';
import type { Caller } from '../ports.ts';
import { changeWindow, type WindowChanged, type WindowDeps } from './change.ts';

/** The work begins. */
export function startWindow(
  deps: WindowDeps,
  caller: Caller,
  input: { readonly number: number },
): Promise<WindowChanged> {
  return changeWindow(deps, caller, 'window.start', input.number, decideStart);
}
