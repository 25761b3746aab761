import { pageSubject } from '../../domain/event.ts';
import type { PageSituation } from '../../domain/page/decision.ts';
import { lookAtPage, type PageLookReason } from '../../domain/page/look.ts';
import type { Page } from '../../domain/page/page.ts';
import { lockPage, type PageDeps, savePage } from './change.ts';

/** What became of a page whose time came, for the log. */
interface PageFollowed {
  readonly page: string;
  readonly reason: PageLookReason;
}

/** More than ever wait at once but after an outage; the next minute goes on with the rest. */
const MOST = 500;

/**
 * Calls whoever is to be called now, once for each page. Decided again under the chain's lock, so that of two instances that
 * look at once one calls and the other sees that it did.
 *
 * @throws AggregateError after all were tried: one page that fails keeps nobody else from being woken
 */
export async function followPages(deps: PageDeps): Promise<PageFollowed[]> {
  const followed: PageFollowed[] = [];
  const faults: unknown[] = [];
  const waiting = await deps.store.pagesToLookAt(deps.clock.now(), MOST);
  for (const page of waiting) {
    try {
      followed.push({ page: pageSubject(page.number), reason: await followPage(deps, page) });
    } catch (fault) {
      faults.push(fault);
    }
  }
  if (faults.length > 0)
    throw new AggregateError(faults, `follow-pages failed for ${faults.length} of ${waiting.length}`);
  return followed;
}

function followPage(deps: PageDeps, seen: Page): Promise<PageLookReason> {
  return deps.store.once(null, async (tx) => {
    const locked = await lockPage(tx, seen);
    if (locked === null) throw new Error(`${pageSubject(seen.number)} was listed and is not there`);
    const situation: PageSituation = {
      actor: { kind: 'system', job: 'follow-pages' },
      now: deps.clock.now(),
      spec: deps.spec.current(),
    };
    const { reason, decision } = lookAtPage(locked.page, situation);
    if (decision !== null) await savePage(tx, locked, decision, situation);
    return reason;
  });
}
