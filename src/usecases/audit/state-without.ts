import { apply as applyToBackup, follow as followBackup } from '../../domain/backup/apply.ts';
import type { BackupRun } from '../../domain/backup/backup.ts';
import type { DrillEvent, DrillRun } from '../../domain/backup/drill.ts';
import { apply as applyToDrill, follow as followDrill } from '../../domain/backup/drill-apply.ts';
import type { BackupEvent } from '../../domain/backup/events.ts';
import { apply as applyToRun, follow as followRun } from '../../domain/duty/apply.ts';
import type { RunEvent } from '../../domain/duty/events.ts';
import type { DutyRun } from '../../domain/duty/run.ts';
import {
  backupSubject,
  drillSubject,
  type ErasureEvent,
  type EventDraft,
  incidentSubject,
  pageSubject,
  runSubject,
  type StoredEvent,
  windowSubject,
} from '../../domain/event.ts';
import { apply as applyToCheck, follow as followCheck } from '../../domain/health/apply.ts';
import type { CheckEvent } from '../../domain/health/events.ts';
import type { CheckState } from '../../domain/health/state.ts';
import { apply, follow } from '../../domain/incident/apply.ts';
import type { IncidentEvent } from '../../domain/incident/events.ts';
import type { Incident } from '../../domain/incident/state.ts';
import { apply as applyToPage, follow as followPage } from '../../domain/page/apply.ts';
import type { PageEvent } from '../../domain/page/events.ts';
import type { Page } from '../../domain/page/page.ts';
import { apply as applyToWindow, follow as followWindow } from '../../domain/window/apply.ts';
import type { WindowEvent } from '../../domain/window/events.ts';
import type { MaintenanceWindow } from '../../domain/window/window.ts';
import type { AuditTx } from '../audit-port.ts';
import type { Write } from '../ports.ts';

/**
 * The state row of a chain after some of its bodies are gone and the tombstone is written: what its events lead to
 * without those words, so that the state repeats nothing of them. Empty for chains that have no state.
 */
export async function stateWithout(
  tx: AuditTx,
  subject: string,
  tombstone: EventDraft<ErasureEvent>,
  isGone: (seq: number) => boolean,
): Promise<Pick<Write, 'incidents' | 'runs' | 'checks' | 'windows' | 'pages' | 'backups' | 'drills'>> {
  if (subject.startsWith('RUN-')) {
    const run = await fold<RunEvent, DutyRun>(tx, subject, 'run.planned', applyToRun, isGone);
    if (run === null || runSubject(run.number) !== subject) return {};
    return { runs: [followRun(run, run.number, [tombstone])] };
  }
  if (subject.startsWith('CHK-')) {
    const check = await fold<CheckEvent, CheckState>(tx, subject, null, applyToCheck, isGone);
    return check === null ? {} : { checks: [followCheck(check, [tombstone])] };
  }
  if (subject.startsWith('WIN-')) {
    const window = await fold<WindowEvent, MaintenanceWindow>(tx, subject, 'window.planned', applyToWindow, isGone);
    if (window === null || windowSubject(window.number) !== subject) return {};
    return { windows: [followWindow(window, window.number, [tombstone])] };
  }
  if (subject.startsWith('PAGE-')) {
    const page = await fold<PageEvent, Page>(tx, subject, 'page.opened', applyToPage, isGone);
    if (page === null || pageSubject(page.number) !== subject) return {};
    return { pages: [followPage(page, page.number, [tombstone])] };
  }
  if (subject.startsWith('BK-')) {
    const backup = await fold<BackupEvent, BackupRun>(tx, subject, 'backup.requested', applyToBackup, isGone);
    if (backup === null || backupSubject(backup.number) !== subject) return {};
    return { backups: [followBackup(backup, backup.number, [tombstone])] };
  }
  if (subject.startsWith('DRILL-')) {
    const drill = await fold<DrillEvent, DrillRun>(tx, subject, 'drill.requested', applyToDrill, isGone);
    if (drill === null || drillSubject(drill.number) !== subject) return {};
    return { drills: [followDrill(drill, drill.number, [tombstone])] };
  }
  const incident = await fold<IncidentEvent, Incident>(tx, subject, 'incident.declared', apply, isGone);
  if (incident === null || incidentSubject(incident.number) !== subject) return {};
  return { incidents: [follow(incident, incident.number, [tombstone])] };
}

/** Null for a chain that does not begin with what begins such a state; `first` is null where anything may. */
async function fold<Body extends { kind: string }, State>(
  tx: AuditTx,
  subject: string,
  first: Body['kind'] | null,
  apply: (state: State | null, event: StoredEvent<Body>) => State,
  isGone: (seq: number) => boolean,
): Promise<State | null> {
  let state: State | null = null;
  for await (const event of tx.events<Body>(subject)) {
    if (state === null && first !== null && event.kind !== first) return null;
    state = apply(state, isGone(event.seq) ? { ...event, body: null } : event);
  }
  return state;
}
