import { pageSubject } from '../../domain/event.ts';
import { checksAreQuiet, type FailingCheck, pagesForChecks } from '../../domain/page/checks.ts';
import type { PageSituation } from '../../domain/page/decision.ts';
import { openPage } from '../../domain/page/open.ts';
import type { Page } from '../../domain/page/page.ts';
import { resolvePage } from '../../domain/page/resolve.ts';
import type { HealthDeps } from '../health/deps.ts';
import type { Tx } from '../ports.ts';
import { lockPage, type PageWrite, savePage, together, writeOf } from './change.ts';

/** More checks never wake people at once. */
const MOST = 200;

/** Wakes somebody for checks that begin to fail, in the transaction that tells of them; whoever holds their messages holds their pages. */
export async function pagesOfChecks(
  tx: Tx,
  failing: readonly FailingCheck[],
  situation: PageSituation,
): Promise<PageWrite> {
  const groups = [...new Set(failing.map(({ group }) => group))].sort((a, b) => a - b);
  const open: string[] = [];
  for (const group of groups) {
    for (const { team } of await tx.pagesAbout({ of: 'checks', group })) open.push(`${group} ${team}`);
  }
  const writes: PageWrite[] = [];
  for (const terms of pagesForChecks(failing, situation.spec, (group, team) => open.includes(`${group} ${team}`))) {
    const number = await tx.nextPageNumber();
    writes.push(writeOf(null, number, openPage(number, terms, situation)));
  }
  return together(writes);
}

/**
 * Ends the pages of checks that fail no more, or of which nobody is to be told.
 *
 * @returns which
 */
export async function endPagesOfChecks(deps: HealthDeps): Promise<readonly string[]> {
  const open = await deps.store.openPages(MOST);
  const ended: string[] = [];
  for (const page of open) {
    if (page.subject.of !== 'checks') continue;
    if (await endPage(deps, page, page.subject.group)) ended.push(pageSubject(page.number));
  }
  return ended;
}

function endPage(deps: HealthDeps, seen: Page, group: number): Promise<boolean> {
  return deps.store.once(null, async (tx) => {
    // The page is locked before the checks are read: whoever finds one failing meanwhile waits, and then opens another.
    const locked = await lockPage(tx, seen);
    if (locked === null) return false;
    const rows = await tx.checksInGroup(group);
    const situation = {
      actor: { kind: 'system', job: 'follow-pages' } as const,
      now: deps.clock.now(),
      spec: deps.spec.current(),
    };
    const why = checksAreQuiet(
      locked.page,
      rows.map(({ state }) => state),
      situation.spec,
    );
    const decision = why === null ? null : resolvePage(locked.page, why, situation);
    if (decision !== null) await savePage(tx, locked, decision, situation);
    return decision !== null;
  });
}
