/** What every verb works with: the workspace, the way to the app, and the way back. */
import type { Answer, BlockShape } from '../slack/elements.ts';
import { placedElements } from '../slack/elements.ts';
import type { Emulator } from '../slack/emulator.ts';
import type { Events } from '../slack/events.ts';
import type { FrontDoor } from '../slack/front-door.ts';
import type { Manifest } from '../slack/manifest.ts';
import type { Place } from '../slack/payloads.ts';
import type { ChannelRow } from '../slack/records.ts';
import type { Replies } from '../slack/replies.ts';
import type { Directory } from '../slack/typed-text.ts';
import type { Persona } from '../slack/workspace.ts';
import { PLATFORM_TOKEN } from '../slack/workspace.ts';

export interface Stage {
  readonly emulator: Emulator;
  readonly door: FrontDoor;
  readonly events: Events;
  readonly replies: Replies;
  readonly manifest: Manifest;
  readonly nextTs: () => string;
}

/** What the page gets back. `errors` are those of a form, by block id; `error` is a sentence for the person. */
export interface Outcome {
  readonly error?: string;
  readonly errors?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** A refusal whose message is a sentence for the person who tried. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** The channel, if the person can see it. @throws Refused */
export function channelFor(stage: Stage, person: Persona, channelId: string): ChannelRow {
  const row = stage.emulator.table('channels').findOneBy('channel_id', channelId);
  const isHidden = row && (row.is_private || row.is_im) && !row.members.includes(person.id);
  if (!row || isHidden) throw new Refused('There is no such channel, or you are not in it.');
  return row;
}

/** How Slack names a conversation in a payload. */
export function placeOf(row: ChannelRow): Place {
  return { id: row.channel_id, name: row.is_im ? 'directmessage' : row.is_private ? 'privategroup' : row.name };
}

/** A fresh trigger id, good for one modal within three seconds. */
export async function trigger(stage: Stage, person: Persona, viewId?: string): Promise<string> {
  const made = await stage.emulator.call(PLATFORM_TOKEN, 'views.generateTriggerId', {
    user_id: person.id,
    ...(viewId ? { view_id: viewId } : {}),
  });
  if (!made.ok) throw new Refused(`Slack's emulator gave no trigger: ${made.error}.`);
  return String(made['trigger_id']);
}

/** Calls the Web API as the person. @throws Refused with a sentence when Slack refuses. */
export async function as(stage: Stage, person: Persona, method: string, args: object): Promise<Outcome> {
  const answer = await stage.emulator.call(person.token, method, args);
  if (!answer.ok) throw new Refused(SENTENCES[answer.error ?? ''] ?? `Slack refused ${method}: ${answer.error}.`);
  return answer;
}

const SENTENCES: Readonly<Record<string, string>> = {
  is_archived: 'This channel is archived: nobody can post in it.',
  not_in_channel: 'Join the channel first.',
  cant_update_message: 'You can only edit your own messages.',
  cant_delete_message: 'You can only delete your own messages.',
  message_not_found: 'That message is gone.',
  no_text: 'Write something first.',
  cant_leave_general: 'Nobody leaves #general.',
};

/** The names people type: handles, and channel names. */
export function handles(emulator: Emulator): Directory {
  return {
    users: emulator
      .table('users')
      .all()
      .map(({ user_id, name }) => ({ id: user_id, name })),
    channels: emulator
      .table('channels')
      .all()
      .filter((row) => !row.is_im)
      .map(({ channel_id, name }) => ({ id: channel_id, name })),
  };
}

/** What somebody left in one field of a form. */
export interface GivenAnswer {
  readonly blockId: string;
  readonly actionId: string;
  readonly value: Answer;
}

/** Answers under the names the payload builder knows: the block's id, or the action's where a block has several fields. */
export function namedAnswers(blocks: readonly BlockShape[], given: readonly GivenAnswer[]): Record<string, Answer> {
  const fields = placedElements(blocks).filter(
    ({ element }) => element.type !== 'button' && element.type !== 'overflow',
  );
  const answers: Record<string, Answer> = {};
  for (const { blockId, actionId, value } of given) {
    const inBlock = fields.filter((field) => field.blockId === blockId);
    if (!inBlock.some(({ element }) => element.action_id === actionId)) continue;
    answers[inBlock.length === 1 ? blockId : actionId] = value;
  }
  return answers;
}
