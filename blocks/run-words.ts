import { hasFailed } from '../src/domain/duty/attempt.ts';
import type { Evidence } from '../src/domain/duty/events.ts';
import { type DutyRun, isOpenRun, type RunEnd, type RunStatus } from '../src/domain/duty/run.ts';
import { runSubject } from '../src/domain/event.ts';
import type { EvidenceKind } from '../src/domain/spec/duty.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { link, mrkdwnLine, plainLine } from './escape.ts';
import { actorName, userName, when } from './words.ts';

export const RUN_STATUS_WORD: Record<RunStatus, string> = {
  planned: 'Coming',
  due: 'Due',
  late: 'Late',
  done: 'Done',
  skipped: 'Skipped',
  missed: 'Missed',
  failed: 'Failed',
  waived: 'Waived',
  satisfied: 'Done with another duty',
};

/** One sign for each state, the same everywhere. */
export const RUN_EMOJI: Record<RunStatus, string> = {
  planned: ':calendar:',
  due: ':clipboard:',
  late: ':warning:',
  done: ':white_check_mark:',
  skipped: ':fast_forward:',
  missed: ':x:',
  failed: ':x:',
  waived: ':page_facing_up:',
  satisfied: ':link:',
};

export const EVIDENCE_WORD: Record<EvidenceKind, string> = { text: 'words', link: 'a link', file: 'a file' };

interface Named {
  readonly number: number;
  readonly title: string;
}

/** `RUN-1 Backup verification`, for a header, which knows no markup. */
export function runHeading({ number, title }: Named): string {
  return plainLine(`${runSubject(number)} ${title}`, 150);
}

/** The same as mrkdwn, in bold. */
export function runName({ number, title }: Named): string {
  return `*${runSubject(number)}* ${mrkdwnLine(title, 150)}`;
}

/** The team's name, or its key when the spec has it no more. */
export function teamName(spec: Pick<OperationsSpec, 'teams'>, key: string): string {
  return mrkdwnLine(spec.teams[key]?.name ?? key, 100);
}

/** State, number, title, when it was or is due, and who has it, in one line. */
export function runLine(run: DutyRun, spec: Pick<OperationsSpec, 'teams'>): string {
  const who = run.takenBy === null ? teamName(spec, run.owner) : userName(run.takenBy);
  const failed = isOpenRun(run) && hasFailed(run);
  const sign = failed ? RUN_EMOJI.failed : RUN_EMOJI[run.status];
  const state = `${failed ? 'failed, ' : ''}${stateWords(run.status, when(run.dueAt))}`;
  return `${sign} ${runName(run)}  ·  ${state}  ·  ${who}`;
}

/** The state and since or until when: "due since ...", "late, due ...". @param dueAt as it is to be shown */
export function stateWords(status: RunStatus, dueAt: string): string {
  if (status === 'planned') return `due ${dueAt}`;
  return status === 'due' ? `due since ${dueAt}` : `${RUN_STATUS_WORD[status].toLowerCase()}, due ${dueAt}`;
}

/** How it ended, who says so, and why. @param limit longest stretch of a person's words */
export function endWords(end: RunEnd, limit: number): string {
  switch (end.how) {
    case 'done':
      return `${end.late ? 'done late' : 'done'} by ${actorName(end.by)}, ${when(end.at)}`;
    case 'skipped':
      return `skipped by ${actorName(end.by)}: ${mrkdwnLine(end.reason, limit)}`;
    case 'missed':
      return end.asked
        ? `not done before the next one was due, ${when(end.at)}`
        : 'nobody was asked: Mainstay was not running';
    case 'failed':
      return `failed, and not mended before the next one was due, ${when(end.at)}: ${mrkdwnLine(end.summary, limit)}`;
    case 'waived': {
      const until = end.until === null ? '' : `, until ${when(end.until)}`;
      return `waived by ${approverName(end.approver)}${until}: ${mrkdwnLine(end.reason, limit)}`;
    }
    case 'satisfied':
      return `done with \`${mrkdwnLine(end.duty, 100)}\`, which fell due on the same day`;
  }
}

/** Slack users are named by Slack; whoever used the command line is not known to it. */
function approverName(approver: string): string {
  return /^[UW][A-Z0-9]+$/.test(approver) ? userName(approver) : mrkdwnLine(approver, 80);
}

/** @param limit longest piece; a link cannot be cut, so a longer one is only named */
export function evidenceWords({ kind, value }: Evidence, limit: number): string {
  if (kind === 'text') return mrkdwnLine(value, limit);
  return value.length > limit / 2 ? `${EVIDENCE_WORD[kind]} too long to show` : link(value, value);
}
