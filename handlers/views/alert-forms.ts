import { ALERT_MUTE_MODAL, readAlertMuteModal } from '../../blocks/alert-mute-modal.ts';
import { ALERT_SILENCE_MODAL, readAlertSilenceModal } from '../../blocks/alert-silence-modal.ts';
import { closingForm } from '../closing-form.ts';
import type { Submission } from '../registry.ts';

/** Every form about alerts. */
export const alertForms: readonly Submission[] = [
  closingForm(ALERT_SILENCE_MODAL, 'alert.silence', readAlertSilenceModal, (verbs, ...input) =>
    verbs.silenceAlerts(...input),
  ),
  closingForm(ALERT_MUTE_MODAL, 'alert.mute', readAlertMuteModal, (verbs, ...input) => verbs.muteAlerts(...input)),
];
