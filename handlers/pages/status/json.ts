import type { Shown } from './document.ts';

/** The shape that docs/status-page.md describes; a change that breaks readers gets another number. */
const SCHEMA = 1;

/** `/status.json`: the same as the page, for programs. */
export function statusJson({ page, asOf, stale, url }: Shown): string {
  return `${JSON.stringify({ schema: SCHEMA, url, asOf, stale, ...page }, null, 1)}\n`;
}
