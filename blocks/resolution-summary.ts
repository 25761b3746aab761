import type { KnownBlock } from '@slack/types';
import type { ResolutionSummary } from '../src/domain/delivery.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import { actions, context, fields, header, type Rendered, section } from './elements.ts';
import { mrkdwn, mrkdwnLine, plainLine } from './escape.ts';
import { incidentButton } from './incident-buttons.ts';
import { serviceName } from './incident-card.ts';
import { actorName, SEVERITY_EMOJI, userName, when } from './words.ts';

/** Most people named one by one. */
const PEOPLE = 15;

/** One screen for people who were not there: what it was, how long it took, what ended it, what is still owed. */
export function resolutionSummary(summary: ResolutionSummary, spec: OperationsSpec): Rendered {
  const { number, title, severityMinutes, postmortemDueAt } = summary;
  const heading = `INC-${number} resolved: ${title}`;
  const atEach = severityMinutes.map(
    ({ severity, minutes }) => `${SEVERITY_EMOJI[severity]} ${severity} for ${durationWords(minutes * 60_000)}`,
  );
  const blocks: KnownBlock[] = [
    header(plainLine(heading, 150)),
    section(mrkdwn(summary.resolution, 1500) || '–'),
    fields(factsOf(summary, spec)),
    ...(atEach.length === 0 ? [] : [context(atEach.join('  ·  '))]),
    context(peopleOf(summary)),
    section(
      postmortemDueAt === null
        ? 'Its severity asks for no post-mortem.'
        : `:page_facing_up: The post-mortem is due ${when(postmortemDueAt)}.`,
    ),
    actions(incidentButton('postmortem.draft', number), incidentButton('incident.timeline', number)),
  ];
  return { text: mrkdwnLine(heading, 300), blocks };
}

function factsOf(summary: ResolutionSummary, spec: OperationsSpec): string[] {
  const { severity, service, timeToAcknowledge, timeToMitigate } = summary;
  const known = (ms: number | null) => (ms === null ? 'never' : `after ${durationWords(ms)}`);
  return [
    `*Severity*\n${severity === null ? 'never set' : `${SEVERITY_EMOJI[severity]} ${severity}`}`,
    `*Service*\n${service === null ? '–' : mrkdwnLine(serviceName(service, spec), 200)}`,
    `*Declared*\n${when(summary.declaredAt)}`,
    `*Resolved*\nafter ${durationWords(summary.timeToResolve)}`,
    `*Acknowledged*\n${known(timeToAcknowledge)}`,
    `*Mitigation began*\n${known(timeToMitigate)}`,
  ];
}

function peopleOf({ owner, resolvedBy, responders, channel }: ResolutionSummary): string {
  const named = responders.slice(0, PEOPLE).map(userName).join(' ');
  const more = responders.length > PEOPLE ? ` and ${responders.length - PEOPLE} more` : '';
  const parts = [`Owner ${owner === null ? 'nobody' : userName(owner)}`, `resolved by ${actorName(resolvedBy)}`];
  if (named !== '') parts.push(`responders ${named}${more}`);
  if (channel !== null) parts.push(`<#${channel}>`);
  return parts.join('  ·  ');
}
