import type { SlackCommandMiddlewareArgs } from '@slack/bolt';
import { mrkdwnLine } from '../../blocks/escape.ts';
import { nearest } from '../../src/domain/text/nearest.ts';
import { fromSlack } from '../../src/domain/text/slack-text.ts';
import { callerOf } from '../caller.ts';
import type { Answer, Subcommand } from '../registry.ts';
import type { IndexedCommand } from '../registry-index.ts';
import { commandKey } from '../request-key.ts';
import type { Reception } from './context.ts';
import { failedAnswer, isRefusal, opener, toSlack } from './message.ts';
import { serve } from './serve.ts';

const STILL_WORKING: Answer = { text: 'Still working on it; the answer follows here.' };

/** The one listener for slash commands. */
export function receiveCommands(reception: Reception) {
  const { deps, index } = reception;

  return ({ command: sent, ack, respond }: SlackCommandMiddlewareArgs): Promise<void> => {
    const key = commandKey(sent.trigger_id);
    return serve<Answer | null>(reception, {
      received: { kind: 'command', name: sent.command, key },
      reply: {
        now: (answer) => (answer === null ? ack() : ack(toSlack(answer))),
        early: () => ack(toSlack(STILL_WORKING)),
        async later(answer) {
          if (answer !== null) await respond(toSlack(answer));
        },
      },
      async work() {
        const found = index.commands.get(sent.command);
        if (found === undefined) return unknownCommand(sent.command, [...index.commands.keys()]);
        const chosen = choose(found, fromSlack(sent.text).trim());
        if (!('subcommand' in chosen)) return chosen;
        const { subcommand, rest } = chosen;
        const call = {
          caller: await callerOf(sent.user_id, key, subcommand.permission, deps),
          user: sent.user_id,
          command: sent.command,
          verb: subcommand.verb,
          channel: sent.channel_id,
          rest,
          openModal: opener(deps.views, sent.trigger_id),
        };
        return subcommand.run(call, deps);
      },
      failed: failedAnswer,
      isRefusal,
    });
  };
}

/** The verb that was typed and what followed it, or the answer when there is no such verb. */
function choose(
  { command, verbs, help }: IndexedCommand,
  text: string,
): { subcommand: Subcommand; rest: string } | Answer {
  const { fallback } = command;
  const word = /^\S*/.exec(text)?.[0].toLowerCase() ?? '';
  if (word === 'help') return help;
  const subcommand = verbs.get(word);
  if (subcommand !== undefined) return { subcommand, rest: text.slice(word.length).trimStart() };
  if (fallback !== undefined) return { subcommand: fallback, rest: text };
  if (word === '') return help;
  const meant = nearest(word, [...verbs.keys(), 'help']);
  const guess = meant === undefined ? '' : ` Did you mean \`${command.name} ${meant}\`?`;
  return {
    text: `"${mrkdwnLine(word, 60)}" is nothing \`${command.name}\` does.${guess} \`${command.name} help\` shows what it does.`,
    refused: true,
  };
}

function unknownCommand(name: string, known: readonly string[]): Answer {
  const meant = nearest(name, known);
  const guess = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  return {
    text: `Mainstay has no command "${mrkdwnLine(name, 60)}".${guess} It has ${known.join(', ')}.`,
    refused: true,
  };
}
