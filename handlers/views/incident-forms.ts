import { DECLARE_MODAL, readDeclareModal } from '../../blocks/declare-modal.ts';
import { declaredAnswer } from '../../blocks/incident-answers.ts';
import { MITIGATE_MODAL, readMitigateModal } from '../../blocks/mitigate-modal.ts';
import { NOTE_MODAL, readNoteModal } from '../../blocks/note-modal.ts';
import { OWNER_MODAL, readOwnerModal } from '../../blocks/owner-modal.ts';
import { PUBLISH_MODAL, readPublishModal, readWaiveModal, WAIVE_MODAL } from '../../blocks/postmortem-modals.ts';
import { PUBLISH_NOTE_MODAL, readPublishNoteModal } from '../../blocks/public-note-modal.ts';
import { REOPEN_MODAL, readReopenModal } from '../../blocks/reopen-modal.ts';
import { RESOLVE_MODAL, readResolveModal } from '../../blocks/resolve-modal.ts';
import { readSeverityModal, SEVERITY_MODAL } from '../../blocks/severity-modal.ts';
import { readUpdateModal, UPDATE_MODAL } from '../../blocks/update-modal.ts';
import { readWithdrawNoteModal, WITHDRAW_NOTE_MODAL } from '../../blocks/withdraw-note-modal.ts';
import { refusalInModal, shownInModal } from '../answers.ts';
import { closingForm } from '../closing-form.ts';
import type { Submission } from '../registry.ts';

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
  closingForm(SEVERITY_MODAL, 'incident.severity', readSeverityModal, (verbs, ...input) => verbs.setSeverity(...input)),
  closingForm(OWNER_MODAL, 'incident.owner', readOwnerModal, (verbs, ...input) => verbs.setOwner(...input)),
  closingForm(UPDATE_MODAL, 'incident.update', readUpdateModal, (verbs, ...input) => verbs.postUpdate(...input)),
  closingForm(NOTE_MODAL, 'incident.update', readNoteModal, (verbs, ...input) => verbs.noteIncident(...input)),
  closingForm(MITIGATE_MODAL, 'incident.update', readMitigateModal, (verbs, ...input) =>
    verbs.mitigateIncident(...input),
  ),
  closingForm(RESOLVE_MODAL, 'incident.resolve', readResolveModal, (verbs, ...input) =>
    verbs.resolveIncident(...input),
  ),
  closingForm(REOPEN_MODAL, 'incident.reopen', readReopenModal, (verbs, ...input) => verbs.reopenIncident(...input)),
  closingForm(PUBLISH_NOTE_MODAL, 'incident.publish', readPublishNoteModal, (verbs, ...input) =>
    verbs.publishNote(...input),
  ),
  closingForm(WITHDRAW_NOTE_MODAL, 'incident.publish', readWithdrawNoteModal, (verbs, ...input) =>
    verbs.withdrawNote(...input),
  ),
  closingForm(PUBLISH_MODAL, 'postmortem.publish', readPublishModal, (verbs, ...input) =>
    verbs.publishPostmortem(...input),
  ),
  closingForm(WAIVE_MODAL, 'postmortem.waive', readWaiveModal, (verbs, ...input) => verbs.waivePostmortem(...input)),
];
