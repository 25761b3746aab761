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
  readonly showQueue: Bound<typeof showQueue>;
  readonly retryPromise: Bound<typeof retryPromise>;
}
