import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { AlertGroup } from '../src/domain/alert/group.ts';
import { type Milliseconds, parseDuration } from '../src/domain/spec/duration.ts';
import type { Matcher } from '../src/domain/window/silence.ts';
import { alertName, alertState } from './alert-words.ts';
import { context, plainText, section } from './elements.ts';
import { bold, CUT, mrkdwnLine } from './escape.ts';
import { type Choice, choiceField, submitted, textField } from './form.ts';
import { readSubmission, type SubmittedView } from './submission.ts';

export const ALERT_SILENCE_MODAL = 'alert.silence';

/** How long a silence may be chosen to last. */
const LENGTHS: readonly Choice[] = [
  { value: '30m', words: '30 minutes' },
  { value: '1h', words: '1 hour' },
  { value: '2h', words: '2 hours' },
  { value: '4h', words: '4 hours' },
  { value: '8h', words: '8 hours' },
  { value: '1d', words: '1 day' },
  { value: '3d', words: '3 days' },
  { value: '1w', words: '1 week' },
];
/** Labels that are shown of those that must match, and names of alerts that are silenced along. */
const MOST_LABELS = 12;
const MOST_OTHERS = 3;
/** Characters that a form of Slack's carries of its own. */
const LONGEST = 2_900;

/** What a silence of a group would keep quiet now. */
export interface ShownSilence {
  readonly group: AlertGroup;
  readonly matchers: readonly Matcher[];
  readonly targets: readonly string[];
  readonly matched: number;
  readonly others: readonly string[];
  readonly away: readonly { readonly target: string; readonly problem: string }[];
}

/**
 * Asks for how long a group is silenced, and why, and shows what exactly that silences. Null when its labels are longer than a form
 * can carry.
 */
export function alertSilenceModal(shown: ShownSilence): ModalView | null {
  const { group, matchers, targets, away } = shown;
  const carries = JSON.stringify({
    number: group.number,
    matchers: matchers.map(({ name, value }) => [name, value]),
    targets,
  });
  if (carries.length > LONGEST) return null;
  return {
    type: 'modal',
    callback_id: ALERT_SILENCE_MODAL,
    private_metadata: carries,
    title: plainText('Silence alerts'),
    submit: plainText('Silence'),
    close: plainText('Cancel'),
    blocks: [
      context(`${alertName(group)}: ${alertState(group)}`),
      section(
        `In ${bold(targets.join(', '), 200)} this silences every alert with all of these labels:\n${matcherLines(matchers)}`,
      ),
      context(matchedWords(shown)),
      ...(away.length === 0 ? [] : [context(awayWords(away))]),
      choiceField('length', { label: 'For how long?' }, LENGTHS, { initial: '1h' }),
      textField(
        'comment',
        {
          label: 'Why?',
          placeholder: 'The disk is being replaced',
          hint: 'Alertmanager shows it beside your name. Until then it tells nobody of these alerts, not only Mainstay.',
        },
        { lines: 'one' },
      ),
    ],
  };
}

/** `alertname = Slow`, a line each; a label that must be missing says so. */
function matcherLines(matchers: readonly Matcher[]): string {
  const lines = matchers.slice(0, MOST_LABELS).map(({ name, value }) => {
    const what = value === '' ? '_without this label_' : `= ${mrkdwnLine(value, 120)}`;
    return `• ${mrkdwnLine(name, 60)} ${what}`;
  });
  const left = matchers.length - lines.length;
  return [...lines, ...(left > 0 ? [`${CUT} and ${left} more labels`] : [])].join('\n');
}

function matchedWords({ matched, others }: ShownSilence): string {
  const all = matched === 1 ? 'That is one alert now' : `That is ${matched} alerts now`;
  if (others.length === 0) return `:mag: ${all}, ${matched === 1 ? '' : 'all '}of this group.`;
  const names = [...new Set(others)].slice(0, MOST_OTHERS).map((name) => mrkdwnLine(name, 60));
  return `:warning: ${all}, *${others.length} of them not of this group*: ${names.join(', ')}`;
}

function awayWords(away: ShownSilence['away']): string {
  const words = away.map(({ target, problem }) => `${target} could not be asked (${problem})`).join('; ');
  return `:warning: Nothing is silenced where it is not known what fires: ${mrkdwnLine(words, 400)}`;
}

const carried = z.object({
  number: z.int(),
  matchers: z.array(z.tuple([z.string(), z.string()])).min(1),
  targets: z.array(z.string()).min(1),
});
const fields = z.object({
  length: submitted.choice.pipe(z.enum(['30m', '1h', '2h', '4h', '8h', '1d', '3d', '1w'])),
  comment: submitted.text,
});

export function readAlertSilenceModal(view: SubmittedView): {
  number: number;
  matchers: readonly Matcher[];
  targets: readonly string[];
  length: Milliseconds;
  comment: string;
} {
  const read = readSubmission(view, carried, fields);
  const { number, matchers, targets } = read.carried;
  const length = parseDuration(read.fields.length);
  if (!length.ok) throw new Error(length.problem);
  return {
    number,
    matchers: matchers.map(([name, value]) => ({ name, value, isRegex: false })),
    targets,
    length: length.ms,
    comment: read.fields.comment,
  };
}
