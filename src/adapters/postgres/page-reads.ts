import type { Pool } from 'pg';
import { pageSubject } from '../../domain/event.ts';
import type { PageEvent } from '../../domain/page/events.ts';
import type { Page } from '../../domain/page/page.ts';
import type { PageReads } from '../../usecases/page-port.ts';
import { eventsOf } from './event-log.ts';
import { reaching } from './faults.ts';
import { mayExist } from './numbers.ts';
import { rowsOf } from './session.ts';

const SOME = 'select state from "Page" where status = any($1::text[]) order by number desc limit $2';
const OPEN = `
  select state from "Page"
   where status in ('calling', 'exhausted') or (status = 'acknowledged' and about is not null)
   order by status = 'acknowledged', number desc limit $1`;
const TO_LOOK_AT = 'select state from "Page" where "nextLookAt" <= $1 order by "nextLookAt", number limit $2';

/** The pages for those who only look. */
export function pageReads(pool: Pool): PageReads {
  const rows = <Row>(text: string, values: readonly unknown[]) => reaching(() => rowsOf<Row>(pool, text, values));
  const states = async (text: string, values: readonly unknown[]) =>
    (await rows<{ state: Page }>(text, values)).map(({ state }) => state);
  return {
    page: async (number) =>
      mayExist(number) ? ((await states('select state from "Page" where number = $1', [number]))[0] ?? null) : null,
    pages: (statuses, limit) => states(SOME, [statuses, limit]),
    openPages: (limit) => states(OPEN, [limit]),
    pagesToLookAt: (now, limit) => states(TO_LOOK_AT, [now, limit]),
    pageEvents: (number) => eventsOf<PageEvent>(rows, pageSubject(number)),
  };
}
