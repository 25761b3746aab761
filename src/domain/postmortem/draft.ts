import { incidentSubject } from '../event.ts';
import { minutesAtEach } from '../incident/summary.ts';
import { durationWords } from '../text/duration-words.ts';
import { inWords } from '../text/slack-text.ts';
import {
  type Block,
  cite,
  type Inline,
  instant,
  type PostmortemDocument,
  person,
  type Row,
  type Section,
  strong,
  text,
  words,
} from './document.ts';
import { actorWords, entryWords } from './entry-words.ts';
import type { Milestone, PostmortemFacts } from './facts.ts';
import { gapOfBeginning, gapsInLog } from './gaps.ts';

const MINUTE = 60_000;

/**
 * A post-mortem as far as the log can write it: every fact cites its event, and what only people can know is a gap.
 * @param until the end of what is still running
 */
export function draftPostmortem(facts: PostmortemFacts, until: Date): PostmortemDocument {
  const { incident } = facts;
  return {
    title: `Post-mortem of ${incidentSubject(incident.number)}: ${inWords(incident.title)}`,
    subtitle: [text('Drawn from the log up to '), cite(facts.upTo), text(', '), instant(until)],
    sections: [
      { heading: 'Summary', blocks: [summary(facts), ...described(facts), ...gapsInLog(facts)] },
      { heading: 'Impact', blocks: impact(facts, until) },
      { heading: 'Severity', blocks: severity(facts, until) },
      { heading: 'Response', blocks: [milestones(facts)] },
      { heading: 'Responders', blocks: [responders(facts)] },
      { heading: 'Timeline', blocks: [timeline(facts)] },
      ...forPeople(),
    ],
  };
}

function summary({ incident, declared, severityPeriods, acknowledged, resolved, reopened }: PostmortemFacts): Block {
  const parts: Inline[] = [
    strong(inWords(incident.title)),
    text(' was declared by '),
    actorWords(incident.declaredBy),
    text(' on '),
    instant(new Date(incident.declaredAt)),
    ...at(declared.cite),
    text('.'),
  ];
  const worst = [...severityPeriods].sort((a, b) => a.severity.localeCompare(b.severity))[0];
  if (worst !== undefined) parts.push(text(` Its worst severity was ${worst.severity}`), ...at(worst.cite), text('.'));
  if (acknowledged !== null) {
    parts.push(text(' '), person(acknowledged.owner), text(` owned it after ${durationWords(acknowledged.after)}`));
    parts.push(...at(acknowledged.cite), text('.'));
  }
  for (const again of reopened)
    parts.push(text(' It was reopened: '), ...words(again.reason), ...at(again.cite), text('.'));
  if (resolved === null) return { kind: 'paragraph', parts: [...parts, text(' It is still open.')] };
  parts.push(text(` It was resolved after ${durationWords(resolved.after)} by `), actorWords(resolved.by), text(': '));
  return { kind: 'paragraph', parts: [...parts, ...words(resolved.summary), ...at(resolved.cite), text('.')] };
}

function described({ incident: { description } }: PostmortemFacts): Block[] {
  return description === '' ? [] : [{ kind: 'paragraph', parts: words(description) }];
}

function impact(facts: PostmortemFacts, until: Date): Block[] {
  const rows = facts.impact.map((window): Row => {
    const end = window.to?.at ?? until;
    const to = window.to === null ? [text('still open')] : [instant(window.to.at), ...at(window.to.cite)];
    const lasted = durationWords(end.getTime() - window.from.getTime());
    return { cells: [[instant(window.from), ...at(window.cite)], to, [text(lasted)]] };
  });
  return [
    { kind: 'table', head: ['From', 'To', 'Duration'], rows },
    gapOfBeginning(facts),
    { kind: 'gap', text: 'Who was affected, and how? Give numbers.', cites: [] },
  ];
}

function severity({ incident, severityPeriods }: PostmortemFacts, until: Date): Block[] {
  if (severityPeriods.length === 0) return [{ kind: 'paragraph', parts: [text('No severity was set.')] }];
  const rows = severityPeriods.map((period): Row => {
    const end = period.to?.at ?? until;
    const minutes = Math.round((end.getTime() - period.from.getTime()) / MINUTE);
    const to = period.to === null ? [text('still running')] : [instant(period.to.at), ...at(period.to.cite)];
    return {
      cells: [
        [strong(period.severity)],
        [instant(period.from), ...at(period.cite)],
        to,
        [text(String(minutes))],
        [actorWords(period.by), ...(period.reason === '' ? [] : [text(': '), ...words(period.reason)])],
      ],
    };
  });
  const totals = minutesAtEach(incident.severitySpans, until).map(
    ({ severity, minutes }) => `${severity} ${minutes} min`,
  );
  return [
    { kind: 'table', head: ['Severity', 'From', 'To', 'Minutes', 'Set by'], rows },
    { kind: 'paragraph', parts: [text(`In all: ${totals.join(', ')}.`)] },
  ];
}

function milestones({ acknowledged, mitigated, resolved }: PostmortemFacts): Block {
  const row = (name: string, step: Milestone | null): Row => {
    if (step === null) return { cells: [[text(name)], [text('not recorded')], []] };
    return { cells: [[text(name)], [text(durationWords(step.after))], [instant(step.at), ...at(step.cite)]] };
  };
  return {
    kind: 'table',
    head: ['Step', 'After', 'When'],
    rows: [
      row('Acknowledged (first owner)', acknowledged),
      row('Mitigation began', mitigated),
      row('Resolved', resolved),
    ],
  };
}

function responders({ responders: people, incident }: PostmortemFacts): Block {
  if (people.length === 0) return { kind: 'paragraph', parts: [text('No person appears in the log.')] };
  const items = people.map(({ user, cite: first }): Inline[] => [
    person(user),
    ...(user === incident.owner ? [text(' (owner)')] : []),
    ...at(first),
  ]);
  return { kind: 'list', items };
}

function timeline(facts: PostmortemFacts): Block {
  const rows = facts.timeline.map(
    (entry): Row => ({
      cells: [[instant(entry.at)], entryWords(entry.event, entry.actor), [cite(entry.cite)]],
      anchor: entry.cite,
    }),
  );
  return { kind: 'table', head: ['When', 'What', 'Log'], rows };
}

/** What no log can know. */
function forPeople(): Section[] {
  const section = (heading: string, question: string): Section => ({
    heading,
    blocks: [{ kind: 'gap', text: question, cites: [] }],
  });
  return [
    section('Cause', 'What caused it, and what allowed that to happen? Keep asking why.'),
    section('What went well', 'What helped: detection, tools, decisions, luck?'),
    section('What to do', 'Which actions follow, who owns each, and by when?'),
  ];
}

/** The place in the log, after a fact. */
function at(place: string): Inline[] {
  return [text(' ('), cite(place), text(')')];
}
