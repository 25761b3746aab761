import type { InputBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { DutyRun } from '../src/domain/duty/run.ts';
import { checkboxField, submitted } from './form.ts';
import { readRunForm, runForm } from './run-form.ts';
import type { SubmittedView } from './submission.ts';

export const RUN_TICK_MODAL = 'run.tick';

/** Slack's most boxes in one group. */
const GROUP = 10;
/** Beyond this a modal has no room: its limit is 100 blocks, and one names the run. */
const MOST_GROUPS = 99;

/** The checklist of a run as boxes to tick; those ticked already are. In groups, as Slack has no longer ones. */
export function runChecklistModal(run: DutyRun): ModalView {
  const groups: InputBlock[] = [];
  for (let first = 0; first < run.checklist.length && groups.length < MOST_GROUPS; first += GROUP) {
    const steps = run.checklist.slice(first, first + GROUP);
    const label = run.checklist.length <= GROUP ? 'Checklist' : `Steps ${first + 1} to ${first + steps.length}`;
    const choices = steps.map((words, index) => ({ value: String(first + index), words }));
    groups.push(checkboxField(`items-${first}`, { label }, choices, run.ticked.map(String)));
  }
  return runForm({ id: RUN_TICK_MODAL, title: 'Checklist', submit: 'Save' }, run, groups);
}

const fields = z.record(z.string(), submitted.choices);

/** Positions of the ticked steps, from 0. */
export function readRunChecklistModal(view: SubmittedView): { number: number; items: number[] } {
  const { number, fields: groups } = readRunForm(view, fields);
  return { number, items: Object.values(groups).flat().map(Number) };
}
