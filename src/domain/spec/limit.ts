import { formatMeasure, type Measure, parseMeasure } from './measure.ts';

type Comparison = '>' | '>=' | '<' | '<=';

/** When a figure is bad: `> 2%` is bad above two percent. */
export interface Limit {
  is: Comparison;
  than: Measure;
}

export type LimitResult = { ok: true; limit: Limit } | { ok: false; problem: string };

const COMPARISONS: readonly { written: readonly string[]; is: Comparison }[] = [
  { written: ['>=', 'at least'], is: '>=' },
  { written: ['<=', 'at most'], is: '<=' },
  { written: ['>', 'above'], is: '>' },
  { written: ['<', 'below'], is: '<' },
];
const HOW = 'write what is bad as a comparison, such as "> 2%", above 2%, "< 20%" or below 20%';

/** Reads "> 2%", "above 2%", "<= 5", "at most 5". */
export function parseLimit(text: string): LimitResult {
  const written = text.trim();
  for (const { written: words, is } of COMPARISONS) {
    const word = words.find((begin) => written.startsWith(begin));
    if (word === undefined) continue;
    const than = parseMeasure(written.slice(word.length));
    return than.ok ? { ok: true, limit: { is, than: than.measure } } : than;
  }
  return { ok: false, problem: `"${written}" compares nothing; ${HOW}` };
}

const WORDS: Record<Comparison, string> = { '>': 'above', '>=': 'at or above', '<': 'below', '<=': 'at or below' };

/** "above 2%", for a sentence about what is bad. */
export function limitWords({ is, than }: Limit): string {
  return `${WORDS[is]} ${formatMeasure(than)}`;
}

/** Whether a figure, in the unit of the limit's quantity, is bad. */
export function isBad({ is, than: { value } }: Limit, figure: number): boolean {
  switch (is) {
    case '>':
      return figure > value;
    case '>=':
      return figure >= value;
    case '<':
      return figure < value;
    case '<=':
      return figure <= value;
  }
}
