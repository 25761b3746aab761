import { runSubject } from '../event.ts';
import { contactName } from '../permission-words.ts';
import type { OperationsSpec } from '../spec/types.ts';
import { durationWords } from '../text/duration-words.ts';
import { contentLine, textLine, utcTime } from '../text/icalendar.ts';
import { type FeedEntry, startOfDay } from './feed.ts';
import type { DutyRun, RunStatus } from './run.ts';

/** What stands before the title of a run in this state; nothing needs to be said of one that is only coming. */
const SIGN: Record<RunStatus, string> = {
  planned: '',
  due: 'Due: ',
  late: 'Late: ',
  done: '\u2713 ',
  skipped: 'Skipped: ',
  missed: 'Missed: ',
  failed: 'Failed: ',
  waived: 'Waived: ',
  satisfied: '\u2713 ',
};

/** How often programs should look again, as iCalendar writes it. */
const LOOK_AGAIN = 'PT30M';
/** A duty has no length; calendars show what has none badly. */
const SHOWN_AS = 'PT30M';

/**
 * A team's calendar as RFC 5545 has it. The same facts give the same text all day, so that programs see when nothing
 * changed.
 */
export function feedText(
  spec: Pick<OperationsSpec, 'name' | 'teams' | 'contacts'>,
  owner: string,
  entries: readonly FeedEntry[],
  now: Date,
): string {
  const name = `${spec.teams[owner]?.name ?? owner}: maintenance`;
  return [
    contentLine('BEGIN', 'VCALENDAR'),
    contentLine('VERSION', '2.0'),
    contentLine('PRODID', '-//Mainstay//Operations calendar//EN'),
    contentLine('CALSCALE', 'GREGORIAN'),
    textLine('NAME', name),
    textLine('X-WR-CALNAME', name),
    textLine(
      'X-WR-CALDESC',
      `What ${spec.name} asks of the team, and how it stands. More than twice a day: two weeks.`,
    ),
    contentLine('REFRESH-INTERVAL;VALUE=DURATION', LOOK_AGAIN),
    contentLine('X-PUBLISHED-TTL', LOOK_AGAIN),
    ...entries.map((entry) => eventText(spec, entry, now)),
    contentLine('END', 'VCALENDAR'),
  ].join('');
}

function eventText(spec: Pick<OperationsSpec, 'name' | 'contacts'>, { terms, run }: FeedEntry, now: Date): string {
  const isOff = run?.status === 'skipped' || run?.status === 'waived';
  return [
    contentLine('BEGIN', 'VEVENT'),
    textLine('UID', `${terms.duty}-${terms.occurrence}@${slug(spec.name)}.mainstay`),
    contentLine('DTSTAMP', utcTime(run === null ? new Date(startOfDay(now)) : lastMoved(run))),
    contentLine('SEQUENCE', String(run?.version ?? 0)),
    contentLine('DTSTART', utcTime(new Date(terms.dueAt))),
    contentLine('DURATION', SHOWN_AS),
    textLine('SUMMARY', `${SIGN[run?.status ?? 'planned']}${terms.title}`),
    textLine('DESCRIPTION', description(spec, { terms, run })),
    contentLine('STATUS', isOff ? 'CANCELLED' : 'CONFIRMED'),
    contentLine('TRANSP', 'TRANSPARENT'),
    contentLine('CATEGORIES', terms.type.toUpperCase()),
    ...(terms.runbook === null ? [] : [contentLine('URL', terms.runbook)]),
    contentLine('END', 'VEVENT'),
  ].join('');
}

function description(spec: Pick<OperationsSpec, 'contacts'>, { terms, run }: FeedEntry): string {
  const grace = terms.grace === 0 ? '' : `, in time for ${durationWords(terms.grace)}`;
  return [
    `Due ${terms.local} (${terms.zone})${grace}.`,
    ...(run === null ? [] : [stateLine(spec, run)]),
    ...(terms.description === null ? [] : ['', terms.description]),
    ...(terms.checklist.length === 0 ? [] : ['', ...terms.checklist.map((item) => `- ${item}`)]),
    ...(terms.evidence === 'required' ? ['', 'Evidence is required.'] : []),
  ].join('\n');
}

function stateLine(spec: Pick<OperationsSpec, 'contacts'>, { number, status, takenBy }: DutyRun): string {
  const who = takenBy === null ? undefined : contactName(spec, takenBy);
  return `${runSubject(number)} is ${status}${who === undefined ? '' : `, with ${who}`}.`;
}

/** When the run last changed, as far as a calendar shows it. */
function lastMoved(run: DutyRun): Date {
  const moments = [run.plannedAt, run.announcedAt, run.askedAt, run.lateAt, run.end?.at ?? null];
  return new Date(Math.max(...moments.flatMap((moment) => (moment === null ? [] : [Date.parse(moment)]))));
}

/** A name as a part of an address: letters, digits and hyphens. */
function slug(name: string): string {
  return (
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '') || 'operations'
  );
}
