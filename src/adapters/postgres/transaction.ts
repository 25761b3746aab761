import { incidentSubject } from '../../domain/event.ts';
import type { Incident } from '../../domain/incident/state.ts';
import type { Tx, Write } from '../../usecases/ports.ts';
import { alertRows } from './alert-rows.ts';
import { backupRows } from './backup-rows.ts';
import { EMPTY_CHAIN, type Head } from './chain.ts';
import { checkRows } from './check-rows.ts';
import { drillRows } from './drill-rows.ts';
import { mayExist } from './numbers.ts';
import { pageRows } from './page-rows.ts';
import { runRows } from './run-rows.ts';
import type { Session } from './session.ts';
import { specRows } from './spec-rows.ts';
import { warningRows } from './warning-rows.ts';
import { windowRows } from './window-rows.ts';

/** The verb's view of a transaction. What it saves is kept until its answer is known; then all is one statement. */
export class StoreTx implements Tx {
  readonly session: Session;
  /** Where the chains end that this transaction holds. */
  readonly heads = new Map<string, Head>();
  saved: Write | null = null;
  readonly run: Tx['run'];
  readonly nextRunNumbers: Tx['nextRunNumbers'];
  readonly dutyPlans: Tx['dutyPlans'];
  readonly knownOccurrences: Tx['knownOccurrences'];
  readonly waivers: Tx['waivers'];
  readonly approvedPlaces: Tx['approvedPlaces'];
  readonly plannedRuns: Tx['plannedRuns'];
  readonly unaskedRuns: Tx['unaskedRuns'];
  readonly specInForce: Tx['specInForce'];
  readonly keepSpec: Tx['keepSpec'];
  readonly openMessages: Tx['openMessages'];
  readonly checks: Tx['checks'];
  readonly checkRows: Tx['checkRows'];
  readonly checksInGroup: Tx['checksInGroup'];
  readonly checkGroups: Tx['checkGroups'];
  readonly nextHealthScreen: Tx['nextHealthScreen'];
  readonly window: Tx['window'];
  readonly nextWindowNumbers: Tx['nextWindowNumbers'];
  readonly windowPlans: Tx['windowPlans'];
  readonly knownWindows: Tx['knownWindows'];
  readonly overlappingWindows: Tx['overlappingWindows'];
  readonly takeWarnings: Tx['takeWarnings'];
  readonly dropWarnings: Tx['dropWarnings'];
  readonly alertsAlone: Tx['alertsAlone'];
  readonly changedAlertGroups: Tx['changedAlertGroups'];
  readonly holdAlertGroups: Tx['holdAlertGroups'];
  readonly alertGroup: Tx['alertGroup'];
  readonly nextAlertNumbers: Tx['nextAlertNumbers'];
  readonly alertScreens: Tx['alertScreens'];
  readonly page: Tx['page'];
  readonly nextPageNumber: Tx['nextPageNumber'];
  readonly pagesAbout: Tx['pagesAbout'];
  readonly backup: Tx['backup'];
  readonly openBackup: Tx['openBackup'];
  readonly backupPlan: Tx['backupPlan'];
  readonly nextBackupNumber: Tx['nextBackupNumber'];
  readonly drill: Tx['drill'];
  readonly openDrill: Tx['openDrill'];
  readonly plannedDrill: Tx['plannedDrill'];
  readonly nextDrillNumber: Tx['nextDrillNumber'];
  readonly openIncidentsAbout: Tx['openIncidentsAbout'];
  readonly alertsOfIncidents: Tx['alertsOfIncidents'];

  constructor(session: Session) {
    this.session = session;
    const runs = runRows(session, this.heads);
    this.run = runs.run;
    this.nextRunNumbers = runs.nextRunNumbers;
    this.dutyPlans = runs.dutyPlans;
    this.knownOccurrences = runs.knownOccurrences;
    this.waivers = runs.waivers;
    this.approvedPlaces = runs.approvedPlaces;
    this.plannedRuns = runs.plannedRuns;
    this.unaskedRuns = runs.unaskedRuns;
    const specs = specRows(session, (subject) => this.lockAll([subject]));
    this.specInForce = specs.specInForce;
    this.keepSpec = specs.keepSpec;
    this.openMessages = specs.openMessages;
    const checks = checkRows(session, this.heads);
    this.checks = checks.checks;
    this.checkRows = checks.checkRows;
    this.checksInGroup = checks.checksInGroup;
    this.checkGroups = checks.checkGroups;
    this.nextHealthScreen = checks.nextHealthScreen;
    const windows = windowRows(session, this.heads);
    this.window = windows.window;
    this.nextWindowNumbers = windows.nextWindowNumbers;
    this.windowPlans = windows.windowPlans;
    this.knownWindows = windows.knownWindows;
    this.overlappingWindows = windows.overlappingWindows;
    const warnings = warningRows(session);
    this.takeWarnings = warnings.takeWarnings;
    this.dropWarnings = warnings.dropWarnings;
    const alerts = alertRows(session, this.heads);
    this.alertsAlone = alerts.alertsAlone;
    this.changedAlertGroups = alerts.changedAlertGroups;
    this.holdAlertGroups = alerts.holdAlertGroups;
    this.alertGroup = alerts.alertGroup;
    this.nextAlertNumbers = alerts.nextAlertNumbers;
    this.alertScreens = alerts.alertScreens;
    const pages = pageRows(session, this.heads);
    this.page = pages.page;
    this.nextPageNumber = pages.nextPageNumber;
    this.pagesAbout = pages.pagesAbout;
    const backups = backupRows(session, this.heads);
    this.backup = backups.backup;
    this.openBackup = backups.openBackup;
    this.backupPlan = backups.backupPlan;
    this.nextBackupNumber = backups.nextBackupNumber;
    const drills = drillRows(session, this.heads);
    this.drill = drills.drill;
    this.openDrill = drills.openDrill;
    this.plannedDrill = drills.plannedDrill;
    this.nextDrillNumber = drills.nextDrillNumber;
    this.openIncidentsAbout = alerts.openIncidentsAbout;
    this.alertsOfIncidents = alerts.alertsOfIncidents;
  }

  async incident(number: number): Promise<Incident | null> {
    if (!mayExist(number)) return null;
    const subject = incidentSubject(number);
    // Both rows are locked: after waiting for another writer PostgreSQL re-reads only rows that it locks, and the
    // state of an unlocked one would be the one from before.
    const [row] = await this.session.rows<{ seq: number; hash: string; state: Incident }>(
      `select head.seq, head.hash, incident.state
         from "EventHead" as head join "Incident" as incident on incident.number = $1
        where head.subject = $2
          for update`,
      [number, subject],
    );
    if (row === undefined) return null;
    this.heads.set(subject, { seq: row.seq, hash: row.hash });
    return row.state;
  }

  async nextIncidentNumber(): Promise<number> {
    const [row] = await this.session.rows<{ number: number }>(`select nextval('incident_number')::int as number`, []);
    if (row === undefined) throw new Error('PostgreSQL gave no incident number.');
    this.heads.set(incidentSubject(row.number), EMPTY_CHAIN);
    return row.number;
  }

  async save(write: Write): Promise<void> {
    if (this.saved !== null) throw new Error('save is called once in a transaction: put everything into one write.');
    this.saved = write;
  }

  /**
   * Locks the chains that are not held yet, in sorted order, so that two transactions over the same chains do not wait
   * for each other. A chain without events has no row to lock; the key of its first event decides then.
   */
  async lockAll(subjects: Iterable<string>): Promise<void> {
    const missing = [...new Set(subjects)].filter((subject) => !this.heads.has(subject)).sort();
    if (missing.length === 0) return;
    const rows = await this.session.rows<{ subject: string; seq: number; hash: string }>(
      `select subject, seq, hash from "EventHead" where subject = any($1::text[]) order by subject collate "C" for update`,
      [missing],
    );
    for (const subject of missing) this.heads.set(subject, EMPTY_CHAIN);
    for (const { subject, seq, hash } of rows) this.heads.set(subject, { seq, hash });
  }
}
