import type { InputBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { WindowReport } from '../src/domain/window/events.ts';
import type { MaintenanceWindow } from '../src/domain/window/window.ts';
import { checkboxField, submitted, textField } from './form.ts';
import type { SubmittedView } from './submission.ts';
import { readWindowForm, windowForm } from './window-form.ts';

export const WINDOW_REPORT_MODAL = 'window.report';

/** Slack's most boxes in one group, and as many groups as leave the form readable. */
const GROUP = 10;
const MOST_GROUPS = 5;

/** Asks what was done, which documents change and what was learned; and which steps of its checklist were done. */
export function windowReportModal(window: MaintenanceWindow): ModalView {
  return windowForm({ id: WINDOW_REPORT_MODAL, title: 'What was done?', submit: 'Tell the team' }, window, [
    textField(
      'done',
      { label: 'What was done?', placeholder: 'Moved the primary to the new disk; nothing else' },
      { initial: window.report?.done ?? '' },
    ),
    ...checklistFields(window),
    textField(
      'documents',
      { label: 'Which documents change?', hint: 'Procedures, runbooks, playbooks; empty when none does.' },
      { initial: window.report?.documents ?? '', optional: true },
    ),
    textField(
      'learned',
      { label: 'What was learned?', hint: 'What should be done differently the next time.' },
      { initial: window.report?.learned ?? '', optional: true },
    ),
  ]);
}

function checklistFields({ checklist, report }: MaintenanceWindow): InputBlock[] {
  const groups: InputBlock[] = [];
  for (let first = 0; first < checklist.length && groups.length < MOST_GROUPS; first += GROUP) {
    const steps = checklist.slice(first, first + GROUP);
    const label = checklist.length <= GROUP ? 'Checklist' : `Steps ${first + 1} to ${first + steps.length}`;
    const choices = steps.map((words, index) => ({ value: String(first + index), words }));
    groups.push(checkboxField(`items-${first}`, { label }, choices, (report?.ticked ?? []).map(String)));
  }
  return groups;
}

const texts = z.object({ done: submitted.text, documents: submitted.text, learned: submitted.text });
const boxes = z.record(z.string(), z.unknown()).transform((fields) =>
  Object.entries(fields)
    .filter(([name]) => name.startsWith('items-'))
    .flatMap(([, field]) => submitted.choices.parse(field).map(Number)),
);

export function readWindowReportModal(view: SubmittedView): WindowReport & { number: number } {
  const { number, fields } = readWindowForm(view, texts);
  return { number, ...fields, ticked: boxes.parse(view.state.values) };
}
