import { decideAcknowledge } from '../../domain/page/acknowledge.ts';
import type { Caller } from '../ports.ts';
import { changePage, type PageChanged, type PageDeps } from './change.ts';

/** Somebody is up: nobody else is called. */
export function acknowledgePage(
  deps: PageDeps,
  caller: Caller,
  input: { readonly number: number },
): Promise<PageChanged> {
  return changePage(deps, caller, 'page.acknowledge', input.number, decideAcknowledge);
}
