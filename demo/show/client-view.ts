/** Reads the workspace as one person's Slack client shows it. Nothing here changes anything. */
import type { Emulator } from '../slack/emulator.ts';
import type { Manifest } from '../slack/manifest.ts';
import type { ChannelRow, MessageRow, ViewRow } from '../slack/records.ts';
import type { Directory } from '../slack/typed-text.ts';
import { BOT, PERSONAS, TEAM } from '../slack/workspace.ts';
import { drawing } from './blocks.ts';
import { type MessageViews, messageViews } from './message-view.ts';
import type { ChannelView, HomeView, MessageView, ModalView, PersonView, StateView, Waiting } from './wire.ts';

/** How many messages of a conversation the page gets at once. */
const PAGE_SIZE = 100;

/** What is so for every person. */
export type PageNow = Pick<StateView, 'notice' | 'isPlaying' | 'time'>;

export interface ClientView extends MessageViews {
  people(): PersonView[];
  /** A channel as the person sees it, or undefined when it is hidden from them. */
  channel(row: ChannelRow, personId: string): ChannelView | undefined;
  /** The latest messages of a conversation, oldest first; `before` goes further back. */
  conversation(channelId: string, personId: string, before?: string): { messages: MessageView[]; hasEarlier: boolean };
  thread(channelId: string, personId: string, ts: string): MessageView[];
  /** The person's open modals, the one on top last. */
  modals(personId: string): ModalView[];
  home(personId: string): HomeView | null;
  waiting(): Waiting;
  state(personId: string, now: PageNow): StateView;
}

export function clientView(emulator: Emulator, manifest: Manifest): ClientView {
  const users = emulator.table('users');
  const channels = emulator.table('channels');
  const messages = emulator.table('messages');
  const ephemerals = emulator.table('ephemeral_messages');
  const views = emulator.table('views');

  const directory = (): Directory => ({
    users: users.all().map(({ user_id, name, real_name, is_bot, profile }) => ({
      id: user_id,
      name: is_bot ? real_name : String(profile['display_name'] || name),
    })),
    channels: channels.all().map(({ channel_id, name }) => ({ id: channel_id, name })),
  });
  const draw = drawing(directory);
  const { message, ephemeral } = messageViews(emulator, draw);

  const isUnread = (row: MessageRow, personId: string, lastRead: string) =>
    row.ts > lastRead &&
    row.user !== personId &&
    (!row.thread_ts || row.thread_ts === row.ts || row.reply_broadcast === true);
  const namesPerson = (row: MessageRow, personId: string) =>
    [`<@${personId}>`, `<@${personId}|`, '<!here', '<!channel', '<!everyone'].some((mark) =>
      `${row.text} ${row.blocks ? JSON.stringify(row.blocks) : ''}`.includes(mark),
    );

  function channel(row: ChannelRow, personId: string): ChannelView | undefined {
    const isMember = row.members.includes(personId);
    if (!isMember && (row.is_private || row.is_im || row.is_mpim)) return undefined;
    const lastRead = row.last_read?.[personId] ?? '0';
    const unread = isMember
      ? messages.findBy('channel_id', row.channel_id).filter((one) => isUnread(one, personId, lastRead))
      : [];
    const partner = row.is_im ? (row.members.find((id) => id !== personId) ?? personId) : undefined;
    return {
      id: row.channel_id,
      name: row.name,
      kind: row.is_im || row.is_mpim ? 'dm' : row.is_private ? 'private' : 'channel',
      ...(partner ? { partner } : {}),
      topic: { text: plainText(row.topic.value, directory()), html: draw.inline(row.topic.value) },
      members: row.members,
      isMember,
      isArchived: row.is_archived,
      unread: unread.length,
      mentions: unread.filter((one) => row.is_im || namesPerson(one, personId)).length,
      lastRead,
      pins: emulator
        .table('pins')
        .findBy('channel_id', row.channel_id)
        .map(({ message_ts, created_by }) => ({ ts: message_ts, by: created_by })),
      bookmarks: emulator
        .table('bookmarks')
        .findBy('channel_id', row.channel_id)
        .map(({ bookmark_id, title, link, emoji }) => ({ id: bookmark_id, title, link, emoji })),
    };
  }

  const stackOf = (personId: string): ViewRow[] =>
    views
      .findBy('user_id', personId)
      .filter(({ type }) => type === 'modal')
      .sort((a, b) => a.id - b.id);

  const self: ClientView = {
    people: () =>
      users.all().map(({ user_id, name, real_name, is_bot, profile }) => ({
        id: user_id,
        name,
        displayName: String(profile['display_name'] || real_name),
        realName: real_name,
        title: String(profile['title'] ?? ''),
        isBot: is_bot,
      })),
    channel,
    message,
    ephemeral,
    conversation(channelId, personId, before) {
      const rows = messages
        .findBy('channel_id', channelId)
        .filter(({ ts, thread_ts, reply_broadcast }) => !thread_ts || thread_ts === ts || reply_broadcast)
        .filter(({ ts }) => before === undefined || ts < before)
        .sort(byTs);
      const page = rows.slice(-PAGE_SIZE);
      const from = rows.length > PAGE_SIZE ? (page[0]?.ts ?? '') : '';
      const mine = ephemerals
        .findBy('channel_id', channelId)
        .filter((row) => row.target_user === personId && !row.thread_ts)
        .filter(({ ts }) => ts >= from && (before === undefined || ts < before));
      return {
        messages: [...page.map(message), ...mine.map(ephemeral)].sort(byTs),
        hasEarlier: rows.length > PAGE_SIZE,
      };
    },
    thread(channelId, personId, ts) {
      const rows = messages.findBy('channel_id', channelId).filter((row) => row.ts === ts || row.thread_ts === ts);
      const mine = ephemerals
        .findBy('channel_id', channelId)
        .filter((row) => row.target_user === personId && row.thread_ts === ts);
      return [...rows.map(message), ...mine.map(ephemeral)].sort(byTs);
    },
    modals: (personId) =>
      stackOf(personId).map((row) => ({
        id: row.view_id,
        hash: row.hash,
        title: row.title?.text ?? '',
        submit: row.submit?.text ?? (row.blocks.some(({ type }) => type === 'input') ? 'Submit' : null),
        close: row.close?.text ?? 'Cancel',
        isRoot: !row.previous_view_id,
        pieces: draw.blocks(row.blocks),
      })),
    home(personId) {
      const row = views.findBy('user_id', personId).find(({ type }) => type === 'home');
      return row ? { id: row.view_id, hash: row.hash, pieces: draw.blocks(row.blocks) } : null;
    },
    waiting: () =>
      Object.fromEntries(
        PERSONAS.map(({ id }) => {
          const seen = channels.all().map((row) => channel(row, id));
          return [
            id,
            {
              mentions: seen.reduce((sum, view) => sum + (view?.mentions ?? 0), 0),
              isUnread: seen.some((view) => (view?.unread ?? 0) > 0),
              hasModal: stackOf(id).length > 0,
            },
          ];
        }),
      ),
    state: (personId, now) => ({
      workspace: { name: TEAM.name },
      app: { userId: BOT.userId, name: manifest.name, description: manifest.description, ...manifest.appHome },
      me: personId,
      personas: PERSONAS.map(({ id }) => id),
      people: self.people(),
      channels: channels
        .all()
        .map((row) => channel(row, personId))
        .filter((view) => view !== undefined),
      commands: manifest.commands.map(({ command, description, usage }) => ({ command, description, usage })),
      shortcuts: manifest.shortcuts,
      modals: self.modals(personId),
      home: self.home(personId),
      waiting: self.waiting(),
      ...now,
    }),
  };
  return self;
}

/** A text with the names of those it mentions. */
function plainText(mrkdwn: string, { users, channels }: Directory): string {
  return mrkdwn
    .replaceAll(/<@(\w+)[^>]*>/g, (_, id) => `@${users.find((user) => user.id === id)?.name ?? id}`)
    .replaceAll(/<#(\w+)[^>]*>/g, (_, id) => `#${channels.find((one) => one.id === id)?.name ?? id}`)
    .replaceAll(/<([^>|]+)\|?([^>]*)>/g, (_, target, label) => label || target);
}

const byTs = (a: { ts: string }, b: { ts: string }): number => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0);
