import type { Answer } from '../health/sample.ts';
import type { Check } from '../spec/watching.ts';
import type { Stretch } from './stretch.ts';

/** The same answer to a check over some time, however many looks gave it. */
export interface Answered extends Stretch {
  /** Key of the check. */
  readonly check: string;
  readonly answer: Answer;
  readonly looks: number;
  /** What the first of them said; null of good ones. */
  readonly detail: string | null;
}

/** How a check stood. Time in neither of the three is time in which nobody asked. */
export interface Standing {
  readonly up: readonly Stretch[];
  readonly down: readonly (Stretch & { readonly detail: string | null })[];
  /** It was asked, and nothing could be told. */
  readonly unclear: readonly Stretch[];
  /** The first answer that is known, whatever it was; null when there is none. */
  readonly since: number | null;
}

type Rule = Pick<Check, 'failAfter' | 'recoverAfter'>;
type Level = 'up' | 'down' | 'unknown';

/**
 * How a check stood, by the rule with which the spec has it judged: so many bad answers in a row are downtime, and then from
 * the first of them on; fewer are none. It ends with the first of so many good ones. What cannot be told, and time in which
 * nobody asked, is neither and breaks no row. A check that is held because of another one fails like any other.
 *
 * @param answers of one check, in order
 */
export function standingOf(answers: readonly Answered[], rule: Rule): Standing {
  const up: Stretch[] = [];
  const down: (Stretch & { detail: string | null })[] = [];
  let level: Level = 'unknown';
  let detail: string | null = null;
  for (const row of inRows(answers.filter(({ answer }) => answer !== 'could-not-tell'))) {
    const before: Level = level;
    level = levelAfter(row, before, rule);
    if (level === 'down' && before !== 'down') detail = row[0]?.detail ?? null;
    const stood = row.map(({ from, to }) => ({ from, to }));
    if (level === 'up') up.push(...stood);
    if (level === 'down') down.push(...stood.map((one) => ({ ...one, detail })));
  }
  return {
    up,
    down,
    unclear: answers.filter(({ answer }) => answer === 'could-not-tell'),
    since: answers[0]?.from ?? null,
  };
}

function levelAfter(row: readonly Answered[], before: Level, { failAfter, recoverAfter }: Rule): Level {
  const looks = row.reduce((sum, one) => sum + one.looks, 0);
  if (row[0]?.answer === 'failing') return looks >= failAfter ? 'down' : before;
  return before === 'down' && looks < recoverAfter ? 'down' : 'up';
}

/** Answers that are the same and follow each other. */
function inRows(answers: readonly Answered[]): Answered[][] {
  const rows: Answered[][] = [];
  for (const one of answers) {
    const last = rows.at(-1);
    if (last?.[0]?.answer === one.answer) last.push(one);
    else rows.push([one]);
  }
  return rows;
}
