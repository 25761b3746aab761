/** The toolbar over a message and its menu, with the app's message shortcuts. */
import { h, iconButton } from './dom.js';
import { EMOJI, pickEmoji, QUICK } from './emoji.js';
import { startEditing } from './message-editor.js';
import { openThread } from './navigate.js';
import { avatar } from './people.js';
import { confirm, openMenu, toast } from './popover.js';
import { act, channelOf, me, store } from './store.js';

/** What can be done with a message, for a member of its channel. */
export function toolbar(message, o) {
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

/** Who pinned a message, if anybody did. */
export function pinOf(message) {
  return channelOf(message.channel)?.pins.find(({ ts }) => ts === message.ts);
}
