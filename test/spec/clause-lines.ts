const FENCE = /^\s*```/;
const HEADING = /^#{1,6} /;
const RULE = /^(-{3,}|\*{3,}|_{3,})$/;
/** `1. [Daily Maintenance](#daily-maintenance)`: leads to what is said elsewhere on the page. */
const CONTENTS_ENTRY = /^(\d+\.|[-*]) \[[^\]]*\]\(#[^)]*\)$/;
/** `|------|-----------|`, below the names of a table's columns. */
const TABLE_RULE = /^\|([ :]*-+[ :]*\|)+$/;

/**
 * The lines of a Markdown document that say something, counted from 1: each must be in exactly one row of coverage.
 * That is every line but
 * - empty ones, horizontal rules and the fences around code (the code itself counts, comments in it too);
 * - headings, which name what the lines below them say;
 * - the names of a table's columns and the rule below them (its rows count);
 * - entries of a table of contents: lists of links into the page itself.
 */
export function clauseLines(document: string): number[] {
  const lines = document.replace(/\n$/, '').split('\n');
  let inCode = false;
  return lines.flatMap((line, index) => {
    const text = line.trim();
    const below = lines[index + 1]?.trim() ?? '';
    if (FENCE.test(line)) inCode = !inCode;
    if (text === '' || FENCE.test(line)) return [];
    if (inCode) return [index + 1];
    const says =
      ![HEADING, RULE, CONTENTS_ENTRY, TABLE_RULE].some((form) => form.test(text)) && !TABLE_RULE.test(below);
    return says ? [index + 1] : [];
  });
}
