import type { InputBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { formatDuration } from '../src/domain/spec/duration.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import type { PlanTyped } from '../src/domain/window/command.ts';
import type { WindowDraft } from '../src/domain/window/plan.ts';
import { plainText } from './elements.ts';
import { checkboxField, choiceField, personField, submitted, textField, timeField } from './form.ts';
import { readSubmission, type SubmittedView } from './submission.ts';

export const WINDOW_PLAN_MODAL = 'window.plan';

/** Slack's most boxes in one group, and as many groups as leave the form readable. */
const GROUP = 10;
const MOST_GROUPS = 5;

/** The form that plans a window, filled with whatever was typed; `lead` is who asks, until they name somebody else. */
export function windowPlanModal(typed: PlanTyped, lead: string, spec: OperationsSpec): ModalView {
  const kinds = spec.windows
    .filter(({ when }) => when === null)
    .map(({ key, title }) => ({ value: key, words: title }));
  return {
    type: 'modal',
    callback_id: WINDOW_PLAN_MODAL,
    private_metadata: '{}',
    title: plainText('Plan maintenance'),
    submit: plainText('Plan'),
    close: plainText('Cancel'),
    blocks: [
      textField(
        'title',
        { label: 'What is worked on?', placeholder: 'Move the database to the new disk' },
        { initial: typed.title, lines: 'one' },
      ),
      ...(kinds.length === 0
        ? []
        : [
            choiceField(
              'kind',
              { label: 'Kind', hint: 'What the operations spec says about it.', placeholder: 'One of its own' },
              kinds,
              { optional: true },
            ),
          ]),
      ...serviceFields(typed.services, spec),
      timeField('startsAt', { label: 'When does it begin?', hint: 'In your own time zone.' }, typed.startsAt, false),
      textField(
        'length',
        { label: 'How long does it take?', placeholder: '2h', ...usual(spec) },
        { initial: typed.length, lines: 'one' },
      ),
      personField('lead', { label: 'Who leads it?' }, lead),
      textField('reason', { label: 'Why is it done?' }, {}),
      textField('risk', { label: 'What can go wrong?' }, { optional: true }),
      textField('rollback', { label: 'How is it taken back?' }, { optional: true }),
      textField('checklist', { label: 'Checklist', hint: 'One step a line.' }, { optional: true }),
      textField(
        'labels',
        { label: 'Labels of the alerts it explains', placeholder: 'env=prod, tier=database' },
        { lines: 'one', optional: true },
      ),
      textField(
        'shortNotice',
        {
          label: 'Why so soon?',
          hint: 'Needed only when people hear of it later than the spec wants, 24 hours ahead.',
        },
        { lines: 'one', optional: true },
      ),
    ],
  };
}

/** What such work usually takes, where the spec says it. */
function usual({ windows }: OperationsSpec): { hint?: string } {
  const lengths = windows.flatMap(({ title, typical }) =>
    typical === undefined ? [] : [`${title}: ${formatDuration(typical)}`],
  );
  return lengths.length === 0 ? {} : { hint: `Usually: ${lengths.join(', ')}.` };
}

function serviceFields(chosen: readonly string[], { services }: OperationsSpec): InputBlock[] {
  const all = Object.entries(services).map(([value, { name }]) => ({ value, words: name }));
  const groups: InputBlock[] = [];
  for (let first = 0; first < all.length && groups.length < MOST_GROUPS; first += GROUP) {
    const label = first === 0 ? 'Which services are affected?' : 'More services';
    groups.push(checkboxField(`services-${first}`, { label }, all.slice(first, first + GROUP), chosen));
  }
  return groups;
}

const fields = z.object({
  title: submitted.text,
  kind: submitted.choice.optional(),
  startsAt: submitted.time,
  length: submitted.text,
  lead: submitted.person,
  reason: submitted.text,
  risk: submitted.text,
  rollback: submitted.text,
  checklist: submitted.text,
  labels: submitted.text,
  shortNotice: submitted.text,
});

const services = z.record(z.string(), z.unknown()).transform((all) =>
  Object.entries(all)
    .filter(([name]) => name.startsWith('services-'))
    .flatMap(([, field]) => submitted.choices.parse(field)),
);

/** What was planned. */
export function readWindowPlanModal(view: SubmittedView): WindowDraft {
  const read = readSubmission(view, z.object({}), fields).fields;
  return { ...read, kind: read.kind ?? null, services: services.parse(view.state.values) };
}
