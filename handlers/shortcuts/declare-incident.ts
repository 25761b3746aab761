import { declareModal } from '../../blocks/declare-modal.ts';
import type { Shortcut } from '../registry.ts';

/** "Declare incident", from anywhere in Slack. */
export const declareIncident: Shortcut = {
  id: 'declare-incident',
  type: 'global',
  name: 'Declare incident',
  description: 'Opens the form that declares an incident.',
  permission: null,
  async run(call, { spec }) {
    await call.openModal(declareModal({ title: '', severity: null, origin: null }, spec.current()));
    return null;
  },
};
