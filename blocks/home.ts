import type { HomeView, KnownBlock } from '@slack/types';
import type { BackupGlance } from '../src/domain/backup/status.ts';
import type { DutyRun, RunStatus } from '../src/domain/duty/run.ts';
import type { CalendarEntry } from '../src/domain/duty/upcoming.ts';
import type { CheckView } from '../src/domain/health/view.ts';
import type { Incident } from '../src/domain/incident/state.ts';
import { isOpen } from '../src/domain/incident/transitions.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import type { UptimeGlance } from '../src/domain/uptime/report.ts';
import { backupsGlance } from './backups-glance.ts';
import { subscribeButton } from './calendar-links.ts';
import { checksGlance } from './checks-glance.ts';
import { entryLine, runRow } from './duty-lists.ts';
import { actions, button, context, header, section } from './elements.ts';
import { incidentButton } from './incident-buttons.ts';
import { incidentLine } from './incident-list.ts';
import { uptimeAtAGlance } from './uptime-glance.ts';
import { type Ahead, comingWindows, windowRows } from './window-lists.ts';
import { when } from './words.ts';

/** The button that opens the declare form from App Home. */
export const DECLARE_BUTTON = 'incident.declare';

/** So many of each kind keep the page to one screen on a day without many incidents. */
const MOST = 5;
const MOST_DUTIES = 6;
const MOST_COMING = 5;
const MOST_WINDOWS = 3;

export interface HomeFacts {
  /** Slack user id of whose page this is. */
  readonly user: string;
  /** Open incidents and those whose post-mortem is owed, newest first. */
  readonly incidents: readonly Incident[];
  readonly duties: DutiesOfPerson;
  readonly checks: readonly CheckView[];
  /** Promises of uptime, the worst first. */
  readonly uptime: readonly UptimeGlance[];
  /** Backups of the spec, the worst first. */
  readonly backups: readonly BackupGlance[];
  /** Maintenance windows under way, planned, and to come by the spec. */
  readonly windows: Ahead;
  readonly spec: OperationsSpec;
}

/** What concerns one person: what they took, what their teams have open, what comes for their teams. */
interface DutiesOfPerson {
  readonly taken: readonly DutyRun[];
  readonly free: readonly DutyRun[];
  readonly coming: readonly CalendarEntry[];
}

/** App Home: what is mine, what is open, my duties, what is maintained when, checks, and the way to declare. */
export function homeView({ user, incidents, duties, windows, checks, uptime, backups, spec }: HomeFacts): HomeView {
  const open = incidents.filter(isOpen);
  const mine = open.filter((incident) => incident.owner === user);
  const others = open.filter((incident) => incident.owner !== user);
  const owed = incidents.filter(
    (incident) => incident.status === 'resolved' && incident.owner === user && incident.postmortemDueAt !== null,
  );
  return {
    type: 'home',
    blocks: [
      actions(button(DECLARE_BUTTON, 'Declare an incident', 'home', 'primary')),
      ...part('Yours', mine, withButton('incident.update')),
      ...part('Post-mortems you owe', owed, postmortemRow),
      ...part(mine.length === 0 ? 'Open incidents' : 'Other open incidents', others, withButton('incident.show')),
      ...(open.length === 0 ? [section(':white_check_mark: Nobody is working on an incident.')] : []),
      ...myDuties(duties, spec),
      ...maintenance(windows, spec),
      ...checksGlance(checks),
      ...uptimeAtAGlance(uptime),
      ...backupsGlance(backups),
      context('`/incident help`, `/maintenance help` and `/health help` show everything that can be typed.'),
    ],
  };
}

function myDuties({ taken, free, coming }: DutiesOfPerson, spec: OperationsSpec): KnownBlock[] {
  const open = [...taken, ...free].toSorted(byUrgency);
  if (open.length === 0 && coming.length === 0) return [];
  // A click here is answered in a modal, which has no room for buttons: each row has the one that goes on.
  const rows = open
    .slice(0, MOST_DUTIES)
    .map((run) => runRow(run, taken.includes(run) ? 'run.done' : 'run.take', spec));
  const left = open.length - rows.length;
  const later = comingLines(coming, spec);
  return [
    header('My duties'),
    ...rows,
    ...(left > 0 ? [context(`and ${left} more: \`/maintenance next\``)] : []),
    ...(open.length === 0 ? [section(':white_check_mark: Nothing is open.')] : []),
    ...(later.length === 0
      ? []
      : [context('Coming in the next 7 days'), section(later.slice(0, MOST_COMING).join('\n'))]),
    ...(later.length > MOST_COMING
      ? [context(`and ${later.length - MOST_COMING} more: \`/maintenance calendar\``)]
      : []),
    actions(subscribeButton(null)),
  ];
}

/** What is late comes first, then what is due, then what is only announced; each in the order in which it is due. */
const URGENCY: Partial<Record<RunStatus, number>> = { late: 0, due: 1 };
function byUrgency(a: DutyRun, b: DutyRun): number {
  const [first, second] = [a, b].map(({ status }) => URGENCY[status] ?? 2) as [number, number];
  return first - second || Date.parse(a.dueAt) - Date.parse(b.dueAt) || a.number - b.number;
}

/** A line for each duty with its next time; one that comes again within the week says how often. */
function comingLines(coming: readonly CalendarEntry[], spec: OperationsSpec): string[] {
  return [...Map.groupBy(coming, ({ duty }) => duty).values()].flatMap((all) =>
    all.slice(0, 1).map((next) => `${entryLine(next, spec)}${all.length > 1 ? `  ·  ${all.length} times` : ''}`),
  );
}

/** What is worked on now, what comes next. */
function maintenance({ open, coming }: Ahead, spec: OperationsSpec): KnownBlock[] {
  if (open.length === 0 && coming.length === 0) return [];
  return [
    header('Maintenance windows'),
    ...windowRows(open, MOST_WINDOWS, spec),
    ...comingWindows(coming, MOST_WINDOWS),
  ];
}

function part(title: string, incidents: readonly Incident[], row: (incident: Incident) => KnownBlock): KnownBlock[] {
  if (incidents.length === 0) return [];
  const left = incidents.length - MOST;
  const more = left > 0 ? [context(`and ${left} more: \`/incident list\``)] : [];
  return [header(title), ...incidents.slice(0, MOST).map(row), ...more];
}

function withButton(id: 'incident.update' | 'incident.show'): (incident: Incident) => KnownBlock {
  return (incident) => {
    const due = incident.nextUpdateDueAt === null ? '' : `\nNext update due ${when(incident.nextUpdateDueAt)}`;
    return { ...section(`${incidentLine(incident)}${due}`), accessory: incidentButton(id, incident.number) };
  };
}

function postmortemRow(incident: Incident): KnownBlock {
  const due = incident.postmortemDueAt === null ? '' : `\nDue ${when(incident.postmortemDueAt)}`;
  return {
    ...section(`${incidentLine(incident)}${due}`),
    accessory: incidentButton('postmortem.draft', incident.number),
  };
}
