import { queueMessage } from '../../blocks/ops-queue.ts';
import { ownHealthCard } from '../../blocks/own-health.ts';
import { refusalAnswer } from '../answers.ts';
import { opsAlerts } from '../ops-alerts.ts';
import { opsDuties } from '../ops-duties.ts';
import { opsPage, opsPages } from '../ops-page.ts';
import { opsSilences } from '../ops-silences.ts';
import { opsSpec } from '../ops-spec.ts';
import { opsUptime } from '../ops-uptime.ts';
import type { Command, Subcommand } from '../registry.ts';
import { retryAnswer } from '../retry.ts';

const queue: Subcommand = {
  verb: 'queue',
  usage: '',
  help: 'Shows what waits to be said in Slack, and what could not be said.',
  permission: 'ops.queue',
  async run({ caller }, { verbs }) {
    const shown = await verbs.showQueue(caller);
    return shown.ok ? queueMessage(shown.value) : refusalAnswer(shown.refusal.message);
  },
};

const retry: Subcommand = {
  verb: 'retry',
  usage: 'D-12',
  help: 'Tries an undeliverable message again.',
  permission: 'ops.queue',
  async run({ caller, rest }, deps) {
    const id = /^D-(\d{1,18})$/i.exec(rest)?.[1];
    if (id === undefined) {
      return refusalAnswer(`"${rest}" is not a reference. \`/ops queue\` shows them; type one as \`/ops retry D-12\`.`);
    }
    return retryAnswer(deps, caller, id);
  },
};

const health: Subcommand = {
  verb: 'health',
  usage: '',
  help: 'Shows how Mainstay itself is: database, Slack, queue, clock, disk, spec.',
  permission: null,
  async run(_call, { verbs }) {
    const { version, report } = await verbs.showOwnHealth();
    return ownHealthCard(report, version);
  },
};

/** `/ops`: wakes people, and shows how Mainstay itself is doing. */
export const opsCommand: Command = {
  name: '/ops',
  description: 'Wakes a team, and shows how Mainstay itself is doing.',
  usageHint: 'health | alerts | silences | page | pages | queue | retry | spec | duties | uptime | help',
  shouldEscape: false,
  subcommands: [health, opsAlerts, opsSilences, opsPage, opsPages, queue, retry, opsSpec, opsDuties, opsUptime],
};
