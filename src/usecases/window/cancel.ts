import { decideCancel } from '../../domain/window/cancel.ts';
import type { Caller } from '../ports.ts';
import { changeWindow, type WindowChanged, type WindowDeps } from './change.ts';

/** It does not take place. */
export function cancelWindow(
  deps: WindowDeps,
  caller: Caller,
  input: { readonly number: number; readonly reason: string },
): Promise<WindowChanged> {
  return changeWindow(deps, caller, 'window.cancel', input.number, (window, at) => decideCancel(window, input, at));
}
