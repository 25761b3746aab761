import { alertCard } from '../blocks/alert-card.ts';
import { ALERTS_PER_PAGE, alertList } from '../blocks/alert-list.ts';
import { refusalAnswer } from './answers.ts';
import type { EdgeDeps } from './deps.ts';
import type { Answer, Subcommand } from './registry.ts';

/** `/ops alerts`: what fires now. */
export const opsAlerts: Subcommand = {
  verb: 'alerts',
  usage: '[page | ALERT-3]',
  help: 'Shows which alerts fire now, the worst first, or one group of them.',
  permission: null,
  async run({ rest }, deps) {
    const typed = rest.trim();
    const number = /^ALERT-(\d{1,9})$/i.exec(typed)?.[1];
    if (number !== undefined) return alertAnswer(deps, Number(number));
    if (typed !== '' && !/^[1-9]\d{0,4}$/.test(typed)) {
      return refusalAnswer(
        `"${typed}" is neither a page nor a group of alerts: \`/ops alerts 2\`, \`/ops alerts ALERT-3\`.`,
      );
    }
    return alertsAnswer(deps, typed === '' ? 1 : Number(typed));
  },
};

/** One page of what fires now. */
export async function alertsAnswer({ verbs }: EdgeDeps, page: number): Promise<Answer> {
  return alertList(await verbs.listAlerts({ page, perPage: ALERTS_PER_PAGE }));
}

/** One group as it is now, with its buttons. */
async function alertAnswer({ verbs, spec }: EdgeDeps, number: number): Promise<Answer> {
  const shown = await verbs.showAlerts(number);
  return shown.ok ? alertCard(shown.value, spec.current()) : refusalAnswer(shown.refusal.message);
}
