import type { showCalendar } from '../src/usecases/duty/calendar.ts';
import type { cannotRun } from '../src/usecases/duty/cannot.ts';
import type { finishRun } from '../src/usecases/duty/done.ts';
import type { calendarFeed } from '../src/usecases/duty/feed.ts';
import type { dutyHistory } from '../src/usecases/duty/history.ts';
import type { listOpenRuns } from '../src/usecases/duty/list.ts';
import type { myDuties } from '../src/usecases/duty/mine.ts';
import type { nextDuties } from '../src/usecases/duty/next.ts';
import type { relinkCalendar } from '../src/usecases/duty/relink.ts';
import type { reportCompletion } from '../src/usecases/duty/report.ts';
import type { showRun } from '../src/usecases/duty/show.ts';
import type { skipRun } from '../src/usecases/duty/skip.ts';
import type { snoozeRun } from '../src/usecases/duty/snooze.ts';
import type { calendarLinks } from '../src/usecases/duty/subscribe.ts';
import type { takeRun } from '../src/usecases/duty/take.ts';
import type { tickRun } from '../src/usecases/duty/tick.ts';
import type { waiveRun } from '../src/usecases/duty/waive.ts';
import type { closeIncident } from '../src/usecases/incident/close.ts';
import type { declareIncident } from '../src/usecases/incident/declare.ts';
import type { findIncident } from '../src/usecases/incident/find.ts';
import type { listIncidents } from '../src/usecases/incident/list.ts';
import type { mitigateIncident } from '../src/usecases/incident/mitigate.ts';
import type { noteIncident } from '../src/usecases/incident/note.ts';
import type { pinMessage } from '../src/usecases/incident/pin-message.ts';
import type { postUpdate } from '../src/usecases/incident/post-update.ts';
import type { reopenIncident } from '../src/usecases/incident/reopen.ts';
import type { resolveIncident } from '../src/usecases/incident/resolve.ts';
import type { setOwner } from '../src/usecases/incident/set-owner.ts';
import type { setSeverity } from '../src/usecases/incident/set-severity.ts';
import type { showIncident } from '../src/usecases/incident/show.ts';
import type { incidentTimeline } from '../src/usecases/incident/timeline.ts';
import type { unpinMessage } from '../src/usecases/incident/unpin-message.ts';
import type { retryPromise, showQueue } from '../src/usecases/ops/queue.ts';
import type { draftOfPostmortem } from '../src/usecases/postmortem/draft.ts';
import type { publishPostmortem } from '../src/usecases/postmortem/publish.ts';
import type { waivePostmortem } from '../src/usecases/postmortem/waive.ts';
import type { specHistory } from '../src/usecases/spec/history.ts';
import type { askReload, reloadSpec } from '../src/usecases/spec/reload.ts';
import type { showSpec } from '../src/usecases/spec/show.ts';

/** A use case with what it works with already given to it. */
type Bound<UseCase> = UseCase extends (deps: never, ...rest: infer Rest) => infer Result
  ? (...rest: Rest) => Result
  : never;

/** The use cases the handlers call; the composition root binds them to the store, the clock, the spec and Slack. */
export interface Verbs {
  readonly declareIncident: Bound<typeof declareIncident>;
  readonly findIncident: Bound<typeof findIncident>;
  readonly incidentTimeline: Bound<typeof incidentTimeline>;
  readonly showIncident: Bound<typeof showIncident>;
  readonly listIncidents: Bound<typeof listIncidents>;
  readonly setSeverity: Bound<typeof setSeverity>;
  readonly setOwner: Bound<typeof setOwner>;
  readonly postUpdate: Bound<typeof postUpdate>;
  readonly mitigateIncident: Bound<typeof mitigateIncident>;
  readonly resolveIncident: Bound<typeof resolveIncident>;
  readonly reopenIncident: Bound<typeof reopenIncident>;
  readonly closeIncident: Bound<typeof closeIncident>;
  readonly noteIncident: Bound<typeof noteIncident>;
  readonly pinMessage: Bound<typeof pinMessage>;
  readonly unpinMessage: Bound<typeof unpinMessage>;
  readonly draftOfPostmortem: Bound<typeof draftOfPostmortem>;
  readonly publishPostmortem: Bound<typeof publishPostmortem>;
  readonly waivePostmortem: Bound<typeof waivePostmortem>;
  readonly showCalendar: Bound<typeof showCalendar>;
  readonly calendarFeed: Bound<typeof calendarFeed>;
  readonly calendarLinks: Bound<typeof calendarLinks>;
  readonly relinkCalendar: Bound<typeof relinkCalendar>;
  readonly cannotRun: Bound<typeof cannotRun>;
  readonly finishRun: Bound<typeof finishRun>;
  readonly dutyHistory: Bound<typeof dutyHistory>;
  readonly listOpenRuns: Bound<typeof listOpenRuns>;
  readonly myDuties: Bound<typeof myDuties>;
  readonly nextDuties: Bound<typeof nextDuties>;
  readonly reportCompletion: Bound<typeof reportCompletion>;
  readonly showRun: Bound<typeof showRun>;
  readonly skipRun: Bound<typeof skipRun>;
  readonly snoozeRun: Bound<typeof snoozeRun>;
  readonly takeRun: Bound<typeof takeRun>;
  readonly tickRun: Bound<typeof tickRun>;
  readonly waiveRun: Bound<typeof waiveRun>;
  readonly showSpec: Bound<typeof showSpec>;
  readonly askReload: Bound<typeof askReload>;
  readonly reloadSpec: Bound<typeof reloadSpec>;
  readonly specHistory: Bound<typeof specHistory>;
  readonly showQueue: Bound<typeof showQueue>;
  readonly retryPromise: Bound<typeof retryPromise>;
}
