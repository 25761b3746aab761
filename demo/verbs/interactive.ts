/** Buttons, selects and shortcuts: what Slack sends as `block_actions`, `block_suggestion`, `shortcut` and `message_action`. */
import { z } from 'zod';
import type { Answer, BlockShape } from '../slack/elements.ts';
import { elementAction, placedElements, withIds } from '../slack/elements.ts';
import type { Ack } from '../slack/front-door.ts';
import type { ActionPlace, MessageShape, ViewShape } from '../slack/payloads.ts';
import { blockActions, globalShortcut, messageShortcut } from '../slack/payloads.ts';
import type { EphemeralRow, MessageRow, ViewRow } from '../slack/records.ts';
import { blockSuggestion } from '../slack/suggestion.ts';
import type { Persona } from '../slack/workspace.ts';
import { BOT, INSTALLATION } from '../slack/workspace.ts';
import type { GivenAnswer, Outcome, Stage } from './stage.ts';
import { channelFor, namedAnswers, placeOf, Refused, trigger } from './stage.ts';

/** Where a control stands: on a message, or in a view. */
export type Where = { readonly channel: string; readonly ts: string } | { readonly view: string };

/** A click, or a choice made in a select outside a form. */
export async function act(
  stage: Stage,
  person: Persona,
  o: { at: Where; blockId: string; actionId: string; value: Answer; answers: readonly GivenAnswer[] },
): Promise<Outcome> {
  const { blocks, at, viewId } = locate(stage, person, o.at, o.answers);
  const placed = placedElements(blocks).find(
    ({ blockId, element }) => blockId === o.blockId && element.action_id === o.actionId,
  );
  if (!placed) throw new Refused('That control is gone: the message has changed.');
  const action = elementAction({
    element: placed.element,
    blockId: o.blockId,
    answer: o.value,
    actionTs: stage.nextTs(),
  });
  const triggerId = await trigger(stage, person, viewId);
  return failure(
    await stage.door.interaction(blockActions(INSTALLATION, { person, at, actions: [action], triggerId })),
  );
}

const optionsSchema = z.object({
  options: z.array(z.looseObject({ text: z.looseObject({ text: z.string() }), value: z.string() })).optional(),
  option_groups: z
    .array(
      z.looseObject({
        options: z.array(z.looseObject({ text: z.looseObject({ text: z.string() }), value: z.string() })),
      }),
    )
    .optional(),
});

/** The options of an external select for what was typed so far. */
export async function suggest(
  stage: Stage,
  person: Persona,
  o: { at: Where; blockId: string; actionId: string; query: string },
): Promise<Outcome> {
  const { at } = locate(stage, person, o.at, []);
  const ack = await stage.door.interaction(
    blockSuggestion(INSTALLATION, { person, at, blockId: o.blockId, actionId: o.actionId, value: o.query }),
  );
  const read = optionsSchema.safeParse(ack.ok ? ack.body : undefined);
  if (!read.success) return { error: 'The options could not be loaded.' };
  return { options: read.data.options ?? (read.data.option_groups ?? []).flatMap(({ options }) => options) };
}

/** A shortcut from the composer, or from the menu of a message. */
export async function shortcut(
  stage: Stage,
  person: Persona,
  o: { callbackId: string; channel?: string | undefined; ts?: string | undefined },
): Promise<Outcome> {
  const known = stage.manifest.shortcuts.find(({ callbackId }) => callbackId === o.callbackId);
  if (!known) throw new Refused('There is no such shortcut.');
  const base = { person, callbackId: o.callbackId, triggerId: await trigger(stage, person), actionTs: stage.nextTs() };
  if (known.type === 'global') return failure(await stage.door.interaction(globalShortcut(INSTALLATION, base)));
  const channel = channelFor(stage, person, o.channel ?? '');
  const row = stage.emulator
    .table('messages')
    .findBy('channel_id', channel.channel_id)
    .find(({ ts }) => ts === o.ts);
  if (!row) throw new Refused('That message is gone.');
  const responseUrl = stage.replies.issue({ personId: person.id, channelId: channel.channel_id });
  const payload = messageShortcut(INSTALLATION, {
    ...base,
    channel: placeOf(channel),
    message: asMessage(row),
    responseUrl,
  });
  return failure(await stage.door.interaction(payload));
}

/** Opens a tab of the app: Slack tells the app, which may then publish its Home. */
export async function openApp(stage: Stage, person: Persona, { tab }: { tab: 'home' | 'messages' }): Promise<Outcome> {
  const opened = await stage.emulator.call(person.token, 'conversations.open', { users: BOT.userId });
  const channelId = (opened['channel'] as { id: string }).id;
  const home = stage.emulator
    .table('views')
    .findBy('user_id', person.id)
    .find(({ type }) => type === 'home');
  await stage.events.appHomeOpened({ personId: person.id, tab, channelId, ...(home ? { view: asView(home) } : {}) });
  return { channel: channelId };
}

/** A view as the Web API returns it. */
export function asView(row: ViewRow): ViewShape {
  const { view_id, id: _, user_id: __, previous_view_id = null, blocks, ...rest } = row;
  const {
    created_at: ___,
    updated_at: ____,
    created: _____,
    updated: ______,
    ...view
  } = rest as Record<string, unknown>;
  return { id: view_id, ...view, type: row.type, previous_view_id, blocks: withIds(blocks) };
}

function locate(
  stage: Stage,
  person: Persona,
  where: Where,
  answers: readonly GivenAnswer[],
): { blocks: readonly BlockShape[]; at: ActionPlace; viewId?: string } {
  if ('view' in where) {
    const row = stage.emulator
      .table('views')
      .findBy('view_id', where.view)
      .find(({ user_id }) => user_id === person.id);
    if (!row) throw new Refused('That view is closed.');
    const at = { view: asView(row), answers: namedAnswers(row.blocks, answers) };
    return { blocks: row.blocks, at, ...(row.type === 'modal' ? { viewId: row.view_id } : {}) };
  }
  const channel = channelFor(stage, person, where.channel);
  const ephemeral = stage.emulator
    .table('ephemeral_messages')
    .findBy('ts', where.ts)
    .find(({ target_user }) => target_user === person.id);
  const row =
    ephemeral ??
    stage.emulator
      .table('messages')
      .findBy('channel_id', where.channel)
      .find(({ ts }) => ts === where.ts);
  if (!row) throw new Refused('That message is gone.');
  const original = { ts: row.ts, ephemeral: ephemeral !== undefined, threadTs: row.thread_ts };
  const responseUrl = stage.replies.issue({ personId: person.id, channelId: channel.channel_id, original });
  const blocks = blocksOf(row);
  return {
    blocks,
    at: { channel: placeOf(channel), message: asMessage(row), responseUrl, ephemeral: ephemeral !== undefined },
  };
}

/** Buttons can stand in the blocks of a message or of its coloured attachments. */
function blocksOf(row: MessageRow): readonly BlockShape[] {
  return [...withIds(row.blocks ?? []), ...(row.attachments ?? []).flatMap(({ blocks = [] }) => withIds(blocks))];
}

function asMessage(row: MessageRow | EphemeralRow): MessageShape {
  const { ts, user, text, thread_ts, blocks, attachments, edited, reactions, subtype } = row;
  return {
    ts,
    user,
    text,
    team: INSTALLATION.teamId,
    ...(user === BOT.userId ? { bot_id: BOT.botId, app_id: BOT.appId } : {}),
    ...(subtype ? { subtype } : {}),
    ...(thread_ts ? { thread_ts } : {}),
    ...(blocks ? { blocks: withIds(blocks) } : {}),
    ...(attachments ? { attachments } : {}),
    ...(edited ? { edited } : {}),
    ...(reactions.length > 0 ? { reactions } : {}),
  };
}

function failure(ack: Ack): Outcome {
  return ack.ok
    ? {}
    : { error: ack.error === 'operation_timeout' ? 'The app did not answer in time.' : 'The app could not do that.' };
}
