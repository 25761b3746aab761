import { reportMessage } from '../blocks/report.ts';
import { parseReport } from '../src/domain/duty/report-command.ts';
import { refusalAnswer } from './answers.ts';
import type { Subcommand } from './registry.ts';

/** `/maintenance report`: what became of the duties of a month or quarter. */
export const maintenanceReport: Subcommand = {
  verb: 'report',
  usage: '[month | quarter | 2026-Q3 | 2026-09] [team]',
  help: 'Counts what was done, late, missed, failed, skipped and waived, by team and by type.',
  permission: null,
  async run({ rest }, { verbs, spec, clock }) {
    const now = clock.now();
    const typed = parseReport(rest, spec.current(), now);
    if (!typed.ok) return refusalAnswer(typed.problem);
    const { period, owner } = typed.value;
    const before = now < period.before ? now : period.before;
    const completion = await verbs.reportCompletion({ from: period.from, before, owner });
    return reportMessage(completion, { period, owner, now }, spec.current());
  },
};
