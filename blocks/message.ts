import type { AlertGroup } from '../src/domain/alert/group.ts';
import type { BackupRun } from '../src/domain/backup/backup.ts';
import type { DrillRun } from '../src/domain/backup/drill.ts';
import type { BackupProgress } from '../src/domain/backup/progress.ts';
import type { Message } from '../src/domain/delivery.ts';
import type { DutyRun } from '../src/domain/duty/run.ts';
import type { CheckView } from '../src/domain/health/view.ts';
import type { Incident } from '../src/domain/incident/state.ts';
import type { Page } from '../src/domain/page/page.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import type { MaintenanceWindow } from '../src/domain/window/window.ts';
import { alertCard } from './alert-card.ts';
import { alertFires, alertStorm, alertsAgain, alertsClear, type ShownStorm } from './alert-messages.ts';
import { backupCard, backupFailed } from './backup-card.ts';
import { backupCopied, backupNotCopied, backupsKept, backupsToDelete, backupsUnsound } from './backup-kept.ts';
import { budgetWarning } from './budget-warning.ts';
import { checkHistoryMessage } from './check-history.ts';
import { checksChanged, checksFailing, checksUnclear } from './check-messages.ts';
import { digestMessage } from './digest.ts';
import { drillCard, drillReport } from './drill-card.ts';
import { type Rendered, section } from './elements.ts';
import { healthScreen } from './health-screen.ts';
import { incidentAnnouncement } from './incident-announcement.ts';
import { incidentCard } from './incident-card.ts';
import { eventLine } from './incident-events.ts';
import { anchor, undeliverable } from './operator-messages.ts';
import { ownHealthTold } from './own-health.ts';
import { pageCall, pageCard, pageNotReached, pageUnanswered } from './page-messages.ts';
import { postmortemDue, updateOverdue } from './reminders.ts';
import { resolutionSummary } from './resolution-summary.ts';
import { rollupMessage } from './rollup.ts';
import { runCard } from './run-card.ts';
import { runAnnouncement, runEscalation, runEvent, runReminder, runsMissed } from './run-messages.ts';
import { uptimeReportMessage } from './uptime-report.ts';
import { windowCard } from './window-card.ts';
import { windowAnnouncement, windowApproval, windowEvent, windowReportAsked } from './window-messages.ts';

/** Checks as they are when the message is sent. */
export interface ShownChecks {
  readonly views: readonly CheckView[];
  readonly askedAt: Date | null;
  readonly open: boolean;
}

/** A backup as it is when the message is sent. */
export interface ShownBackup {
  readonly run: BackupRun;
  readonly progress: BackupProgress | null;
}

/** What a message may show beside its own words, as it is when the message is sent. */
export interface MessageContext {
  /** The incident the message is about; null when it is about none. */
  readonly incident: Incident | null;
  /** The run of a duty the message is about; null when it is about none. */
  readonly run: DutyRun | null;
  /** Id of the file in Slack with the message's picture; null when it has none. */
  readonly picture?: string | null;
  /** The checks the message is about, with when they were asked and whether answers are to come. */
  readonly checks?: ShownChecks | null;
  /** The maintenance window the message is about; null when it is about none. */
  readonly window?: MaintenanceWindow | null;
  /** The group of alerts the message is about, or the groups that share it; null when it is about none. */
  readonly alert?: AlertGroup | null;
  readonly storm?: ShownStorm | null;
  /** The page the message is about; null when it is about none. */
  readonly page?: Page | null;
  /** The backup the message is about; null when it is about none. */
  readonly backup?: ShownBackup | null;
  /** The drill the message is about; null when it is about none. */
  readonly drill?: DrillRun | null;
  readonly spec: OperationsSpec;
}

/**
 * What is said, as Slack shows it.
 * @throws when a message shows an incident, a run, a window, a page, a backup or a drill and the context has none: it cannot have been promised without one.
 */
export function renderMessage(message: Message, context: MessageContext): Rendered {
  const {
    incident,
    run,
    window = null,
    picture = null,
    checks = null,
    alert = null,
    storm = null,
    page = null,
    backup = null,
    drill = null,
    spec,
  } = context;
  switch (message.type) {
    case 'incident-card':
      return incidentCard(shown(incident, message), spec);
    case 'incident-announcement':
      return incidentAnnouncement(shown(incident, message), spec);
    case 'incident-event':
      return incidentEvent(message);
    case 'update-overdue':
      return updateOverdue(message, shown(incident, message), spec);
    case 'resolution-summary':
      return resolutionSummary(message.summary, spec);
    case 'postmortem-due':
      return postmortemDue(message, incident);
    case 'run-card':
      return runCard(shown(run, message), spec);
    case 'run-announcement':
      return runAnnouncement(shown(run, message), spec);
    case 'run-event':
      return runEvent(message);
    case 'run-escalation':
      return runEscalation(message, spec);
    case 'run-reminder':
      return runReminder(message);
    case 'runs-missed':
      return runsMissed(message, spec);
    case 'digest':
      return digestMessage(message.digest);
    case 'rollup':
      return rollupMessage(message.rollup, picture);
    case 'budget-warning':
      return budgetWarning(message);
    case 'uptime-report':
      return uptimeReportMessage(message.report, picture);
    case 'checks-failing':
      return checksFailing(message.group, shown(checks, message).views, spec);
    case 'checks-changed':
      return checksChanged(message);
    case 'checks-unclear':
      return checksUnclear(message);
    case 'health-screen':
      return healthScreen(shown(checks, message));
    case 'window-card':
      return windowCard(shown(window, message), spec);
    case 'window-announcement':
      return windowAnnouncement(shown(window, message), spec);
    case 'window-event':
      return windowEvent(message, shown(window, message), spec);
    case 'window-approval':
      return windowApproval(shown(window, message), spec);
    case 'window-report-asked':
      return windowReportAsked(message, shown(window, message));
    case 'alert-card':
      return alertCard(shown(alert, message), spec);
    case 'alert-storm':
      return alertStorm(shown(storm, message));
    case 'page-card':
      return pageCard(shown(page, message), spec);
    case 'page-call':
      return pageCall(message, shown(page, message), spec);
    case 'page-not-reached':
      return pageNotReached(message, shown(page, message), spec);
    case 'page-unanswered':
      return pageUnanswered(shown(page, message), spec);
    case 'drill-card':
      return drillCard(shown(drill, message));
    case 'drill-report':
      return drillReport(shown(drill, message));
    case 'backup-card':
      return backupCard(shown(backup, message));
    case 'backup-failed':
      return backupFailed(message, shown(backup, message));
    case 'backup-not-copied':
      return backupNotCopied(message);
    case 'backup-copied':
      return backupCopied(message);
    case 'backups-unsound':
      return backupsUnsound(message);
    case 'backups-kept':
      return backupsKept(message);
    case 'backups-to-delete':
      return backupsToDelete(message);
    case 'alert-fires':
      return alertFires(message);
    case 'alerts-again':
      return alertsAgain(message);
    case 'alerts-clear':
      return alertsClear(message);
    case 'undeliverable':
      return undeliverable(message);
    case 'check-history':
      return checkHistoryMessage(message.history, picture);
    case 'own-health':
      return ownHealthTold(message.event);
    case 'anchor':
      return anchor(message);
  }
}

function shown<State>(state: State | null, message: Message): State {
  if (state === null) throw new Error(`a message of type ${message.type} was sent without what it shows`);
  return state;
}

function incidentEvent({ incident, event, actor, occurredAt }: Extract<Message, { type: 'incident-event' }>): Rendered {
  const line = eventLine(event, actor, occurredAt);
  return { text: `INC-${incident} ${line}`, blocks: [section(line)] };
}
