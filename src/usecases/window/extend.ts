import { decideExtend } from '../../domain/window/extend.ts';
import type { NewEnd } from '../../domain/window/new-end.ts';
import type { Caller } from '../ports.ts';
import { changeWindow, type WindowChanged, type WindowDeps } from './change.ts';

/** It takes longer than planned. */
export function extendWindow(
  deps: WindowDeps,
  caller: Caller,
  input: { readonly number: number; readonly end: NewEnd; readonly reason: string },
): Promise<WindowChanged> {
  return changeWindow(deps, caller, 'window.extend', input.number, (window, at) => decideExtend(window, input, at));
}
