import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { PageAsked } from '../src/domain/page/send.ts';
import { contactsOf } from '../src/domain/page/terms.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { plainText } from './elements.ts';
import { choiceField, submitted, textField } from './form.ts';
import { readSubmission, type SubmittedView } from './submission.ts';

export const PAGE_MODAL = 'page.send';

/** The form that wakes a team, filled with whatever was typed; only teams of which somebody can be called. Null when there is none. */
export function pageModal(team: string | null, text: string, spec: OperationsSpec): ModalView | null {
  const teams = Object.entries(spec.teams)
    .filter(([key]) => contactsOf(spec, key).length > 0)
    .map(([value, { name }]) => {
      const [first] = contactsOf(spec, value);
      return { value, words: name, description: `Calls ${first?.name} first` };
    });
  if (teams.length === 0) return null;
  return {
    type: 'modal',
    callback_id: PAGE_MODAL,
    private_metadata: '{}',
    title: plainText('Wake a team'),
    submit: plainText('Wake them'),
    close: plainText('Cancel'),
    blocks: [
      choiceField('team', { label: 'Which team?' }, teams, { initial: team }),
      textField('text', { label: 'What is wrong?', placeholder: 'Checkout is down' }, { initial: text, lines: 'one' }),
    ],
  };
}

const fields = z.object({ team: submitted.choice, text: submitted.text });

/** Who is to be woken, and for what. */
export function readPageModal(view: SubmittedView): PageAsked {
  return readSubmission(view, z.object({}), fields).fields;
}
