/** A message as the page shows it. What it looks like is drawn once and kept until the message or a name in it changes. */
import type { Emulator } from '../slack/emulator.ts';
import type { EphemeralRow, MessageRow } from '../slack/records.ts';
import type { Drawing } from './blocks.ts';
import type { MessageView } from './wire.ts';

type Looks = Pick<MessageView, 'pieces' | 'attachments' | 'reactions'>;

export interface MessageViews {
  message(row: MessageRow): MessageView;
  /** A message only its reader sees. */
  ephemeral(row: EphemeralRow): MessageView;
}

export function messageViews(emulator: Emulator, draw: Drawing): MessageViews {
  const messages = emulator.table('messages');
  // A row is replaced when it changes, so what was drawn belongs to it. Names stand in other rows.
  let drawn = new WeakMap<MessageRow, Looks>();
  emulator.onChange((change) => {
    const names =
      change.table === 'users' || (change.table === 'channels' && change.before?.name !== change.after?.name);
    if (names) drawn = new WeakMap();
  });

  function looksOf(row: MessageRow): Looks {
    const known = drawn.get(row);
    if (known) return known;
    const looks = {
      pieces: row.blocks?.length ? draw.blocks(row.blocks) : row.text ? draw.text(row.text) : [],
      attachments: (row.attachments ?? []).map(({ color = '', blocks, title, text, fallback = '' }) => ({
        color: /^#?[0-9a-f]{6}$/i.test(color) ? `#${color.replace('#', '')}` : '#dddddd',
        pieces: blocks?.length
          ? draw.blocks(blocks)
          : draw.text([title && `*${title}*`, text ?? fallback].filter(Boolean).join('\n')),
      })),
      reactions: row.reactions.map(({ name, users }) => ({ name, html: draw.inline(`:${name}:`), users })),
    };
    drawn.set(row, looks);
    return looks;
  }

  function repliesOf(row: MessageRow): MessageView['replies'] {
    if (row.reply_count === 0) return { count: 0, users: [], last: '' };
    const replies = messages
      .findBy('channel_id', row.channel_id)
      .filter((one) => one.thread_ts === row.ts && one.ts !== row.ts);
    const last = replies.at(-1);
    return {
      count: replies.length,
      users: [...new Set(replies.map(({ user }) => user))],
      last: last?.story_at ?? last?.ts ?? '',
    };
  }

  const message = (row: MessageRow): MessageView => ({
    channel: row.channel_id,
    ts: row.ts,
    at: row.story_at ?? row.ts,
    user: row.user,
    ...(row.username ? { username: row.username } : {}),
    ...(row.icon_emoji ? { icon: draw.inline(row.icon_emoji) } : {}),
    ...(row.subtype ? { subtype: row.subtype } : {}),
    text: row.text,
    ...looksOf(row),
    files: (row.files ?? []).map(({ title, name, pretty_type, size, url_private }) => ({
      name: title || name,
      type: pretty_type,
      size,
      url: url_private,
    })),
    edited: row.edited !== undefined,
    ...(row.thread_ts ? { threadTs: row.thread_ts } : {}),
    broadcast: row.reply_broadcast === true,
    replies: repliesOf(row),
    isPrivate: false,
  });
  return { message, ephemeral: (row) => ({ ...message(row), isPrivate: true }) };
}
