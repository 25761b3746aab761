import { beatWords } from '../../blocks/beat-address.ts';
import { checkCard } from '../../blocks/check-card.ts';
import { checkHistoryMessage } from '../../blocks/check-history.ts';
import { checkMuteModal } from '../../blocks/check-mute-modal.ts';
import { checkName } from '../../blocks/check-words.ts';
import { bold } from '../../blocks/escape.ts';
import { healthScreen } from '../../blocks/health-screen.ts';
import { metricList } from '../../blocks/metric-list.ts';
import { when } from '../../blocks/words.ts';
import { namesTimeOfDay } from '../../src/domain/duty/command.ts';
import { parseCheck, parseChecks, parseMute, parseWatch } from '../../src/domain/health/command.ts';
import { answerOf, refusalAnswer } from '../answers.ts';
import type { Command, Subcommand } from '../registry.ts';

const HOUR = 3_600_000;

/** A conversation between people, where Mainstay cannot post: it answers privately there, with what is known. */
function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}

const ask: Subcommand = {
  verb: '',
  usage: '[check | service]',
  help: 'Asks all checks now, or those of a service, and shows the worst first; one check with its buttons.',
  permission: 'health.run',
  async run({ rest, caller, channel }, { verbs, spec }) {
    const keys = parseChecks(rest, spec.current());
    if (!keys.ok) return refusalAnswer(keys.problem);
    if (keys.value.length === 0) return refusalAnswer('The operations spec has no checks.');
    const [view, ...others] = await verbs.showChecks(keys.value);
    if (view !== undefined && others.length === 0) return checkCard(view, spec.current());
    if (isDirect(channel)) {
      const asked = await verbs.runChecks(caller, { keys: keys.value, channel: null });
      if (!asked.ok) return refusalAnswer(asked.refusal.message);
      return healthScreen({ views: await verbs.showChecks(keys.value), askedAt: null, open: false });
    }
    const asked = await verbs.runChecks(caller, { keys: keys.value, channel });
    return answerOf(
      asked,
      ({ count }) => `Asked ${count === 1 ? '1 check' : `${count} checks`}; the answers come in here.`,
    );
  },
};

const mute: Subcommand = {
  verb: 'mute',
  usage: 'check [until 16:30 | 2h] [reason]',
  help: 'Tells nobody of a check until then, for a reason; it is asked as ever.',
  permission: 'health.mute',
  async run(call, { verbs, spec, directory, clock }) {
    const now = clock.now();
    const zone = namesTimeOfDay(call.rest) ? await directory.zoneOf(call.user) : null;
    const typed = parseMute(call.rest, spec.current(), now, zone);
    if (!typed.ok) return refusalAnswer(typed.problem);
    const { check, until, reason } = typed.value;
    if (until !== null && reason !== '') {
      const muted = await verbs.muteCheck(call.caller, { key: check.key, until, reason });
      return answerOf(muted, () => `:no_bell: ${bold(check.title, 120)} is muted until ${when(until)}.`);
    }
    const [view] = await verbs.showChecks([check.key]);
    if (view === undefined) throw new Error(`${check.key} is in the spec and cannot be shown`);
    await call.openModal(checkMuteModal([view], { until: until ?? new Date(now.getTime() + HOUR), reason }));
    return null;
  },
};

const unmute: Subcommand = {
  verb: 'unmute',
  usage: 'check',
  help: 'Ends a mute; what fails then is told of.',
  permission: 'health.mute',
  async run({ rest, caller }, { verbs, spec }) {
    const check = parseCheck(rest, spec.current());
    if (!check.ok) return refusalAnswer(check.problem);
    const unmuted = await verbs.unmuteCheck(caller, { key: check.value.key });
    return answerOf(unmuted, () => `:bell: ${bold(check.value.title, 120)} is told of again.`);
  },
};

const watch: Subcommand = {
  verb: 'watch',
  usage: '[4h | stop]',
  help: 'Tells this channel of every change of a check, for 4 hours or as long as you say.',
  permission: null,
  async run({ rest, caller, channel }, { verbs, clock }) {
    const length = parseWatch(rest);
    if (!length.ok) return refusalAnswer(length.problem);
    if (length.value === null) {
      const stopped = await verbs.unwatchChecks(channel);
      return stopped ? { text: 'This channel watches no more.' } : refusalAnswer('This channel did not watch.');
    }
    if (isDirect(channel)) return refusalAnswer('Mainstay cannot post here: type it in a channel.');
    const until = new Date(clock.now().getTime() + length.value);
    await verbs.watchChecks(caller, { channel, until });
    return {
      text: `:eyes: This channel is told of every change until ${when(until)}. \`/health watch stop\` ends it.`,
    };
  },
};

const history: Subcommand = {
  verb: 'history',
  usage: 'check',
  help: 'Shows the last 90 days of a check, and why it changed.',
  permission: null,
  async run({ rest, caller, channel }, { verbs, spec }) {
    const check = parseCheck(rest, spec.current());
    if (!check.ok) return refusalAnswer(check.problem);
    const found = await verbs.checkHistory(check.value.key);
    if (found === null) return refusalAnswer(`${checkName({ check: check.value })} has no history.`);
    if (isDirect(channel)) return checkHistoryMessage(found, null);
    const posted = await verbs.postCheckHistory(caller, { history: found, channel });
    return answerOf(posted, () => `The history of ${checkName(found)} comes in here.`);
  },
};

const beat: Subcommand = {
  verb: 'beat',
  usage: 'check',
  help: 'Gives you the private address at which a heartbeat is called.',
  permission: null,
  async run({ rest }, { verbs, spec }) {
    const check = parseCheck(rest, spec.current());
    if (!check.ok) return refusalAnswer(check.problem);
    return answerOf(verbs.beatAddress(check.value.key), (address) => beatWords(check.value.title, address));
  },
};

const metrics: Subcommand = {
  verb: 'metrics',
  usage: '[page]',
  help: 'Lists the metrics with what each last gave and where from, or why it is not connected.',
  permission: null,
  async run({ rest }, { verbs, spec }) {
    const typed = rest.trim();
    if (!/^\d{0,4}$/.test(typed)) return refusalAnswer(`"${typed}" is no page. Write a number, such as \`2\`.`);
    const views = await verbs.showMetrics();
    if (views.length === 0) return refusalAnswer('The operations spec has no metrics.');
    return metricList(views, typed === '' ? 1 : Number(typed), spec.current());
  },
};

/** `/health`: whether what the spec watches is well. */
export const healthCommand: Command = {
  name: '/health',
  description: 'Shows whether what the operations spec watches is well.',
  usageHint: '[check | service] | metrics | watch | mute | unmute | history | beat | help',
  // Mentions in a reason stay people.
  shouldEscape: true,
  fallback: ask,
  subcommands: [metrics, mute, unmute, watch, history, beat],
};
