import { decideApprove } from '../../domain/window/approve.ts';
import type { Caller } from '../ports.ts';
import { changeWindow, type WindowChanged, type WindowDeps } from './change.ts';

/** Somebody who may, other than who planned it, agrees to it. */
export function approveWindow(
  deps: WindowDeps,
  caller: Caller,
  input: { readonly number: number },
): Promise<WindowChanged> {
  return changeWindow(deps, caller, 'window.approve', input.number, decideApprove);
}
