import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { AlertGroup } from '../src/domain/alert/group.ts';
import { alertName, alertState } from './alert-words.ts';
import { context, plainText } from './elements.ts';
import { submitted, textField, timeField } from './form.ts';
import { readSubmission, type SubmittedView } from './submission.ts';

export const ALERT_MUTE_MODAL = 'alert.mute';

/** Asks until when nobody is told of a group of alerts, and why. */
export function alertMuteModal(group: AlertGroup, until: Date): ModalView {
  const hint = 'Its card stays true meanwhile. If it fires when the mute is over, people are told then.';
  return {
    type: 'modal',
    callback_id: ALERT_MUTE_MODAL,
    private_metadata: JSON.stringify({ number: group.number }),
    title: plainText('Mute alerts'),
    submit: plainText('Mute'),
    close: plainText('Cancel'),
    blocks: [
      context(`${alertName(group)}: ${alertState(group)}`),
      timeField('until', { label: 'Until when?', hint }, until, false),
      textField('reason', { label: 'Why?', placeholder: 'Racks are being moved' }, { lines: 'one' }),
    ],
  };
}

const carried = z.object({ number: z.int() });
const fields = z.object({ until: submitted.time.pipe(z.date()), reason: submitted.text });

export function readAlertMuteModal(view: SubmittedView): { number: number; until: Date; reason: string } {
  const read = readSubmission(view, carried, fields);
  return { number: read.carried.number, ...read.fields };
}
