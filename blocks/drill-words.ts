import type { DrillRun } from '../src/domain/backup/drill.ts';
import type { DrillNote, DrillVerdict, RungName, RungVerdict } from '../src/domain/backup/ladder.ts';
import { backupSubject, drillSubject } from '../src/domain/event.ts';
import type { Milliseconds } from '../src/domain/spec/duration.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import { bold, mrkdwnLine } from './escape.ts';
import { actorName, when } from './words.ts';

const MINUTE = 60_000;
const LONGEST = 160;

export const RUNG_WORD: Record<RungName, string> = {
  fetch: 'Files as written',
  key: 'Key opens it',
  restore: 'Restored',
  structure: 'Structure',
  volume: 'Row counts',
  content: 'Checksums',
  integrity: 'Integrity',
  semantics: 'Questions of the spec',
  write: 'Can be written to',
  time: 'In time',
};

export const RUNG_EMOJI: Record<RungVerdict, string> = {
  passed: ':white_check_mark:',
  warning: ':warning:',
  finding: ':x:',
  'could-not-verify': ':grey_question:',
  'not-reached': ':white_circle:',
};

const VERDICT_WORD: Record<DrillVerdict, string> = {
  passed: 'Proven by restoring it',
  finding: 'It could not be proven: something is wrong with it',
  'could-not-verify': 'Could not verify',
};

/** Never green but for one that was passed. */
export function drillEmoji({ status }: Pick<DrillRun, 'status'>): string {
  if (status === 'passed') return ':white_check_mark:';
  if (status === 'finding') return ':x:';
  return status === 'could-not-verify' ? ':grey_question:' : ':mountain:';
}

/** `DRILL-1 of BK-3 Orders, daily`, the title in bold. */
export function drillName({ number, of, title }: Pick<DrillRun, 'number' | 'of' | 'title'>): string {
  return `${drillSubject(number)} of ${backupSubject(of)} ${bold(title, 120)}`;
}

/** How it stands, in a sentence. */
export function drillState(drill: DrillRun): string {
  const { status, requested, lack, result, rung, beganAt } = drill;
  if (status === 'requested')
    return `Asked for by ${actorName(requested.by)}, ${when(requested.at)}; waits for a drill worker`;
  if (status === 'running') {
    return `Is being restored, since ${when(beganAt ?? requested.at)}${rung === null ? '' : `: ${RUNG_WORD[rung].toLowerCase()}`}`;
  }
  if (lack !== null) return `${VERDICT_WORD['could-not-verify']}: ${mrkdwnLine(lack.what, 300)}`;
  return result === null ? VERDICT_WORD[status] : `${VERDICT_WORD[status]}${timesOf(drill)}`;
}

/** What was measured, against what the spec wants. */
function timesOf({ result, rto, rpo }: DrillRun): string {
  if (result === null) return '';
  const of = (target: Milliseconds | null) => (target === null ? '' : ` of ${lengthWords(target)}`);
  const { measures } = result;
  const back = measures.rto === null ? [] : [`back in ${lengthWords(measures.rto)}${of(rto)} (RTO)`];
  return `; ${[...back, `${lengthWords(measures.rpo)}${of(rpo)} of work lost (RPO)`].join(', ')}`;
}

export function noteWords({ reason, what }: DrillNote): string {
  return `\`${reason}\` ${mrkdwnLine(what, LONGEST)}`;
}

/** Seconds where it is short, else as people say it. */
export function lengthWords(length: Milliseconds): string {
  return length < MINUTE ? `${Math.max(0, Math.round(length / 1000))} s` : durationWords(length);
}
