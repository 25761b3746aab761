import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Evidence } from '../src/domain/duty/events.ts';
import { linkEvidence } from '../src/domain/duty/evidence.ts';
import type { DutyRun } from '../src/domain/duty/run.ts';
import { submitted, textField } from './form.ts';
import { type AboutRun, onlyRun, readRunForm, runForm } from './run-form.ts';
import { EVIDENCE_WORD } from './run-words.ts';
import type { SubmittedView } from './submission.ts';

export const RUN_DONE_MODAL = 'run.done';

/**
 * Asks what proves that it was done. Both fields may stay empty here: whether one is needed is the run's own rule, and the
 * refusal is shown at the field. A file is given as its link in Slack.
 *
 * @param typed what was typed already
 */
export function runDoneModal(about: AboutRun, typed: readonly Evidence[] = []): ModalView {
  const said = (kinds: readonly Evidence['kind'][]) =>
    typed.flatMap(({ kind, value }) => (kinds.includes(kind) ? [value] : [])).join(' ');
  const words = {
    label: 'What was done, and what came of it?',
    hint: evidenceHint(onlyRun(about)),
    placeholder: 'All 12 backups of the week completed; the newest one is 3 hours old',
  };
  const linkWords = { label: 'Link', hint: 'To a report, a dashboard, a ticket, or a file in Slack (Copy link).' };
  return runForm({ id: RUN_DONE_MODAL, title: 'Done', submit: 'Done' }, about, [
    textField('evidence', words, { initial: said(['text']), optional: true }),
    textField('link', linkWords, { initial: said(['link', 'file']), lines: 'one', optional: true }),
  ]);
}

function evidenceHint(run: DutyRun | null): string {
  if (run === null || run.evidence === 'optional')
    return 'It is kept as evidence, and may be left out where none is required.';
  if (run.evidence === 'none') return 'No evidence is asked for.';
  return `Evidence is required: ${run.evidenceKinds.map((kind) => EVIDENCE_WORD[kind]).join(' or ')}.`;
}

const fields = z.object({ evidence: submitted.text, link: submitted.text });

export function readRunDoneModal(view: SubmittedView): { number: number; evidence: Evidence[] } {
  const { number, fields: read } = readRunForm(view, fields);
  const words: Evidence[] = read.evidence === '' ? [] : [{ kind: 'text', value: read.evidence }];
  const links = read.link === '' ? [] : [linkEvidence(read.link)];
  return { number, evidence: [...words, ...links] };
}
