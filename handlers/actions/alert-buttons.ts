import type { AlertButton } from '../../blocks/alert-buttons.ts';
import { ALERTS_BUTTON } from '../../blocks/alert-list.ts';
import { alertMuteModal } from '../../blocks/alert-mute-modal.ts';
import { alertSilenceModal } from '../../blocks/alert-silence-modal.ts';
import { alertName } from '../../blocks/alert-words.ts';
import { alertSubject, incidentSubject } from '../../src/domain/event.ts';
import { answerOf, refusalAnswer } from '../answers.ts';
import { buttonNumber } from '../button-number.ts';
import { alertsAnswer } from '../ops-alerts.ts';
import type { Action, ActionCall } from '../registry.ts';

const HOUR = 3_600_000;
const numberOf = (call: ActionCall) => buttonNumber(call, "group of alerts'");

const acknowledge: Action = {
  id: 'alert.acknowledge' satisfies AlertButton,
  permission: 'alert.acknowledge',
  run: async (call, { verbs }) =>
    answerOf(
      await verbs.acknowledgeAlerts(call.caller, { number: numberOf(call) }),
      (group) => `:eyes: You acknowledged ${alertName(group)}.`,
    ),
};

const declare: Action = {
  id: 'alert.declare' satisfies AlertButton,
  permission: 'alert.declare',
  async run(call, { verbs }) {
    const number = numberOf(call);
    const declared = await verbs.declareForAlerts(call.caller, { number, origin: call.channel });
    return answerOf(declared, ({ incident, declared: isNew }) =>
      isNew
        ? `:rotating_light: ${incidentSubject(incident)} is declared for ${alertSubject(number)}; its channel is on the way.`
        : `:link: ${alertSubject(number)} belongs to ${incidentSubject(incident)} now, which was open for its service.`,
    );
  },
};

const mute: Action = {
  id: 'alert.mute' satisfies AlertButton,
  permission: null,
  async run(call, { verbs, clock }) {
    const shown = await verbs.showAlerts(numberOf(call));
    if (!shown.ok) return refusalAnswer(shown.refusal.message);
    await call.openModal(alertMuteModal(shown.value, new Date(clock.now().getTime() + HOUR)));
    return null;
  },
};

const unmute: Action = {
  id: 'alert.unmute' satisfies AlertButton,
  permission: 'alert.mute',
  run: async (call, { verbs }) =>
    answerOf(
      await verbs.unmuteAlerts(call.caller, { number: numberOf(call) }),
      (group) => `:bell: ${alertName(group)} is told of again.`,
    ),
};

const silence: Action = {
  id: 'alert.silence' satisfies AlertButton,
  permission: null,
  async run(call, { verbs }) {
    const offered = await verbs.offerSilence(numberOf(call));
    if (!offered.ok) return refusalAnswer(offered.refusal.message);
    const modal = alertSilenceModal(offered.value);
    if (modal === null) return refusalAnswer('Its labels are longer than a form can show: silence it in Alertmanager.');
    await call.openModal(modal);
    return null;
  },
};

const unsilence: Action = {
  id: 'alert.end-silence' satisfies AlertButton,
  permission: 'alert.silence',
  run: async (call, { verbs }) =>
    answerOf(
      await verbs.endSilence(call.caller, { number: numberOf(call) }),
      (group) => `:bell: The silence of ${alertName(group)} is being ended.`,
    ),
};

/** "Next page" below what fires. */
const page: Action = {
  id: ALERTS_BUTTON,
  permission: null,
  run: (call, deps) => alertsAnswer(deps, buttonNumber(call, "page's")),
};

/** Every button about alerts, wherever it is shown. */
export const alertButtons: readonly Action[] = [acknowledge, declare, mute, unmute, silence, unsilence, page];
