import type { CheckButton } from '../../blocks/check-buttons.ts';
import { checkCard } from '../../blocks/check-card.ts';
import { checkMuteModal } from '../../blocks/check-mute-modal.ts';
import { declareModal } from '../../blocks/declare-modal.ts';
import { isDown } from '../../src/domain/health/state.ts';
import { type CheckView, severityOf, worstFirst } from '../../src/domain/health/view.ts';
import { answerOf, refusalAnswer } from '../answers.ts';
import type { EdgeDeps } from '../deps.ts';
import type { Action, ActionCall } from '../registry.ts';

const HOUR = 3_600_000;
const GONE = refusalAnswer('The operations spec has none of these checks any more.');

/** Our own buttons carry keys of checks, or the message whose checks are meant. The worst of them first. */
async function meant({ value }: ActionCall, { verbs }: EdgeDeps): Promise<CheckView[]> {
  const group = /^group:(\d{1,9})$/.exec(value)?.[1];
  const views =
    group === undefined ? await verbs.showChecks(value.split(',')) : await verbs.checksOfGroup(Number(group));
  return worstFirst(views);
}

const declare: Action = {
  id: 'check.declare' satisfies CheckButton,
  permission: 'incident.declare',
  async run(call, deps) {
    const views = await meant(call, deps);
    const [first, ...others] = views.filter(({ state }) => isDown(state));
    if (first === undefined)
      return refusalAnswer('None of these checks fails any more. `/incident declare` works all the same.');
    const { check, pulse } = first;
    const title = others.length === 0 ? `${check.title} fails` : `${check.title} and ${others.length} more checks fail`;
    const draft = {
      title,
      severity: severityOf(first),
      origin: call.channel,
      service: check.service ?? null,
      description: pulse.last?.detail ?? '',
      window: first.state.after,
    };
    await call.openModal(declareModal(draft, deps.spec.current()));
    return null;
  },
};

const mute: Action = {
  id: 'check.mute' satisfies CheckButton,
  permission: null,
  async run(call, deps) {
    const [first, ...others] = await meant(call, deps);
    if (first === undefined) return GONE;
    await call.openModal(checkMuteModal([first, ...others], { until: new Date(deps.clock.now().getTime() + HOUR) }));
    return null;
  },
};

const run: Action = {
  id: 'check.run' satisfies CheckButton,
  permission: 'health.run',
  async run(call, deps) {
    const views = await meant(call, deps);
    if (views.length === 0) return GONE;
    const keys = views.map(({ check }) => check.key);
    const asked = await deps.verbs.runChecks(call.caller, { keys, channel: null });
    return answerOf(asked, () => 'Asked now; the message shows what comes of it.');
  },
};

const show: Action = {
  id: 'check.show' satisfies CheckButton,
  permission: null,
  async run(call, deps) {
    const [first] = await meant(call, deps);
    return first === undefined ? GONE : checkCard(first, deps.spec.current());
  },
};

/** Every button about checks, wherever it is shown. */
export const checkButtons: readonly Action[] = [declare, mute, run, show];
