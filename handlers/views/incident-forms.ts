import { DECLARE_MODAL, readDeclareModal } from '../../blocks/declare-modal.ts';
import { declaredAnswer } from '../../blocks/incident-answers.ts';
import { MITIGATE_MODAL, readMitigateModal } from '../../blocks/mitigate-modal.ts';
import { NOTE_MODAL, readNoteModal } from '../../blocks/note-modal.ts';
import { OWNER_MODAL, readOwnerModal } from '../../blocks/owner-modal.ts';
import { PUBLISH_MODAL, readPublishModal, readWaiveModal, WAIVE_MODAL } from '../../blocks/postmortem-modals.ts';
import { REOPEN_MODAL, readReopenModal } from '../../blocks/reopen-modal.ts';
import { RESOLVE_MODAL, readResolveModal } from '../../blocks/resolve-modal.ts';
import { readSeverityModal, SEVERITY_MODAL } from '../../blocks/severity-modal.ts';
import { readUpdateModal, UPDATE_MODAL } from '../../blocks/update-modal.ts';
import type { Incident } from '../../src/domain/incident/state.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { PermissionVerb } from '../../src/domain/permissions.ts';
import type { Caller } from '../../src/usecases/ports.ts';
import { refusalInModal, shownInModal } from '../answers.ts';
import type { Submission, SubmittedView } from '../registry.ts';
import type { Verbs } from '../verbs.ts';

/** A form whose submission does one thing to one incident, and closes: the incident's channel hears of it. */
function form<Read>(
  id: string,
  permission: PermissionVerb,
  read: (view: SubmittedView) => Read,
  act: (verbs: Verbs, caller: Caller, read: Read) => Promise<Outcome<Incident>>,
): Submission {
  return {
    id,
    permission,
    async run({ caller, view }, { verbs }) {
      const outcome = await act(verbs, caller, read(view));
      return outcome.ok ? { kind: 'close' } : refusalInModal(outcome.refusal, view);
    },
  };
}

/** The new incident has no channel yet in which its number could be seen. */
const declare: Submission = {
  id: DECLARE_MODAL,
  permission: 'incident.declare',
  async run({ caller, view }, { verbs }) {
    const outcome = await verbs.declareIncident(caller, readDeclareModal(view));
    return outcome.ok ? shownInModal({ text: declaredAnswer(outcome.value) }) : refusalInModal(outcome.refusal, view);
  },
};

/** Every form of an incident. */
export const incidentForms: readonly Submission[] = [
  declare,
  form(SEVERITY_MODAL, 'incident.severity', readSeverityModal, (verbs, ...input) => verbs.setSeverity(...input)),
  form(OWNER_MODAL, 'incident.owner', readOwnerModal, (verbs, ...input) => verbs.setOwner(...input)),
  form(UPDATE_MODAL, 'incident.update', readUpdateModal, (verbs, ...input) => verbs.postUpdate(...input)),
  form(NOTE_MODAL, 'incident.update', readNoteModal, (verbs, ...input) => verbs.noteIncident(...input)),
  form(MITIGATE_MODAL, 'incident.update', readMitigateModal, (verbs, ...input) => verbs.mitigateIncident(...input)),
  form(RESOLVE_MODAL, 'incident.resolve', readResolveModal, (verbs, ...input) => verbs.resolveIncident(...input)),
  form(REOPEN_MODAL, 'incident.reopen', readReopenModal, (verbs, ...input) => verbs.reopenIncident(...input)),
  form(PUBLISH_MODAL, 'postmortem.publish', readPublishModal, (verbs, ...input) => verbs.publishPostmortem(...input)),
  form(WAIVE_MODAL, 'postmortem.waive', readWaiveModal, (verbs, ...input) => verbs.waivePostmortem(...input)),
];
