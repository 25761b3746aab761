import type { SmokeResult } from './drill-seen.ts';
import type { DrillNote } from './ladder.ts';

/**
 * A question of the spec to a restored database, answered by one number or one boolean: rows of it never leave the drill.
 * A boolean has to be true. For freshness the statement gives the age in seconds, and `atMost` is the limit.
 */
export interface SmokeCheck {
  readonly title: string;
  readonly sql: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

const NOTHING = 'the spec has no `smoke` for this backup';

/** What the answers say. A statement that could not be asked is no answer. */
export function smokeFaults(checks: readonly SmokeCheck[], results: readonly SmokeResult[]): DrillNote[] {
  // Nothing asked is nothing proven, and yet no reason to doubt what the other rungs saw.
  if (checks.length === 0) return [{ weight: 'warning', reason: 'nothing-asked', what: NOTHING }];
  return checks.flatMap((check) => {
    const found = results.find(({ title }) => title === check.title)?.result;
    const wrong = found === undefined ? couldNot('it was not asked') : answerOf(check, found);
    return wrong === null ? [] : [{ ...wrong, what: `${check.title}: ${wrong.what}` }];
  });
}

function answerOf({ atLeast, atMost }: SmokeCheck, found: SmokeResult['result']): DrillNote | null {
  if (found.kind === 'failed') return couldNot(`PostgreSQL refused the statement (SQLSTATE ${found.code})`);
  if (found.kind === 'not-one-value') return couldNot('it has to give one number or one boolean');
  const { value } = found;
  if (value === null) return finding('there is nothing to answer with');
  if (typeof value === 'boolean') return value ? null : finding('it is not so');
  if (atLeast === undefined && atMost === undefined) return couldNot('it gave a number; write `atLeast` or `atMost`');
  if (atLeast !== undefined && value < atLeast) return finding(`${value}, and at least ${atLeast} were expected`);
  if (atMost !== undefined && value > atMost) return finding(`${value}, and at most ${atMost} were expected`);
  return null;
}

const finding = (what: string): DrillNote => ({ weight: 'finding', reason: 'smoke-failed', what });

const couldNot = (what: string): DrillNote => ({ weight: 'could-not-verify', reason: 'smoke-not-asked', what });
