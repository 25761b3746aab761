import { declareModal } from '../../blocks/declare-modal.ts';
import { DECLARE_BUTTON } from '../../blocks/home.ts';
import { closeAnswer, ownerAnswer } from '../../blocks/incident-answers.ts';
import type { IncidentButton } from '../../blocks/incident-buttons.ts';
import { NO_STATUS_PAGE } from '../../src/domain/incident/publish-note.ts';
import type { PermissionVerb } from '../../src/domain/permissions.ts';
import { answerOf, refusalAnswer } from '../answers.ts';
import { buttonNumber } from '../button-number.ts';
import type { EdgeDeps } from '../deps.ts';
import { FORMS } from '../forms.ts';
import { cardAnswer, draftAnswer, timelineAnswer } from '../look-at.ts';
import { publishForm } from '../public-notes.ts';
import type { Action, ActionCall, Answer } from '../registry.ts';
import { type Form, openForm } from '../work-on.ts';

/** A button that does something, or shows something, at once. */
function acts(
  id: IncidentButton,
  permission: PermissionVerb | null,
  act: (deps: EdgeDeps, call: ActionCall, number: number) => Promise<Answer>,
): Action {
  return { id, permission, run: (call, deps) => act(deps, call, numberOf(call)) };
}

/** A button that asks for words first. Opening the form asks for no permission: submitting it does. */
function opens(id: IncidentButton, form: (deps: EdgeDeps, call: ActionCall) => Form): Action {
  return {
    id,
    permission: null,
    async run(call, deps) {
      const shown = await deps.verbs.showIncident(numberOf(call));
      if (!shown.ok) return refusalAnswer(shown.refusal.message);
      return openForm(shown.value, form(deps, call), call.openModal);
    },
  };
}

const numberOf = (call: ActionCall) => buttonNumber(call, "incident's");

const declare: Action = {
  id: DECLARE_BUTTON,
  permission: null,
  async run(call, { spec }) {
    await call.openModal(declareModal({ title: '', severity: null, origin: call.channel }, spec.current()));
    return null;
  },
};

const publicNote: Action = {
  id: 'incident.publish' satisfies IncidentButton,
  permission: null,
  async run(call, deps) {
    const form = publishForm(deps);
    if (form === null) return refusalAnswer(NO_STATUS_PAGE);
    const shown = await deps.verbs.showIncident(numberOf(call));
    return shown.ok ? openForm(shown.value, form, call.openModal) : refusalAnswer(shown.refusal.message);
  },
};

/** Every button of an incident, wherever it is shown. */
export const incidentButtons: readonly Action[] = [
  declare,
  acts('incident.take', 'incident.owner', async ({ verbs }, { caller, user }, number) =>
    answerOf(await verbs.setOwner(caller, { number, owner: user }), ownerAnswer),
  ),
  acts('incident.close', 'incident.close', async ({ verbs }, { caller }, number) =>
    answerOf(await verbs.closeIncident(caller, { number }), closeAnswer),
  ),
  acts('incident.show', null, (deps, _call, number) => cardAnswer(deps, number)),
  acts('incident.timeline', null, (deps, _call, number) => timelineAnswer(deps, number)),
  acts('postmortem.draft', 'postmortem.draft', (deps, { caller }, number) => draftAnswer(deps, caller, number)),
  opens('incident.owner', (_deps, { user }) => FORMS.owner(user)),
  opens('incident.severity', ({ spec }) => FORMS.severity(spec.current())),
  opens('incident.update', ({ spec }) => FORMS.update(spec.current())),
  opens('incident.note', () => FORMS.note()),
  opens('incident.mitigate', () => FORMS.mitigate()),
  opens('incident.resolve', ({ spec }) => FORMS.resolve(spec.current())),
  opens('incident.reopen', () => FORMS.reopen()),
  publicNote,
  opens('postmortem.publish', () => FORMS.publish()),
  opens('postmortem.waive', () => FORMS.waive()),
];
