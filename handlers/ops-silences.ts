import { SILENCES_PER_PAGE, silenceList } from '../blocks/silence-list.ts';
import { refusalAnswer } from './answers.ts';
import type { Subcommand } from './registry.ts';

/** `/ops silences`: what is silenced in Alertmanager. */
export const opsSilences: Subcommand = {
  verb: 'silences',
  usage: '[page]',
  help: 'Shows what is silenced in Alertmanager, by whom, until when and how many alerts, the soonest to end first.',
  permission: null,
  async run({ rest }, { verbs }) {
    const typed = rest.trim();
    if (typed !== '' && !/^[1-9]\d{0,4}$/.test(typed)) {
      return refusalAnswer(`"${typed}" is not a page: \`/ops silences\`, \`/ops silences 2\`.`);
    }
    const now = await verbs.showSilences();
    const pages = Math.max(1, Math.ceil(now.silences.length / SILENCES_PER_PAGE));
    return silenceList({ ...now, page: Math.min(typed === '' ? 1 : Number(typed), pages) });
  },
};
