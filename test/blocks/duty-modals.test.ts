import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { readRunChecklistModal, runChecklistModal } from '../../blocks/run-checklist-modal.ts';
import { readRunDoneModal, runDoneModal } from '../../blocks/run-done-modal.ts';
import type { AboutRun } from '../../blocks/run-form.ts';
import { readRunPicker, runShowPicker, runTakePicker } from '../../blocks/run-picker.ts';
import {
  readRunReasonModal,
  readRunWaiveModal,
  runCannotModal,
  runSkipModal,
  runWaiveModal,
} from '../../blocks/run-reason-modals.ts';
import { readRunSnoozeModal, runSnoozeModal } from '../../blocks/run-snooze-modal.ts';
import { stateValues } from '../../demo/slack/view-state.ts';
import { aRun } from '../support/duty-story.ts';
import { minutesLater, now } from '../support/incident-spec.ts';
import { checkView } from '../support/slack-limits.ts';

const NASTY = '<!channel> <script>alert("x")</script> & '.repeat(80);
const run = aRun();
const another = { ...run, number: 2, title: NASTY };
const choose: AboutRun = [another, run];

type Answers = Parameters<typeof stateValues>[1];

/** What Slack sends when a person filled in the fields of this modal; fields left alone keep what they showed. */
function submit(modal: ModalView, answers: Answers = {}) {
  const blocks = modal.blocks as unknown as Parameters<typeof stateValues>[0];
  return { private_metadata: modal.private_metadata ?? '', state: { values: stateValues(blocks, answers) } };
}

const until = minutesLater(60);
const seconds = until.getTime() / 1000;
const report = 'https://example.com/report';
const file = 'https://acme.slack.com/files/U0ALICE/F1/report.pdf';

/** Every form about a run, with what is filled in and what is read back. */
const FORMS: [string, (about: AboutRun) => ModalView, (view: ReturnType<typeof submit>) => object, Answers, object][] =
  [
    ['done, with nothing', (about) => runDoneModal(about), readRunDoneModal, {}, { evidence: [] }],
    [
      'done, with words and a link',
      (about) => runDoneModal(about),
      readRunDoneModal,
      { evidence: ' All whole ', link: report },
      {
        evidence: [
          { kind: 'text', value: 'All whole' },
          { kind: 'link', value: report },
        ],
      },
    ],
    [
      'done, with a file in Slack, typed before',
      (about) => runDoneModal(about, [{ kind: 'file', value: file }]),
      readRunDoneModal,
      {},
      { evidence: [{ kind: 'file', value: file }] },
    ],
    ['skip', (about) => runSkipModal(about, 'Moving house'), readRunReasonModal, {}, { reason: 'Moving house' }],
    ['cannot', (about) => runCannotModal(about), readRunReasonModal, { reason: 'No access' }, { reason: 'No access' }],
    ['waive', (about) => runWaiveModal(about, 'Idle'), readRunWaiveModal, {}, { reason: 'Idle', until: null }],
    [
      'waive for a time',
      (about) => runWaiveModal(about, 'Idle'),
      readRunWaiveModal,
      { until: seconds },
      { reason: 'Idle', until },
    ],
    ['snooze', (about) => runSnoozeModal(about, until), readRunSnoozeModal, {}, { until }],
    ['take', runTakePicker, readRunPicker, {}, {}],
    ['show', runShowPicker, readRunPicker, {}, {}],
  ];

describe('a form about a run', () => {
  it.each(FORMS)('%s reads back what was filled in', (_name, form, read, answers, expected) => {
    expect(read(submit(form(run), answers))).toEqual({ number: 1, ...expected });
  });

  it.each(FORMS)('%s asks which run when none was named', (_name, form, read, answers, expected) => {
    expect(read(submit(form(choose), { ...answers, run: '2' }))).toEqual({ number: 2, ...expected });
  });

  it.each(FORMS)('%s keeps to the limits of Slack, whatever was typed', (_name, form) => {
    const many = Array.from({ length: 150 }, (_, i) => ({ ...another, number: i + 1 }));
    for (const about of [run, another, choose, many]) expect(checkView({ ...form(about as AboutRun) })).toEqual([]);
  });

  it('keeps to the limits whatever was typed before it opened', () => {
    const typed = [
      { kind: 'text' as const, value: NASTY },
      { kind: 'link' as const, value: `https://example.com/${'a'.repeat(5000)}` },
    ];
    for (const form of [runDoneModal(run, typed), runSkipModal(run, NASTY), runWaiveModal(run, NASTY)])
      expect(checkView({ ...form })).toEqual([]);
  });

  it('says what evidence the run asks for', () => {
    expect(JSON.stringify(runDoneModal(run))).toContain('Evidence is required: words or a link.');
    expect(JSON.stringify(runDoneModal(aRun({ evidence: 'none' })))).toContain('No evidence is asked for.');
  });

  it('is refused when it is not what our own view sends', () => {
    expect(() => readRunDoneModal({ private_metadata: '{}', state: { values: {} } })).toThrow();
    const { private_metadata } = submit(runSnoozeModal(run, now));
    expect(() => readRunSnoozeModal({ private_metadata, state: { values: { until: { value: {} } } } })).toThrow();
  });
});

describe('the checklist', () => {
  it('shows what is ticked, and reads back every group as one list', () => {
    const ticked = {
      ...aRun({ checklist: Array.from({ length: 23 }, (_, i) => `Step ${i + 1}`) }),
      ticked: [0, 11, 22],
    };
    const modal = runChecklistModal(ticked);
    expect(checkView({ ...modal })).toEqual([]);
    expect(readRunChecklistModal(submit(modal))).toEqual({ number: 1, items: [0, 11, 22] });
    const answers = { 'items-0': ['1', '2'], 'items-20': [] };
    expect(readRunChecklistModal(submit(modal, answers))).toEqual({ number: 1, items: [1, 2, 11] });
  });

  it('keeps to the limits of Slack, whatever the spec says', () => {
    for (const length of [1, 10, 11, 1200]) {
      expect(checkView({ ...runChecklistModal(aRun({ checklist: Array<string>(length).fill(NASTY) })) })).toEqual([]);
    }
  });
});
