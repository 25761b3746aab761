import type { Actor } from '../domain/actor.ts';
import type { AlertGroup, AlertStorm } from '../domain/alert/group.ts';
import type { BackupRun } from '../domain/backup/backup.ts';
import type { DrillRun } from '../domain/backup/drill.ts';
import type { BackupPlan } from '../domain/backup/planning.ts';
import type { BackupProgress } from '../domain/backup/progress.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { DutyPlan } from '../domain/duty/plan.ts';
import type { DutyRun } from '../domain/duty/run.ts';
import type { EventDraft, StoredEvent } from '../domain/event.ts';
import type { CheckGroup } from '../domain/health/group.ts';
import type { LookAgain } from '../domain/health/settle.ts';
import type { CheckState } from '../domain/health/state.ts';
import type { IncidentEvent } from '../domain/incident/events.ts';
import type { Incident } from '../domain/incident/state.ts';
import type { Page } from '../domain/page/page.ts';
import type { DutyAction } from '../domain/spec/action.ts';
import type { OperationsSpec } from '../domain/spec/types.ts';
import type { WindowPlan } from '../domain/window/recurring.ts';
import type { MaintenanceWindow } from '../domain/window/window.ts';
import type { AlertReads, AlertTx, LookedAtGroup } from './alert-port.ts';
import type { BackupReads, BackupTx } from './backup-port.ts';
import type { CheckRow, HealthScreen } from './check-store-port.ts';
import type { DrillReads, DrillTx } from './drill-port.ts';
import type { ActionJob, BackupJob, DrillJob, PageJob } from './jobs-port.ts';
import type { PageReads, PageTx } from './page-port.ts';
import type { RunReads } from './run-port.ts';
import type { SpecTx } from './spec-port.ts';
import type { UptimeTx } from './uptime-port.ts';
import type { WindowReads, WindowTx } from './window-port.ts';

export interface Clock {
  now(): Date;
}

/** The spec in force now; it changes on reload, so it is asked for at each use and never kept. */
export interface SpecSource {
  current(): OperationsSpec;
}

/** Who asks, for what request, and what the edge already knows about them. */
export interface Caller {
  readonly actor: Actor;
  /** Names this request: the same key again is answered as before and does nothing (DESIGN 3.2). Null: not repeatable (CLI). */
  readonly requestKey: string | null;
  /** The Slack user groups the caller is in, for permissions. */
  readonly groups: readonly string[];
}

/** All that one verb writes, in one statement of one transaction. */
export interface Write {
  readonly events: readonly { readonly subject: string; readonly draft: EventDraft }[];
  /** New state rows; each one's `version` is the sequence of its last event. */
  readonly incidents?: readonly Incident[];
  readonly runs?: readonly DutyRun[];
  /** How far the duties are planned from now on. */
  readonly plans?: readonly DutyPlan[];
  readonly checks?: readonly CheckState[];
  /** Messages about failing checks: new ones, and those that show something else now, whose revision grows. */
  readonly checkGroups?: readonly CheckGroup[];
  /** Checks that are looked at out of their turn. */
  readonly checksAgain?: readonly LookAgain[];
  /** As with messages: a new screen, or one that shows something else now. */
  readonly healthScreens?: readonly HealthScreen[];
  readonly windows?: readonly MaintenanceWindow[];
  /** How far the recurring windows are planned from now on. */
  readonly windowPlans?: readonly WindowPlan[];
  readonly alertGroups?: readonly AlertGroup[];
  /** Messages that groups of alerts share: as with those about checks. */
  readonly alertStorms?: readonly AlertStorm[];
  /** What leaves the inbox of alerts. */
  readonly alertsLookedAt?: readonly LookedAtGroup[];
  readonly pages?: readonly Page[];
  readonly backups?: readonly BackupRun[];
  /** How far they are planned from now on. */
  readonly backupPlans?: readonly BackupPlan[];
  readonly backupProgress?: readonly BackupProgress[];
  readonly drills?: readonly DrillRun[];
  readonly deliveries?: readonly Delivery[];
  /** Put in the queue in the same transaction. */
  readonly actions?: readonly ActionJob[];
  readonly pageJobs?: readonly PageJob[];
  readonly backupJobs?: readonly BackupJob[];
  readonly drillJobs?: readonly DrillJob[];
}

export interface Tx extends SpecTx, WindowTx, AlertTx, PageTx, BackupTx, DrillTx, UptimeTx {
  /** The incident, with its chain locked until the transaction ends; null if there is none. */
  incident(number: number): Promise<Incident | null>;
  /** The next free number. A transaction that fails leaves a gap. */
  nextIncidentNumber(): Promise<number>;
  /** The run, with its chain locked until the transaction ends; null if there is none. */
  run(number: number): Promise<DutyRun | null>;
  /** So many free numbers, ascending. */
  nextRunNumbers(count: number): Promise<number[]>;
  /** How far each duty is planned. Whoever else plans waits until this transaction ends. */
  dutyPlans(): Promise<DutyPlan[]>;
  /** Which of these occurrences are runs already. */
  knownOccurrences(
    occurrences: readonly { readonly duty: string; readonly occurrence: string }[],
  ): Promise<{ readonly duty: string; readonly occurrence: string }[]>;
  /** Runs whose waiver also covers occurrences due after this instant. */
  waivers(after: Date): Promise<DutyRun[]>;
  /** Where this very action of the duty was agreed to in earlier runs, and succeeded then: `DutyRun.agreed.place`, the newest first. */
  approvedPlaces(duty: string, action: DutyAction): Promise<(string | null)[]>;
  /** Runs of these duties that are still to fall due, with their chains locked. */
  plannedRuns(duties: readonly string[], now: Date): Promise<DutyRun[]>;
  /** Runs that were planned and have run out of time before anybody was asked, with their chains locked. */
  unaskedRuns(now: Date): Promise<DutyRun[]>;
  /** These checks as they are now, with their chains locked until the transaction ends; of each that is new, what says so. */
  checks(keys: readonly string[]): Promise<CheckRow[]>;
  /** The same without locks. */
  checkRows(keys: readonly string[]): Promise<CheckRow[]>;
  /** Those a message tells of, without locks. */
  checksInGroup(group: number): Promise<CheckRow[]>;
  /**
   * The newest message about failing checks in each of these channels, those with these numbers, and `fresh` numbers for
   * new ones. Whoever else begins one waits until this transaction ends.
   */
  checkGroups(
    channels: readonly string[],
    numbers: readonly number[],
    fresh: number,
  ): Promise<{ existing: readonly CheckGroup[]; fresh: readonly number[] }>;
  nextHealthScreen(): Promise<number>;
  /** Appends the events, replaces the state rows, promises the deliveries. At most once per transaction. */
  save(write: Write): Promise<void>;
}

export interface Store extends RunReads, WindowReads, AlertReads, PageReads, BackupReads, DrillReads {
  /**
   * Runs `work` in a transaction. With a request key that was answered before, `work` is not run and the first answer
   * comes back; of two at once one does the work and the other gets its answer. Only the answer of
   * work that called `save` is remembered; it must survive JSON. Work that lost against another writer is run again: it
   * does nothing but ask and save through its transaction.
   * @throws DatabaseUnavailable
   */
  once<Answer>(requestKey: string | null, work: (tx: Tx) => Promise<Answer>): Promise<Answer>;
  /** Was a request of this key answered? Answers are kept for a week. */
  wasAnswered(requestKey: string): Promise<boolean>;
  /** When a spec first came into force on this database; null before that. */
  firstInForceAt(): Promise<Date | null>;
  incident(number: number): Promise<Incident | null>;
  incidentInChannel(channel: string): Promise<Incident | null>;
  /** Newest first; open ones only unless `all`. */
  incidents(which: 'open' | 'all', limit: number): Promise<Incident[]>;
  /** Open incidents whose next update was due at or before `now`. */
  incidentsWithUpdateDue(now: Date): Promise<Incident[]>;
  /** Resolved, undocumented incidents that have a post-mortem due date. */
  incidentsAwaitingPostmortem(): Promise<Incident[]>;
  /** Declared, resolved or documented at or after this, the oldest first. */
  incidentsSince(from: Date): Promise<Incident[]>;
  /** Open ones that have a public note, and others whose last public note was written at or after this; newest first. */
  publishedIncidents(since: Date, limit: number): Promise<Incident[]>;
  /** A subject's events in order, streamed. */
  events(subject: string): AsyncIterable<StoredEvent<IncidentEvent>>;
}

/** What the bot knows about people and messages in Slack; answers come from Slack or a short-lived cache. */
export interface Directory {
  /** The name people see beside a user's messages; null when Slack does not say. */
  nameOf(user: string): Promise<string | null>;
  /** IANA zone of a user; null when Slack does not say. */
  zoneOf(user: string): Promise<string | null>;
  /** Names of the user groups a user is in, as ids. */
  groupsOf(user: string): Promise<readonly string[]>;
  /** One message by exact channel and timestamp, also when it is a reply in a thread; null if there is none. */
  message(channel: string, ts: string): Promise<{ author: string | null; text: string; permalink: string } | null>;
}
