import { incidentSubject } from '../src/domain/event.ts';
import type { Incident } from '../src/domain/incident/state.ts';
import { mrkdwnLine } from './escape.ts';
import { SEVERITY_EMOJI, userName, when } from './words.ts';

/** What whoever did something is told: one line, only for them. The channel hears of it by itself. */
type Sentence = (incident: Incident) => string;

export const declaredAnswer: Sentence = ({ number, title, severity }) => {
  const id = incidentSubject(number);
  const head = `:rotating_light: *${id}* ${mrkdwnLine(title, 300)} is declared`;
  const soon = 'Its channel opens in a moment, with you in it.';
  return severity === null
    ? `${head}, without a severity yet: \`/severity ${id} SEV2\` sets one. ${soon}`
    : `${head} as ${SEVERITY_EMOJI[severity]} *${severity}*. ${soon}`;
};

export const severityAnswer: Sentence = ({ number, severity, severitySpans }) => {
  const before = severitySpans.at(-2)?.severity;
  const now = severity === null ? 'none' : `${SEVERITY_EMOJI[severity]} *${severity}*`;
  return `Severity of ${incidentSubject(number)}: ${before === undefined ? '' : `${before} → `}${now}.`;
};

export const ownerAnswer: Sentence = ({ number, owner }) =>
  `Owner of ${incidentSubject(number)}: ${owner === null ? 'nobody' : userName(owner)}.`;

export const updateAnswer: Sentence = ({ number, nextUpdateDueAt }) => {
  const next = nextUpdateDueAt === null ? '' : ` The next one is due ${when(nextUpdateDueAt)}.`;
  return `Update on ${incidentSubject(number)} posted.${next}`;
};

export const mitigateAnswer: Sentence = ({ number }) => `${incidentSubject(number)} is being mitigated.`;

export const resolveAnswer: Sentence = ({ number, postmortemDueAt }) => {
  const id = incidentSubject(number);
  const next =
    postmortemDueAt === null
      ? `\`/incident close ${id}\` closes it.`
      : `Its post-mortem is due ${when(postmortemDueAt)}; \`/postmortem draft ${id}\` has a draft.`;
  return `:white_check_mark: ${id} is resolved. ${next}`;
};

export const reopenAnswer: Sentence = ({ number }) => `${incidentSubject(number)} is open again and being mitigated.`;

export const closeAnswer: Sentence = ({ number }) => `:lock: ${incidentSubject(number)} is closed.`;

export const noteAnswer: Sentence = ({ number }) => `Noted on the timeline of ${incidentSubject(number)}.`;

export const pinAnswer: Sentence = ({ number }) => `The message is on the timeline of ${incidentSubject(number)}.`;

export const publishAnswer: Sentence = ({ number }) => {
  const id = incidentSubject(number);
  return `:page_facing_up: The post-mortem of ${id} is published. \`/incident close ${id}\` closes it.`;
};

export const waiveAnswer: Sentence = ({ number }) => {
  const id = incidentSubject(number);
  return `:page_facing_up: The post-mortem of ${id} is waived, in your name. \`/incident close ${id}\` closes it.`;
};
