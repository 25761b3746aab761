import type { Message } from '../src/domain/delivery.ts';
import type { Incident } from '../src/domain/incident/state.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import { actions, type Rendered, section } from './elements.ts';
import { bold, mrkdwnLine } from './escape.ts';
import { incidentButton } from './incident-buttons.ts';
import { userName, when } from './words.ts';

type Of<Type extends Message['type']> = Extract<Message, { type: Type }>;

/** An update is overdue: first to the owner alone, then in the incident's channel. */
export function updateOverdue(message: Of<'update-overdue'>, incident: Incident, spec: OperationsSpec): Rendered {
  const { number, title, severity, channel } = incident;
  const every = severity === null ? null : spec.severities[severity].updateEvery;
  const cadence = every === null ? '' : ` ${severity} asks for one every ${durationWords(every)}.`;
  const name = bold(`INC-${number} ${title}`, 300);
  const due = when(message.dueAt);
  const where = channel === null ? '' : ` in <#${channel.id}>`;
  const words =
    message.audience === 'owner'
      ? `:hourglass: You own ${name}${where}, and its update was due ${due}.${cadence}`
      : `:hourglass: ${whoOwes(message.owner)} the update of ${name} that was due ${due}.${cadence}`;
  return {
    text: `INC-${number} ${mrkdwnLine(title, 300)}: an update is overdue`,
    blocks: [section(words), actions(incidentButton('incident.update', number, 'primary'))],
  };
}

function whoOwes(owner: string | null): string {
  return owner === null ? 'Nobody owns this incident, and somebody owes' : `${userName(owner)} still owes`;
}

const STAGE_WORDS: Record<Of<'postmortem-due'>['stage'], string> = {
  'half-time': 'Half the time for the post-mortem of',
  due: 'The time for the post-mortem of',
  overdue: 'Long past its time, there is still no post-mortem of',
};

/** A post-mortem is owed: at half its time, when it is due, and when it is long overdue. */
export function postmortemDue(message: Of<'postmortem-due'>, incident: Incident | null): Rendered {
  const { incident: number, title, dueAt, stage } = message;
  const passed = stage === 'overdue' ? '; it was due' : ' has passed; it is due';
  const owner = incident?.owner ?? null;
  const whose = owner === null ? '' : ` ${userName(owner)} owns it.`;
  return {
    text: `INC-${number} ${mrkdwnLine(title, 300)}: the post-mortem is ${stage === 'half-time' ? 'owed' : stage}`,
    blocks: [
      section(
        `:page_facing_up: ${STAGE_WORDS[stage]} ${bold(`INC-${number} ${title}`, 300)}${passed} ${when(dueAt)}.${whose}`,
      ),
      actions(
        incidentButton('postmortem.draft', number, 'primary'),
        incidentButton('postmortem.publish', number),
        incidentButton('postmortem.waive', number),
      ),
    ],
  };
}
