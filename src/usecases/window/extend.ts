import { decideExtend, endAfter } from '../../domain/window/extend.ts';
import type { NewEnd } from '../../domain/window/new-end.ts';
import type { Caller } from '../ports.ts';
import { changeWindow, type WindowChanged, type WindowDeps } from './change.ts';
import { overlapsOf } from './plan.ts';

/** It takes longer than planned, perhaps into what else was planned on the same services. */
export function extendWindow(
  deps: WindowDeps,
  caller: Caller,
  input: { readonly number: number; readonly end: NewEnd; readonly reason: string },
): Promise<WindowChanged> {
  return changeWindow(deps, caller, 'window.extend', input.number, async (window, situation, tx) => {
    const endsAt = endAfter(window, input.end, situation.now).toISOString();
    const overlaps = await overlapsOf(tx, { ...window, endsAt }, situation.spec, window.number);
    return decideExtend(window, { ...input, overlaps }, situation);
  });
}
