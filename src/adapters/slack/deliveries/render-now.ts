import type { Rendered } from '../../../../blocks/elements.ts';
import { renderMessage, type ShownBackup, type ShownChecks } from '../../../../blocks/message.ts';
import type { AlertGroup } from '../../../domain/alert/group.ts';
import type { DrillRun } from '../../../domain/backup/drill.ts';
import { shownVersion } from '../../../domain/backup/progress.ts';
import type { Message, MessageKey } from '../../../domain/delivery.ts';
import type { DutyRun } from '../../../domain/duty/run.ts';
import { viewsOf } from '../../../domain/health/view.ts';
import type { Incident } from '../../../domain/incident/state.ts';
import type { Page } from '../../../domain/page/page.ts';
import { type MaintenanceWindow, OPEN_WINDOW_STATUSES } from '../../../domain/window/window.ts';
import type { StormNow } from '../../../usecases/alert-port.ts';
import type { DeliveryTools } from './tools.ts';

/** Older than any version of anything that is shown. */
export const UNKNOWN_VERSION = 0;

/** More maintenance windows than are ever open at once. */
const MOST = 500;

/** What a message is about, whose state it may show. */
type Subject =
  | { readonly incident: number }
  | { readonly run: number }
  | { readonly window: number }
  | { readonly alert: number }
  | { readonly storm: number }
  | { readonly page: number }
  | { readonly backup: number }
  | { readonly drill: number }
  | { readonly group: number }
  | { readonly screen: number }
  | null;

interface Shown {
  readonly incident: Incident | null;
  readonly run: DutyRun | null;
  readonly window: MaintenanceWindow | null;
  readonly alert: AlertGroup | null;
  readonly storm: StormNow | null;
  readonly page: Page | null;
  readonly backup: ShownBackup | null;
  readonly drill: DrillRun | null;
  readonly checks: (ShownChecks & { readonly revision: number }) | null;
}

const NOTHING: Shown = {
  incident: null,
  run: null,
  window: null,
  alert: null,
  storm: null,
  page: null,
  backup: null,
  drill: null,
  checks: null,
};

type Sources = Pick<
  DeliveryTools,
  'incidents' | 'runs' | 'windows' | 'alerts' | 'pages' | 'backups' | 'checks' | 'spec'
>;

/**
 * A message with the state it shows as it is now, and that state's version.
 *
 * @param picture id of the file in Slack with the picture of the message, if it has one
 */
export async function renderNow(
  tools: Sources,
  message: Message,
  picture: string | null = null,
): Promise<Rendered & { version: number }> {
  const shown = await stateOf(subjectOf(message), tools);
  return {
    ...renderMessage(message, { ...shown, picture, spec: tools.spec.current() }),
    version: versionOf(shown) ?? UNKNOWN_VERSION,
  };
}

/** The version of what a message edited in place would show now; null when that does not exist. */
export async function versionBehind(key: MessageKey, tools: Sources): Promise<number | null> {
  return versionOf(await stateOf(subjectOf(messageBehind(key)), tools));
}

/** The message that is edited in place under this key. */
export function messageBehind(key: MessageKey): Message {
  const [subject, digits, shown, attempt] = key.split(':');
  const number = Number(digits);
  if (subject === 'checks') return { type: 'checks-failing', group: number };
  if (subject === 'health') return { type: 'health-screen', screen: number };
  if (subject === 'alerts')
    return shown === 'card' ? { type: 'alert-card', alert: number } : { type: 'alert-storm', storm: number };
  if (subject === 'run') return { type: shown === 'card' ? 'run-card' : 'run-announcement', run: number };
  if (subject === 'window') return { type: shown === 'card' ? 'window-card' : 'window-announcement', window: number };
  if (subject === 'drill') return { type: 'drill-card', drill: number };
  if (subject === 'backup') return { type: 'backup-card', backup: number };
  if (subject === 'page') {
    return shown === 'card'
      ? { type: 'page-card', page: number }
      : { type: 'page-call', page: number, attempt: Number(attempt) };
  }
  return { type: shown === 'card' ? 'incident-card' : 'incident-announcement', incident: number };
}

async function stateOf(subject: Subject, tools: Sources): Promise<Shown> {
  if (subject === null) return NOTHING;
  if ('run' in subject) return { ...NOTHING, run: await tools.runs.run(subject.run) };
  if ('window' in subject) return { ...NOTHING, window: await tools.windows.window(subject.window) };
  if ('page' in subject) return { ...NOTHING, page: await tools.pages.page(subject.page) };
  if ('drill' in subject) return { ...NOTHING, drill: await tools.backups.drill(subject.drill) };
  if ('backup' in subject) return { ...NOTHING, backup: await backupOf(subject.backup, tools) };
  if ('incident' in subject) return { ...NOTHING, incident: await tools.incidents.incident(subject.incident) };
  if ('alert' in subject) return { ...NOTHING, alert: await tools.alerts.alertGroup(subject.alert) };
  if ('storm' in subject) return { ...NOTHING, storm: await tools.alerts.alertStorm(subject.storm) };
  return {
    ...NOTHING,
    checks: await ('group' in subject ? groupOf(subject.group, tools) : screenOf(subject.screen, tools)),
  };
}

/** The run is read first: what is shown may then be newer than it says, never older. */
async function backupOf(number: number, { backups }: Sources): Promise<ShownBackup | null> {
  const run = await backups.backup(number);
  return run === null ? null : { run, progress: await backups.backupProgress(number) };
}

/** The revision is read first: what is shown may then be newer than it says, never older. */
async function groupOf(number: number, { checks, spec }: Sources): Promise<Shown['checks']> {
  const group = await checks.group(number);
  const keys = await checks.inGroup(number);
  const views = viewsOf(spec.current(), await checks.rows(keys), keys);
  // Its checks may all be told of by a newer message by now, or be gone from the spec.
  if (group === null || views.length === 0) return null;
  return { views, askedAt: null, open: false, revision: group.revision };
}

async function screenOf(number: number, { checks, windows, spec }: Sources): Promise<Shown['checks']> {
  const screen = await checks.screen(number);
  if (screen === null) return null;
  const { keys, askedAt, open, revision } = screen;
  const within = { windows: await windows.windows({ statuses: OPEN_WINDOW_STATUSES }, 'soonest', MOST), at: askedAt };
  return { views: viewsOf(spec.current(), await checks.rows(keys), keys, within), askedAt, open, revision };
}

function versionOf({ incident, run, window, alert, storm, page, backup, drill, checks }: Shown): number | null {
  const versions = [
    incident?.version,
    run?.version,
    window?.version,
    alert?.version,
    storm?.revision,
    page?.version,
    backup === null ? undefined : shownVersion(backup.run, backup.progress),
    drill?.version,
    checks?.revision,
  ];
  return versions.find((version) => version !== undefined) ?? null;
}

function subjectOf(message: Message): Subject {
  switch (message.type) {
    case 'incident-card':
    case 'incident-announcement':
    case 'incident-event':
    case 'update-overdue':
    case 'postmortem-due':
    case 'alerts-again':
    case 'alerts-clear':
      return { incident: message.incident };
    case 'resolution-summary':
      return { incident: message.summary.number };
    case 'run-card':
    case 'run-announcement':
    case 'run-event':
    case 'run-escalation':
    case 'run-reminder':
      return { run: message.run };
    case 'checks-failing':
      return { group: message.group };
    case 'health-screen':
      return { screen: message.screen };
    case 'window-card':
    case 'window-announcement':
    case 'window-event':
    case 'window-approval':
    case 'window-report-asked':
      return { window: message.window };
    case 'alert-card':
    case 'alert-fires':
      return { alert: message.alert };
    case 'alert-storm':
      return { storm: message.storm };
    case 'page-card':
    case 'page-call':
    case 'page-not-reached':
    case 'page-unanswered':
      return { page: message.page };
    case 'drill-card':
    case 'drill-report':
      return { drill: message.drill };
    case 'backup-card':
    case 'backup-failed':
      return { backup: message.backup };
    case 'backup-not-copied':
    case 'backup-copied':
    case 'backups-unsound':
    case 'backups-kept':
    case 'backups-to-delete':
    case 'digest':
    case 'rollup':
    case 'uptime-report':
    case 'budget-warning':
    case 'checks-changed':
    case 'checks-unclear':
    case 'runs-missed':
    case 'undeliverable':
    case 'check-history':
    case 'own-health':
    case 'anchor':
      return null;
  }
}
