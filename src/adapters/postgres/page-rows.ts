import { pageSubject } from '../../domain/event.ts';
import { OPEN_PAGE_STATUSES, type Page } from '../../domain/page/page.ts';
import { aboutWord } from '../../domain/page/subjects.ts';
import type { PageTx } from '../../usecases/page-port.ts';
import { EMPTY_CHAIN, type Head } from './chain.ts';
import { mayExist } from './numbers.ts';
import type { Session } from './session.ts';

// Both rows are locked, as with incidents: after waiting for another writer PostgreSQL re-reads only rows that it locks.
const LOCKED = `
  select head.subject, head.seq, head.hash, page.state
    from "Page" as page join "EventHead" as head on head.subject = 'PAGE-' || page.number`;

const ONE = `${LOCKED} where page.number = $1 for update`;
const ABOUT = `${LOCKED} where page.about = $1 and page.status = any($2::text[]) order by page.number for update`;

/**
 * What a transaction knows of pages.
 *
 * @param heads where the chains end that the transaction holds; added to
 */
export function pageRows({ rows }: Session, heads: Map<string, Head>): PageTx {
  const locked = async (text: string, values: readonly unknown[]): Promise<Page[]> => {
    const found = await rows<Head & { subject: string; state: Page }>(text, values);
    for (const { subject, seq, hash } of found) heads.set(subject, { seq, hash });
    return found.map(({ state }) => state);
  };
  return {
    page: async (number) => (mayExist(number) ? ((await locked(ONE, [number]))[0] ?? null) : null),
    nextPageNumber: async () => {
      const [row] = await rows<{ number: number }>(`select nextval('page_number')::int as number`, []);
      if (row === undefined) throw new Error('PostgreSQL gave no number for a page.');
      heads.set(pageSubject(row.number), EMPTY_CHAIN);
      return row.number;
    },
    pagesAbout: async (subject) => {
      const about = aboutWord(subject);
      return about === null ? [] : locked(ABOUT, [about, OPEN_PAGE_STATUSES]);
    },
  };
}
