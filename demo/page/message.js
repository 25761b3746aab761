/** One message: who, when, what, reactions, thread; and the toolbar that appears over it. */
import { h, icon } from './dom.js';
import { EMOJI, pickEmoji } from './emoji.js';
import { editor, isEditing } from './message-editor.js';
import { pinOf, toolbar } from './message-menu.js';
import { openThread } from './navigate.js';
import { avatar, nameOf, namesOf } from './people.js';
import { drawPieces } from './pieces.js';
import { toast } from './popover.js';
import { act, me, personOf, store } from './store.js';
import { agoOf, fullTimeOf, timeOf, today } from './time.js';

/** What decides how a message looks; when it is the same, the element can stay. */
export const appearance = (message, o) =>
  JSON.stringify([
    message,
    o.isCompact,
    o.inThread,
    pinOf(message)?.by,
    isEditing(message),
    store.state.people.length,
    today(),
  ]);

/**
 * @param {any} message
 * @param {{ isCompact: boolean, inThread: boolean, redraw: () => void }} o
 */
export function drawMessage(message, o) {
  if (message.subtype?.match(/^(channel|group)_/)) return systemLine(message);
  const { isCompact, inThread } = o;
  const author = message.username ?? nameOf(message.user);
  const pin = pinOf(message);
  const classes = ['message', isCompact && 'compact', message.isPrivate && 'private', pin && 'pinned']
    .filter(Boolean)
    .join(' ');
  return h(
    'article',
    {
      class: classes,
      tabindex: '-1',
      'aria-label': `${author}, ${timeOf(message.at)}`,
      data: { ts: message.ts, key: `message-${message.ts}` },
    },
    message.isPrivate ? h('div', { class: 'message-note' }, icon('eye', 14), 'Only visible to you') : null,
    pin
      ? h('div', { class: 'message-note' }, icon('pin', 14), `Pinned by ${pin.by === me() ? 'you' : nameOf(pin.by)}`)
      : null,
    message.broadcast && !inThread
      ? h('div', { class: 'message-note' }, icon('thread', 14), 'replied to a thread')
      : null,
    h(
      'div',
      { class: 'message-gutter' },
      isCompact
        ? h('span', { class: 'message-time-hover', 'aria-hidden': 'true' }, timeOf(message.at))
        : message.icon
          ? h('span', { class: 'avatar avatar-emoji', html: message.icon })
          : avatar(message.user),
    ),
    h(
      'div',
      { class: 'message-body' },
      isCompact ? null : heading(message, author),
      isEditing(message) ? editor(message, o) : content(message),
      reactions(message),
      inThread ? null : threadLine(message),
      message.isPrivate
        ? h(
            'button',
            {
              type: 'button',
              class: 'link dismiss',
              on: { click: () => dismiss(message) },
            },
            'Dismiss message',
          )
        : null,
    ),
    message.isPrivate ? null : toolbar(message, o),
  );
}

async function dismiss({ channel, ts }) {
  const { error } = await act('dismiss', { channel, ts });
  if (error) toast(error);
}

function heading(message, author) {
  const isApp = personOf(message.user)?.isBot;
  return h(
    'div',
    { class: 'message-heading' },
    h('span', { class: 'message-author' }, author),
    isApp ? h('span', { class: 'badge-app' }, 'APP') : null,
    h('time', { class: 'message-time', title: fullTimeOf(message.at) }, timeOf(message.at)),
  );
}

function content(message) {
  const at = { channel: message.channel, ts: message.ts };
  return h(
    'div',
    { class: 'message-content' },
    drawPieces(message.pieces, { at }),
    message.attachments.map(({ color, pieces }) =>
      h('div', { class: 'attachment', style: `--bar:${color}` }, drawPieces(pieces, { at })),
    ),
    message.files.map((file) =>
      h(
        'a',
        { class: 'file', href: new URL(file.url).pathname, download: file.name },
        icon('link', 18),
        h('span', {}, h('strong', {}, file.name), h('small', {}, `${file.type} · ${Math.ceil(file.size / 1024)} kB`)),
      ),
    ),
    message.edited ? h('span', { class: 'edited' }, '(edited)') : null,
  );
}

function systemLine(message) {
  return h(
    'article',
    {
      class: 'message system',
      tabindex: '-1',
      'aria-label': 'Channel notice',
      data: { ts: message.ts, key: `message-${message.ts}` },
    },
    h('div', { class: 'message-gutter' }, icon('info', 16)),
    h('div', { class: 'message-body' }, drawPieces(message.pieces, { at: {} })),
  );
}

function reactions(message) {
  if (message.reactions.length === 0) return null;
  const toggle = (name) =>
    act('react', { channel: message.channel, ts: message.ts, name }).then(({ error }) => error && toast(error));
  return h(
    'div',
    { class: 'reactions' },
    message.reactions.map(({ name, html, users }) => {
      const mine = users.includes(me());
      const label = `${name.replaceAll('_', ' ')}: ${namesOf(users)} reacted`;
      return h(
        'button',
        {
          type: 'button',
          class: mine ? 'reaction mine' : 'reaction',
          'aria-pressed': mine ? 'true' : 'false',
          'aria-label': label,
          title: label,
          data: { key: `reaction-${message.ts}-${name}` },
          on: { click: () => toggle(name) },
        },
        EMOJI[name] ? h('span', { class: 'glyph' }, EMOJI[name]) : h('span', { class: 'glyph', html }),
        h('span', { class: 'reaction-count' }, String(users.length)),
      );
    }),
    h(
      'button',
      {
        type: 'button',
        class: 'reaction add',
        'aria-label': 'Add reaction',
        title: 'Add reaction',
        on: { click: (event) => pickEmoji(event.currentTarget, toggle) },
      },
      icon('smile', 16),
    ),
  );
}

function threadLine(message) {
  const { count, users, last } = message.replies;
  if (count === 0) return null;
  return h(
    'button',
    { type: 'button', class: 'thread-line', on: { click: () => openThread(message.channel, message.ts) } },
    users.slice(0, 4).map((id) => avatar(id, 24)),
    h('span', { class: 'thread-count' }, `${count} ${count === 1 ? 'reply' : 'replies'}`),
    h('span', { class: 'thread-last' }, `Last reply ${agoOf(last)}`),
    h('span', { class: 'thread-view' }, 'View thread'),
  );
}
