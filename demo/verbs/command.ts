/** A slash command: sent as typed, answered by what the acknowledgement says or by what Slack says when there is none. */
import { slashCommand } from '../slack/payloads.ts';
import { encodeCommandText } from '../slack/typed-text.ts';
import type { Persona } from '../slack/workspace.ts';
import { INSTALLATION } from '../slack/workspace.ts';
import type { Outcome, Stage } from './stage.ts';
import { channelFor, handles, placeOf, trigger } from './stage.ts';

/** Runs what was typed into a composer and starts with a slash. */
export async function command(stage: Stage, person: Persona, o: { channel: string; text: string }): Promise<Outcome> {
  const channel = channelFor(stage, person, o.channel);
  const place = { personId: person.id, channelId: channel.channel_id };
  const [, name = '', rest = ''] = /^(\/\S*)\s*([\s\S]*)$/.exec(o.text.trim()) ?? [];
  const known = stage.manifest.commands.find((one) => one.command === name.toLowerCase());
  if (!known) {
    stage.replies.fromSlack(place, `\`${name}\` is not a valid command. ${INSTEAD}`);
    return {};
  }
  const fields = slashCommand(INSTALLATION, {
    person,
    channel: placeOf(channel),
    command: known.command,
    text: encodeCommandText(rest.trim(), handles(stage.emulator), { escapes: known.escapes }),
    triggerId: await trigger(stage, person),
    responseUrl: stage.replies.issue(place),
  });
  const ack = await stage.door.command(fields);
  if (ack.ok) await stage.replies.show(place, ack.body);
  else stage.replies.fromSlack(place, `${known.command} failed with the error "${ack.error}"`);
  return {};
}

const INSTEAD =
  'In Slack, all messages that start with the "/" character are interpreted as commands. If you are trying to send a message ' +
  'and not run a command, try preceding the "/" with an empty space.';
