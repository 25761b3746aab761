/** What people do in a conversation by themselves: write, react, pin, read, come and go. The app hears of it by events. */
import { encodeMessage } from '../slack/typed-text.ts';
import type { Persona } from '../slack/workspace.ts';
import type { Outcome, Stage } from './stage.ts';
import { as, channelFor, handles, Refused } from './stage.ts';

/** Posts what a person typed, in a channel or a thread. */
export async function say(
  stage: Stage,
  person: Persona,
  o: { channel: string; text: string; thread?: string | undefined; broadcast?: boolean | undefined },
): Promise<Outcome> {
  const text = encodeMessage(o.text.trim(), handles(stage.emulator));
  const posted = await as(stage, person, 'chat.postMessage', {
    channel: o.channel,
    text,
    ...(o.thread ? { thread_ts: o.thread, reply_broadcast: o.broadcast === true } : {}),
  });
  if (!o.thread) await read(stage, person, { channel: o.channel, ts: String(posted['ts']) });
  return { ts: posted['ts'] };
}

/** Replaces the text of one's own message. */
export async function edit(
  stage: Stage,
  person: Persona,
  o: { channel: string; ts: string; text: string },
): Promise<Outcome> {
  const text = encodeMessage(o.text.trim(), handles(stage.emulator));
  await as(stage, person, 'chat.update', { channel: o.channel, ts: o.ts, text });
  return {};
}

/** Deletes one's own message. */
export async function remove(
  stage: Stage,
  person: Persona,
  { channel, ts }: { channel: string; ts: string },
): Promise<Outcome> {
  await as(stage, person, 'chat.delete', { channel, ts });
  return {};
}

/** Adds a reaction, or takes it back when the person has given it. */
export async function react(
  stage: Stage,
  person: Persona,
  o: { channel: string; ts: string; name: string },
): Promise<Outcome> {
  const message = stage.emulator
    .table('messages')
    .findBy('channel_id', o.channel)
    .find(({ ts }) => ts === o.ts);
  const has = message?.reactions.some(({ name, users }) => name === o.name && users.includes(person.id));
  await as(stage, person, has ? 'reactions.remove' : 'reactions.add', {
    channel: o.channel,
    timestamp: o.ts,
    name: o.name,
  });
  return {};
}

/** Pins a message, or unpins it. */
export async function pin(
  stage: Stage,
  person: Persona,
  { channel, ts }: { channel: string; ts: string },
): Promise<Outcome> {
  const pinned = stage.emulator
    .table('pins')
    .findBy('channel_id', channel)
    .some(({ message_ts }) => message_ts === ts);
  await as(stage, person, pinned ? 'pins.remove' : 'pins.add', { channel, timestamp: ts });
  return {};
}

/** Marks a conversation as read up to a message. */
export async function read(
  stage: Stage,
  person: Persona,
  { channel, ts }: { channel: string; ts: string },
): Promise<Outcome> {
  const row = channelFor(stage, person, channel);
  if (row.members.includes(person.id) && row.last_read?.[person.id] !== ts)
    await as(stage, person, 'conversations.mark', { channel, ts });
  return {};
}

export async function join(stage: Stage, person: Persona, { channel }: { channel: string }): Promise<Outcome> {
  await as(stage, person, 'conversations.join', { channel });
  return {};
}

export async function leave(stage: Stage, person: Persona, { channel }: { channel: string }): Promise<Outcome> {
  await as(stage, person, 'conversations.leave', { channel });
  return {};
}

/** The direct message with somebody, opened if need be. */
export async function direct(stage: Stage, person: Persona, { user }: { user: string }): Promise<Outcome> {
  const opened = await as(stage, person, 'conversations.open', { users: user });
  return { channel: (opened['channel'] as { id: string }).id };
}

/** Puts away a message only this person sees. */
export async function dismiss(stage: Stage, person: Persona, { ts }: { ts: string }): Promise<Outcome> {
  const rows = stage.emulator.table('ephemeral_messages');
  const row = rows.findBy('ts', ts).find(({ target_user }) => target_user === person.id);
  if (!row) throw new Refused('That message is gone.');
  rows.delete(row.id);
  return {};
}
