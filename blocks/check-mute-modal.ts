import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { CheckView } from '../src/domain/health/view.ts';
import { checkName, stateOf } from './check-words.ts';
import { context, plainText } from './elements.ts';
import { choiceField, submitted, textField, timeField } from './form.ts';
import { readSubmission, type SubmittedView } from './submission.ts';

export const CHECK_MUTE_MODAL = 'check.mute';

/** Asks until when nobody is told of a check, and why; of which one, where several are meant. */
export function checkMuteModal(
  views: readonly [CheckView, ...CheckView[]],
  { until, reason = '' }: { readonly until: Date; readonly reason?: string },
): ModalView {
  const [first, ...others] = views;
  const choices = views.map(({ check }) => ({ value: check.key, words: check.title }));
  const which =
    others.length === 0
      ? context(`${checkName(first)}, ${stateOf(first)}`)
      : choiceField('check', { label: 'Which check?' }, choices, { initial: first.check.key });
  const hint = 'It is asked as ever. If it fails when the mute is over, people are told then.';
  return {
    type: 'modal',
    callback_id: CHECK_MUTE_MODAL,
    private_metadata: JSON.stringify({ check: others.length === 0 ? first.check.key : null }),
    title: plainText('Mute a check'),
    submit: plainText('Mute'),
    close: plainText('Cancel'),
    blocks: [
      which,
      timeField('until', { label: 'Until when?', hint }, until, false),
      textField('reason', { label: 'Why?', placeholder: 'Racks are being moved' }, { initial: reason, lines: 'one' }),
    ],
  };
}

const carried = z.object({ check: z.string().nullable() });
const fields = z.object({
  check: submitted.choice.optional(),
  until: submitted.time.pipe(z.date()),
  reason: submitted.text,
});

export function readCheckMuteModal(view: SubmittedView): { key: string; until: Date; reason: string } {
  const read = readSubmission(view, carried, fields);
  const { check, until, reason } = read.fields;
  return { key: read.carried.check ?? check ?? '', until, reason };
}
