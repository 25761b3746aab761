import { uptimeOverviewMessage } from '../blocks/uptime-overview.ts';
import { uptimeReportMessage } from '../blocks/uptime-report.ts';
import { parseUptime } from '../src/domain/uptime/command.ts';
import { refusalAnswer } from './answers.ts';
import type { Subcommand } from './registry.ts';

/** `/ops uptime`: what became of the promises of uptime. */
export const opsUptime: Subcommand = {
  verb: 'uptime',
  usage: '[service] [month | quarter | year | 2026-Q3]',
  help: 'Shows how available services were and what is left of their budgets; of one also each outage and exclusion, with a picture.',
  permission: null,
  async run({ rest, caller, channel }, { verbs, spec, clock }) {
    const typed = parseUptime(rest, spec.current(), clock.now());
    if (!typed.ok) return refusalAnswer(typed.problem);
    if (typed.value === null) return uptimeOverviewMessage(await verbs.uptimeOverview());
    const [first] = typed.value;
    if (first === undefined) throw new Error(`"${rest}" was understood as no promise at all`);
    // Mainstay cannot post in a conversation between people: it answers privately there, without a picture.
    if (channel.startsWith('D')) return uptimeReportMessage(await verbs.reportUptime(first), null);
    const { count } = await verbs.postUptime(caller, { asked: typed.value, channel });
    return { text: count === 1 ? 'What became of it comes here.' : `What became of ${count} promises comes here.` };
  },
};
