import { apply as applyToAlerts } from '../alert/apply.ts';
import type { AlertEvent } from '../alert/events.ts';
import type { AlertGroup } from '../alert/group.ts';
import { apply as applyToBackup } from '../backup/apply.ts';
import type { BackupRun } from '../backup/backup.ts';
import type { DrillEvent, DrillRun } from '../backup/drill.ts';
import { apply as applyToDrill } from '../backup/drill-apply.ts';
import type { BackupEvent } from '../backup/events.ts';
import { apply as applyToRun } from '../duty/apply.ts';
import type { RunEvent } from '../duty/events.ts';
import type { DutyRun } from '../duty/run.ts';
import type { StoredEvent } from '../event.ts';
import { apply as applyToCheck } from '../health/apply.ts';
import type { CheckEvent } from '../health/events.ts';
import type { CheckState } from '../health/state.ts';
import { apply as applyToIncident } from '../incident/apply.ts';
import type { IncidentEvent } from '../incident/events.ts';
import type { Incident } from '../incident/state.ts';
import { apply as applyToPage } from '../page/apply.ts';
import type { PageEvent } from '../page/events.ts';
import type { Page } from '../page/page.ts';
import { aboutWord } from '../page/subjects.ts';
import { apply as applyToWindow } from '../window/apply.ts';
import type { WindowEvent } from '../window/events.ts';
import type { MaintenanceWindow } from '../window/window.ts';
import type { LogRow } from './check-chain.ts';

/** What stands beside a state to be searched by. Instants are milliseconds since 1970. */
export type StateColumns = Readonly<Record<string, string | number | null>>;

/** One kind of thing whose state is kept in a row of its own and follows from its chain. */
export interface StateKind {
  /** What its chains are called before their number or key. */
  readonly prefix: string;
  /** The table of its rows. */
  readonly table: string;
  /** The column that names a row, as the chain does. */
  readonly id: 'number' | 'key';
  /** What people call it, with its article left out. */
  readonly word: string;
  /** The state after one more event, by the rules by which the row was written; null before the first. May throw. */
  fold(state: unknown, row: LogRow): unknown;
  /** What must stand in the row's columns, the state itself left out. */
  columns(state: unknown): StateColumns;
}

function stateKind<State, Body extends { kind: string }>(kind: {
  readonly prefix: string;
  readonly table: string;
  readonly id?: StateKind['id'];
  readonly word: string;
  readonly apply: (state: State | null, event: StoredEvent<Body>) => State;
  readonly columns: (state: State) => StateColumns;
}): StateKind {
  const { apply, columns, id = 'number', ...named } = kind;
  return {
    ...named,
    id,
    fold: (state, row) =>
      apply(state as State | null, { ...row, kind: row.kind as Body['kind'], body: row.body as Body | null }),
    columns: (state) => columns(state as State),
  };
}

/** Every kind of state there is. */
export const STATE_KINDS: readonly StateKind[] = [
  stateKind<Incident, IncidentEvent>({
    prefix: 'INC',
    table: 'Incident',
    word: 'incident',
    apply: applyToIncident,
    columns: ({ number, version, status, severity, channel, nextUpdateDueAt, postmortemDueAt, publicNotes }) => ({
      number,
      version,
      status,
      severity,
      channelId: channel?.id ?? null,
      nextUpdateDueAt: instantOf(nextUpdateDueAt),
      postmortemDueAt: instantOf(postmortemDueAt),
      publishedAt: instantOf(publicNotes.at(-1)?.at ?? null),
    }),
  }),
  stateKind<DutyRun, RunEvent>({
    prefix: 'RUN',
    table: 'DutyRun',
    word: 'run of a duty',
    apply: applyToRun,
    columns: ({ number, version, status, duty, occurrence, owner, takenBy, dueAt, nextLookAt, end }) => ({
      number,
      version,
      status,
      duty,
      occurrence,
      owner,
      takenBy,
      dueAt: instantOf(dueAt),
      nextLookAt: instantOf(nextLookAt),
      waivedTill: end?.how === 'waived' ? instantOf(end.until) : null,
    }),
  }),
  stateKind<MaintenanceWindow, WindowEvent>({
    prefix: 'WIN',
    table: 'Window',
    word: 'maintenance window',
    apply: applyToWindow,
    columns: ({ number, version, status, window, occurrence, startsAt, endsAt, nextLookAt }) => ({
      number,
      version,
      status,
      window,
      occurrence,
      startsAt: instantOf(startsAt),
      endsAt: instantOf(endsAt),
      nextLookAt: instantOf(nextLookAt),
    }),
  }),
  stateKind<CheckState, CheckEvent>({
    prefix: 'CHK',
    table: 'CheckState',
    id: 'key',
    word: 'check',
    apply: applyToCheck,
    columns: ({ key, version, status, group, mute }) => ({
      key,
      version,
      status,
      group,
      mutedUntil: instantOf(mute?.until ?? null),
    }),
  }),
  stateKind<AlertGroup, AlertEvent>({
    prefix: 'ALERT',
    table: 'AlertGroup',
    word: 'group of alerts',
    apply: applyToAlerts,
    columns: ({ number, version, status, source, group, storm, incident, muted, startedAt, channel }) => ({
      number,
      version,
      status,
      source,
      group,
      storm,
      incident,
      mutedUntil: instantOf(muted?.until ?? null),
      startedAt: instantOf(startedAt),
      channel,
    }),
  }),
  stateKind<Page, PageEvent>({
    prefix: 'PAGE',
    table: 'Page',
    word: 'page',
    apply: applyToPage,
    columns: ({ number, version, status, subject, nextLookAt }) => ({
      number,
      version,
      status,
      about: aboutWord(subject),
      nextLookAt: instantOf(nextLookAt),
    }),
  }),
  stateKind<BackupRun, BackupEvent>({
    prefix: 'BK',
    table: 'BackupRun',
    word: 'backup',
    apply: applyToBackup,
    columns: ({ number, version, status, backup, occurrence }) => ({ number, version, status, backup, occurrence }),
  }),
  stateKind<DrillRun, DrillEvent>({
    prefix: 'DRILL',
    table: 'DrillRun',
    word: 'drill',
    apply: applyToDrill,
    columns: ({ number, version, status, backup, occurrence }) => ({ number, version, status, backup, occurrence }),
  }),
];

/** What names a row: a number, or a key of the spec. */
export type StateId = number | string;

/** The kind and name of what this chain is about; null for a chain that has no state. */
export function stateOf(subject: string): { readonly kind: StateKind; readonly id: StateId } | null {
  const [, prefix, name = ''] = /^([A-Z]+)-(.+)$/s.exec(subject) ?? [];
  const kind = STATE_KINDS.find((known) => known.prefix === prefix);
  if (kind === undefined) return null;
  if (kind.id === 'key') return { kind, id: name };
  return /^[1-9]\d{0,14}$/.test(name) ? { kind, id: Number(name) } : null;
}

function instantOf(text: string | null): number | null {
  return text === null ? null : Date.parse(text);
}
