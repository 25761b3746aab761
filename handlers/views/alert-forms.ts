import { ALERT_MUTE_MODAL, readAlertMuteModal } from '../../blocks/alert-mute-modal.ts';
import { closingForm } from '../closing-form.ts';
import type { Submission } from '../registry.ts';

/** Every form about alerts. */
export const alertForms: readonly Submission[] = [
  closingForm(ALERT_MUTE_MODAL, 'alert.mute', readAlertMuteModal, (verbs, ...input) => verbs.muteAlerts(...input)),
];
