import { done, type Outcome } from '../../domain/outcome.ts';
import { type PageRefusal, unknownPage } from '../../domain/page/decision.ts';
import { isOpenPage, type Page } from '../../domain/page/page.ts';
import type { PageDeps } from './change.ts';

/** More than anybody reads; the list says so when it was cut. */
const MOST = 50;

/** Pages that are not over, and the latest that are; the latest first. */
export async function listPages(deps: Pick<PageDeps, 'store'>): Promise<{ open: Page[]; recent: Page[] }> {
  const open = await deps.store.openPages(MOST);
  const recent = await deps.store.pages(['acknowledged', 'resolved'], MOST);
  return { open: open.sort((a, b) => b.number - a.number), recent: recent.filter(isDone) };
}

/** One page as it is now. */
export async function showPage(deps: Pick<PageDeps, 'store'>, number: number): Promise<Outcome<Page, PageRefusal>> {
  const page = await deps.store.page(number);
  return page === null ? unknownPage(number) : done(page);
}

// What somebody asked for is over once somebody is up.
function isDone(page: Page): boolean {
  return !isOpenPage(page) || (page.subject.of === 'manual' && page.status === 'acknowledged');
}
