import type { HomeView, KnownBlock } from '@slack/types';
import type { DutyRun } from '../src/domain/duty/run.ts';
import type { CalendarEntry } from '../src/domain/duty/upcoming.ts';
import type { Incident } from '../src/domain/incident/state.ts';
import { isOpen } from '../src/domain/incident/transitions.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { entryLine, runRow } from './duty-lists.ts';
import { actions, button, context, header, section } from './elements.ts';
import { incidentButton } from './incident-buttons.ts';
import { incidentLine } from './incident-list.ts';
import { when } from './words.ts';

/** The button that opens the declare form from App Home. */
export const DECLARE_BUTTON = 'incident.declare';

/** So many of each kind keep the page to a screen or two. */
const MOST = 10;

export interface HomeFacts {
  /** Slack user id of whose page this is. */
  readonly user: string;
  /** Open incidents and those whose post-mortem is owed, newest first. */
  readonly incidents: readonly Incident[];
  readonly duties: DutiesOfPerson;
  readonly spec: OperationsSpec;
}

/** What concerns one person: what they took, what their teams have open, what comes for their teams. */
interface DutiesOfPerson {
  readonly taken: readonly DutyRun[];
  readonly free: readonly DutyRun[];
  readonly coming: readonly CalendarEntry[];
}

/** App Home: what is mine, what is open, my duties, and the way to declare. */
export function homeView({ user, incidents, duties, spec }: HomeFacts): HomeView {
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
      context('`/incident help` and `/maintenance help` show everything that can be typed.'),
    ],
  };
}

function myDuties({ taken, free, coming }: DutiesOfPerson, spec: OperationsSpec): KnownBlock[] {
  // A click here is answered in a modal, which has no room for buttons: each row has the one that goes on.
  const open = [
    ...taken.map((run) => runRow(run, 'run.done', spec)),
    ...free.map((run) => runRow(run, 'run.take', spec)),
  ];
  if (open.length === 0 && coming.length === 0) return [];
  const left = open.length - MOST;
  const later = coming.slice(0, MOST / 2).map((entry) => entryLine(entry, spec));
  return [
    header('My duties'),
    ...open.slice(0, MOST),
    ...(left > 0 ? [context(`and ${left} more: \`/maintenance next\``)] : []),
    ...(open.length === 0 ? [section(':white_check_mark: Nothing is open.')] : []),
    ...(later.length === 0 ? [] : [context('Coming in the next 7 days'), section(later.join('\n'))]),
    ...(coming.length > later.length
      ? [context(`and ${coming.length - later.length} more: \`/maintenance calendar\``)]
      : []),
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
