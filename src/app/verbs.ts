import type { Verbs } from '../../handlers/verbs.ts';
import { acknowledgeAlerts } from '../usecases/alert/acknowledge.ts';
import { declareForAlerts } from '../usecases/alert/declare.ts';
import { expireSilence } from '../usecases/alert/expire-silence.ts';
import { listAlerts } from '../usecases/alert/list.ts';
import { showSilences } from '../usecases/alert/list-silences.ts';
import { muteAlerts, unmuteAlerts } from '../usecases/alert/mute.ts';
import { receiveAlerts } from '../usecases/alert/receive.ts';
import { showAlerts } from '../usecases/alert/show.ts';
import { endSilence, offerSilence, silenceAlerts } from '../usecases/alert/silence.ts';
import type { AlertIntake } from '../usecases/alert-port.ts';
import { agreeToPrune } from '../usecases/backup/agree.ts';
import { cancelBackup } from '../usecases/backup/cancel.ts';
import { requestDrill } from '../usecases/backup/drill.ts';
import { holdBackup, releaseBackup } from '../usecases/backup/hold.ts';
import { backupGlances, listBackups, showBackup } from '../usecases/backup/list.ts';
import { listDrills, showDrill } from '../usecases/backup/list-drills.ts';
import { runBackup } from '../usecases/backup/run.ts';
import type { BeatTokens } from '../usecases/beat-port.ts';
import type { CalendarKeys } from '../usecases/calendar-port.ts';
import type { CheckStore } from '../usecases/check-store-port.ts';
import { approveRun } from '../usecases/duty/approve.ts';
import { showCalendar } from '../usecases/duty/calendar.ts';
import { cannotRun } from '../usecases/duty/cannot.ts';
import { declineRun } from '../usecases/duty/decline.ts';
import { finishRun } from '../usecases/duty/done.ts';
import { calendarFeed } from '../usecases/duty/feed.ts';
import { dutyHistory } from '../usecases/duty/history.ts';
import { listOpenRuns } from '../usecases/duty/list.ts';
import { myDuties } from '../usecases/duty/mine.ts';
import { nextDuties } from '../usecases/duty/next.ts';
import { dutyOverview } from '../usecases/duty/overview.ts';
import { relinkCalendar } from '../usecases/duty/relink.ts';
import { reportCompletion } from '../usecases/duty/report.ts';
import { showRun } from '../usecases/duty/show.ts';
import { skipRun } from '../usecases/duty/skip.ts';
import { snoozeRun } from '../usecases/duty/snooze.ts';
import { startRun } from '../usecases/duty/start.ts';
import { startDuty } from '../usecases/duty/start-duty.ts';
import { calendarLinks } from '../usecases/duty/subscribe.ts';
import { takeRun } from '../usecases/duty/take.ts';
import { tickRun } from '../usecases/duty/tick.ts';
import { waiveRun } from '../usecases/duty/waive.ts';
import { beatAddress, hearBeat } from '../usecases/health/beat.ts';
import { checkHistory, postCheckHistory } from '../usecases/health/history.ts';
import { showMetrics } from '../usecases/health/metrics.ts';
import { muteCheck, unmuteCheck } from '../usecases/health/mute.ts';
import { runChecks } from '../usecases/health/run.ts';
import { checksOfGroup, showChecks } from '../usecases/health/show.ts';
import { unwatchChecks, watchChecks } from '../usecases/health/watch.ts';
import { closeIncident } from '../usecases/incident/close.ts';
import { declareIncident } from '../usecases/incident/declare.ts';
import { findIncident } from '../usecases/incident/find.ts';
import { listIncidents } from '../usecases/incident/list.ts';
import { mitigateIncident } from '../usecases/incident/mitigate.ts';
import { noteIncident } from '../usecases/incident/note.ts';
import { pinMessage } from '../usecases/incident/pin-message.ts';
import { postUpdate } from '../usecases/incident/post-update.ts';
import { publishNote } from '../usecases/incident/publish-note.ts';
import { reopenIncident } from '../usecases/incident/reopen.ts';
import { resolveIncident } from '../usecases/incident/resolve.ts';
import { setOwner } from '../usecases/incident/set-owner.ts';
import { setSeverity } from '../usecases/incident/set-severity.ts';
import { showIncident } from '../usecases/incident/show.ts';
import { incidentTimeline } from '../usecases/incident/timeline.ts';
import { unpinMessage } from '../usecases/incident/unpin-message.ts';
import { withdrawNote } from '../usecases/incident/withdraw-note.ts';
import { type OwnHealthDeps, showOwnHealth } from '../usecases/ops/own-health.ts';
import { retryPromise, showQueue } from '../usecases/ops/queue.ts';
import { acknowledgePage } from '../usecases/page/acknowledge.ts';
import { listPages, showPage } from '../usecases/page/list.ts';
import { sendPage } from '../usecases/page/send.ts';
import type { Clock, Directory, SpecSource, Store } from '../usecases/ports.ts';
import { draftOfPostmortem } from '../usecases/postmortem/draft.ts';
import { publishPostmortem } from '../usecases/postmortem/publish.ts';
import { waivePostmortem } from '../usecases/postmortem/waive.ts';
import type { PromiseQueue } from '../usecases/queue-port.ts';
import type { Alertmanagers } from '../usecases/silence-port.ts';
import { specHistory } from '../usecases/spec/history.ts';
import type { SpecDeps } from '../usecases/spec/in-force.ts';
import { askReload, reloadSpec } from '../usecases/spec/reload.ts';
import { showSpec } from '../usecases/spec/show.ts';
import { statusAddress } from '../usecases/status/address.ts';
import { showStatus, statusDays } from '../usecases/status/page.ts';
import { uptimeOverview } from '../usecases/uptime/overview.ts';
import { postUptime } from '../usecases/uptime/post.ts';
import { reportUptime } from '../usecases/uptime/report.ts';
import type { UptimeStore } from '../usecases/uptime-port.ts';
import { approveWindow } from '../usecases/window/approve.ts';
import { cancelWindow } from '../usecases/window/cancel.ts';
import { finishWindow } from '../usecases/window/end.ts';
import { extendWindow } from '../usecases/window/extend.ts';
import { listWindows, windowsAhead } from '../usecases/window/list.ts';
import { planWindow } from '../usecases/window/plan.ts';
import { reportWindow } from '../usecases/window/report.ts';
import { showWindow } from '../usecases/window/show.ts';
import { startWindow } from '../usecases/window/start.ts';

interface VerbDeps extends Omit<SpecDeps, 'store'>, OwnHealthDeps {
  readonly store: Store;
  readonly checks: CheckStore;
  readonly uptime: UptimeStore;
  readonly beatTokens: BeatTokens;
  readonly clock: Clock;
  readonly spec: SpecSource;
  readonly directory: Directory;
  readonly queue: PromiseQueue;
  readonly alerts: AlertIntake;
  /** See `receiveAlerts`. */
  readonly alertsTaken: () => void;
  readonly calendarKeys: CalendarKeys;
  /** Told when somebody began, extended or ended a maintenance window, or a silence. */
  readonly windowMoved: () => void;
  /** Asked while a person waits: impatient. */
  readonly alertmanagers: Alertmanagers;
  /** See `SubscribeDeps`. */
  readonly baseUrl: string | null;
}

/** Gives every use case the handlers call what it works with. */
export function bindVerbs(deps: VerbDeps): Verbs {
  const bind = <Rest extends readonly unknown[], Result>(verb: (given: VerbDeps, ...rest: Rest) => Result) => {
    return (...rest: Rest): Result => verb(deps, ...rest);
  };
  /** What is kept quiet changes with it, and is not to wait for the next minute. */
  const moves = <Rest extends readonly unknown[], Result extends { readonly ok: boolean }>(
    verb: (given: VerbDeps, ...rest: Rest) => Promise<Result>,
  ) => {
    return async (...rest: Rest): Promise<Result> => {
      const outcome = await verb(deps, ...rest);
      if (outcome.ok) deps.windowMoved();
      return outcome;
    };
  };
  return {
    receiveAlerts: bind(receiveAlerts),
    acknowledgeAlerts: bind(acknowledgeAlerts),
    declareForAlerts: bind(declareForAlerts),
    listAlerts: bind(listAlerts),
    muteAlerts: bind(muteAlerts),
    offerSilence: bind(offerSilence),
    silenceAlerts: moves(silenceAlerts),
    endSilence: moves(endSilence),
    showSilences: bind(showSilences),
    expireSilence: moves(expireSilence),
    unmuteAlerts: bind(unmuteAlerts),
    showAlerts: bind(showAlerts),
    declareIncident: bind(declareIncident),
    findIncident: bind(findIncident),
    incidentTimeline: bind(incidentTimeline),
    showIncident: bind(showIncident),
    listIncidents: bind(listIncidents),
    setSeverity: bind(setSeverity),
    setOwner: bind(setOwner),
    postUpdate: bind(postUpdate),
    mitigateIncident: bind(mitigateIncident),
    resolveIncident: bind(resolveIncident),
    reopenIncident: bind(reopenIncident),
    closeIncident: bind(closeIncident),
    noteIncident: bind(noteIncident),
    pinMessage: bind(pinMessage),
    unpinMessage: bind(unpinMessage),
    publishNote: bind(publishNote),
    withdrawNote: bind(withdrawNote),
    statusAddress: bind(statusAddress),
    showStatus: bind(showStatus),
    statusDays: bind(statusDays),
    draftOfPostmortem: bind(draftOfPostmortem),
    publishPostmortem: bind(publishPostmortem),
    waivePostmortem: bind(waivePostmortem),
    showCalendar: bind(showCalendar),
    calendarFeed: bind(calendarFeed),
    calendarLinks: bind(calendarLinks),
    relinkCalendar: bind(relinkCalendar),
    startRun: bind(startRun),
    startDuty: bind(startDuty),
    approveRun: bind(approveRun),
    declineRun: bind(declineRun),
    cannotRun: bind(cannotRun),
    finishRun: bind(finishRun),
    dutyHistory: bind(dutyHistory),
    listOpenRuns: bind(listOpenRuns),
    myDuties: bind(myDuties),
    nextDuties: bind(nextDuties),
    dutyOverview: bind(dutyOverview),
    reportCompletion: bind(reportCompletion),
    showRun: bind(showRun),
    skipRun: bind(skipRun),
    snoozeRun: bind(snoozeRun),
    takeRun: bind(takeRun),
    tickRun: bind(tickRun),
    waiveRun: bind(waiveRun),
    showSpec: bind(showSpec),
    askReload: bind(askReload),
    reloadSpec: bind(reloadSpec),
    specHistory: bind(specHistory),
    beatAddress: bind(beatAddress),
    hearBeat: bind(hearBeat),
    checkHistory: bind(checkHistory),
    postCheckHistory: bind(postCheckHistory),
    muteCheck: bind(muteCheck),
    unmuteCheck: bind(unmuteCheck),
    runChecks: bind(runChecks),
    checksOfGroup: bind(checksOfGroup),
    showChecks: bind(showChecks),
    showMetrics: bind(showMetrics),
    watchChecks: bind(watchChecks),
    unwatchChecks: bind(unwatchChecks),
    approveWindow: moves(approveWindow),
    cancelWindow: bind(cancelWindow),
    extendWindow: moves(extendWindow),
    finishWindow: moves(finishWindow),
    listWindows: bind(listWindows),
    planWindow: moves(planWindow),
    reportWindow: bind(reportWindow),
    showWindow: bind(showWindow),
    startWindow: moves(startWindow),
    windowsAhead: bind(windowsAhead),
    acknowledgePage: bind(acknowledgePage),
    listPages: bind(listPages),
    sendPage: bind(sendPage),
    showPage: bind(showPage),
    runBackup: bind(runBackup),
    cancelBackup: bind(cancelBackup),
    holdBackup: bind(holdBackup),
    releaseBackup: bind(releaseBackup),
    agreeToPrune: bind(agreeToPrune),
    backupGlances: bind(backupGlances),
    requestDrill: bind(requestDrill),
    listDrills: bind(listDrills),
    showDrill: bind(showDrill),
    listBackups: bind(listBackups),
    showBackup: bind(showBackup),
    uptimeOverview: bind(uptimeOverview),
    reportUptime: bind(reportUptime),
    postUptime: bind(postUptime),
    showOwnHealth: bind(showOwnHealth),
    showQueue: bind(showQueue),
    retryPromise: bind(retryPromise),
  };
}
