/** One message: who, when, what, reactions, thread; and the toolbar that appears over it. */
import { h, icon, iconButton } from './dom.js';
import { EMOJI, pickEmoji, QUICK } from './emoji.js';
import { openThread } from './navigate.js';
import { avatar, nameOf, namesOf } from './people.js';
import { drawPieces } from './pieces.js';
import { confirm, openMenu, toast } from './popover.js';
import { act, channelOf, me, personOf, store } from './store.js';
import { agoOf, fullTimeOf, timeOf } from './time.js';

const editing = new Set();

/** What decides how a message looks; when it is the same, the element can stay. */
export const appearance = (message, o) =>
  JSON.stringify([
    message,
    o.isCompact,
    o.inThread,
    pinOf(message)?.by,
    editing.has(message.ts),
    store.state.people.length,
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
        : avatar(message.user),
    ),
    h(
      'div',
      { class: 'message-body' },
      isCompact ? null : heading(message, author),
      editing.has(message.ts) ? editor(message, o) : content(message),
      reactions(message),
      inThread ? null : threadLine(message),
      message.isPrivate
        ? h(
            'button',
            {
              type: 'button',
              class: 'link dismiss',
              on: { click: () => act('dismiss', { channel: message.channel, ts: message.ts }) },
            },
            'Dismiss message',
          )
        : null,
    ),
    message.isPrivate ? null : toolbar(message, o),
  );
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

function toolbar(message, o) {
  const channel = channelOf(message.channel);
  if (!channel?.isMember || channel.isArchived) return null;
  const at = { channel: message.channel, ts: message.ts };
  const react = (name) => act('react', { ...at, name }).then(({ error }) => error && toast(error));
  return h(
    'div',
    { class: 'toolbar', role: 'group', 'aria-label': 'Message actions' },
    QUICK.map((name) =>
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': `React with ${name.replaceAll('_', ' ')}`,
          title: `:${name}:`,
          on: { click: () => react(name) },
        },
        EMOJI[name],
      ),
    ),
    iconButton('smile', 'Add reaction', (event) => pickEmoji(event.currentTarget, react)),
    o.inThread
      ? null
      : iconButton('thread', 'Reply in thread', () => openThread(message.channel, message.threadTs ?? message.ts)),
    iconButton(
      'more',
      'More actions',
      (event) => openMenu(event.currentTarget, menuItems(message, o), { label: 'More actions' }),
      { 'aria-haspopup': 'menu' },
    ),
  );
}

function menuItems(message, o) {
  const at = { channel: message.channel, ts: message.ts };
  const run = (verb, input) => () => act(verb, input).then(({ error }) => error && toast(error));
  const shortcuts = store.state.shortcuts
    .filter(({ type }) => type === 'message')
    .map(({ name, callbackId }) => ({
      label: name,
      image: avatar(store.state.app.userId, 20),
      hint: store.state.app.name,
      run: run('shortcut', { callbackId, ...at }),
    }));
  const isMine = message.user === me();
  return [
    { label: pinOf(message) ? 'Unpin from channel' : 'Pin to channel', icon: 'pin', run: run('pin', at) },
    { label: 'Mark unread from here', icon: 'unread', run: () => markUnread(message) },
    { label: 'Copy link', icon: 'link', run: () => copyLink(message) },
    ...(isMine
      ? [
          '-',
          { label: 'Edit message', icon: 'edit', run: () => startEditing(message, o) },
          { label: 'Delete message…', icon: 'trash', danger: true, run: () => askDelete(message) },
        ]
      : []),
    ...(shortcuts.length > 0 ? ['-', ...shortcuts] : []),
  ];
}

function markUnread(message) {
  const before = (Number.parseFloat(message.ts) - 0.000001).toFixed(6);
  store.newSince = before;
  store.heldUnread = message.channel;
  void act('read', { channel: message.channel, ts: before });
}

async function copyLink(message) {
  const thread =
    message.threadTs && message.threadTs !== message.ts ? `?thread_ts=${message.threadTs}&cid=${message.channel}` : '';
  const link = `${location.origin}/archives/${message.channel}/p${message.ts.replace('.', '')}${thread}`;
  await navigator.clipboard.writeText(link).then(
    () => toast('Link copied.'),
    () => toast(link),
  );
}

async function askDelete(message) {
  const agreed = await confirm({
    title: 'Delete message',
    text: 'Are you sure you want to delete this message? This cannot be undone.',
    confirm: 'Delete',
    deny: 'Cancel',
    danger: true,
  });
  if (agreed) await act('remove', { channel: message.channel, ts: message.ts });
}

function startEditing(message, o) {
  editing.add(message.ts);
  o.redraw();
}

function editor(message, o) {
  const stop = () => {
    editing.delete(message.ts);
    o.redraw();
  };
  const save = async () => {
    const { error } = await act('edit', { channel: message.channel, ts: message.ts, text: field.value });
    if (error) toast(error);
    stop();
  };
  const field = h('textarea', {
    class: 'field',
    rows: 2,
    'aria-label': 'Edit message',
    value: typed(message.text),
    on: {
      keydown: (event) => {
        if (event.key === 'Escape') stop();
        if (event.key === 'Enter' && !event.shiftKey) {
          event.preventDefault();
          void save();
        }
      },
    },
  });
  requestAnimationFrame(() => field.focus());
  return h(
    'div',
    { class: 'editor' },
    field,
    h(
      'div',
      { class: 'editor-buttons' },
      h('button', { type: 'button', class: 'button', on: { click: stop } }, 'Cancel'),
      h('button', { type: 'button', class: 'button primary', on: { click: save } }, 'Save'),
    ),
  );
}

/** A message's text as it was typed. */
function typed(text) {
  return text
    .replaceAll(/<@(\w+)(\|[^>]*)?>/g, (_, id) => `@${personOf(id)?.name ?? id}`)
    .replaceAll(/<#\w+\|([^>]*)>/g, '#$1')
    .replaceAll(/<!(\w+)>/g, '@$1')
    .replaceAll(/<(https?:[^>|]*)(\|[^>]*)?>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function pinOf(message) {
  return channelOf(message.channel)?.pins.find(({ ts }) => ts === message.ts);
}
