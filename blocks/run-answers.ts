import { type DutyRun, graceEndsAt } from '../src/domain/duty/run.ts';
import { runSubject } from '../src/domain/event.ts';
import { runName } from './run-words.ts';
import { when } from './words.ts';

/** What whoever did something is told: one line, only for them. The card shows it to everybody. */
type Sentence = (run: DutyRun) => string;

export const takenAnswer: Sentence = (run) =>
  `${runName(run)} is yours. In time until ${when(graceEndsAt(run))}; \`/maintenance done ${runSubject(run.number)}\` when it is done.`;

export const doneAnswer: Sentence = (run) => {
  const late = run.end?.how === 'done' && run.end.late ? ', late' : '';
  return `:white_check_mark: ${runName(run)} is done${late}.`;
};

export const skippedAnswer: Sentence = (run) =>
  `:fast_forward: ${runName(run)} is skipped. The next one is asked for as ever.`;

export const snoozedAnswer: Sentence = (run) =>
  run.snooze === null
    ? `${runName(run)} is not snoozed any more.`
    : `:zzz: You are reminded of ${runName(run)} ${when(run.snooze.until)}. It stays due as it was.`;

export const cannotAnswer: Sentence = (run) =>
  `:raised_hand: ${runName(run)} is free to be taken; its channel hears that you cannot.`;

export const waivedAnswer: Sentence = (run) => {
  const until = run.end?.how === 'waived' && run.end.until !== null ? ` until ${when(run.end.until)}` : '';
  return `:page_facing_up: ${runName(run)} is waived${until}, in your name.`;
};

export const startedAnswer: Sentence = (run) => {
  const what = run.attempt?.mode === 'preview' ? 'first says what it would do, and waits for approval' : 'runs now';
  return `:arrow_forward: ${runName(run)} ${what}; its card in ${channelName(run.channel)} shows how it goes.`;
};

export const approvedAnswer: Sentence = (run) => `:ballot_box_with_check: You approved ${runName(run)}; it runs now.`;

/** A channel that the spec names by its id is a link. */
function channelName(channel: string): string {
  return /^[CG][A-Z0-9]{4,}$/.test(channel) ? `<#${channel}>` : `#${channel}`;
}
