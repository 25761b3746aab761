import { CHECK_MUTE_MODAL, readCheckMuteModal } from '../../blocks/check-mute-modal.ts';
import { closingForm } from '../closing-form.ts';
import type { Submission } from '../registry.ts';

/** Every form about a check. */
export const checkForms: readonly Submission[] = [
  closingForm(CHECK_MUTE_MODAL, 'health.mute', readCheckMuteModal, (verbs, ...input) => verbs.muteCheck(...input)),
];
