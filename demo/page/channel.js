/** The main pane on a conversation: its header, bookmarks and pins, the messages, the composer. */

import { drawChannelHead } from './channel-head.js';
import { coachCard } from './coach.js';
import { composer } from './composer.js';
import { fill, h, icon } from './dom.js';
import { messageList } from './messages.js';
import { avatar, titleOf } from './people.js';
import { act, appDirect, channelOf, conversation, loadConversation, me, store } from './store.js';

/** Builds the pane for one conversation. `draw` brings it up to date. */
export function channelPane(id) {
  const head = h('div', { class: 'pane-head' });
  const bar = h('div', { class: 'bookmarks' });
  const foot = h('div', { class: 'pane-foot' });
  const list = messageList({ label: `Messages in ${titleOf(channelOf(id))}`, inThread: false });
  const element = h('div', { class: 'pane' }, head, bar, list.element, foot);
  let footKey = '';
  let write;
  let marked = '';
  list.element.addEventListener('scroll', markRead);
  window.addEventListener('focus', markRead);
  list.stick();

  function draw() {
    const channel = channelOf(id);
    if (!channel) return;
    drawChannelHead(channel, { head, bar, redraw: draw });
    const messages = conversation(id);
    list.show({ messages, newSince: store.newSince, lead: lead(channel, messages) });
    drawFoot(channel);
    markRead();
  }

  function lead(channel, messages) {
    if (store.hasEarlier.get(id))
      return h(
        'button',
        { type: 'button', class: 'button earlier', on: { click: () => loadConversation(id, messages[0]?.ts) } },
        'Show earlier messages',
      );
    if (!store.hasEarlier.has(id)) return null;
    if (channel.kind === 'dm')
      return h(
        'div',
        { class: 'beginning' },
        avatar(channel.partner, 56),
        h('h2', {}, titleOf(channel)),
        h('p', {}, `This is the start of your conversation with ${titleOf(channel)}.`),
      );
    return h(
      'div',
      { class: 'beginning' },
      h('h2', {}, icon(channel.kind === 'private' ? 'lock' : 'hash', 26), channel.name),
      h('p', {}, `This is the very beginning of the ${channel.name} channel. ${channel.topic.text}`),
    );
  }

  function drawFoot(channel) {
    const isApp = id === appDirect()?.id;
    const kind = channel.isArchived
      ? 'archived'
      : !channel.isMember
        ? 'join'
        : isApp && store.state.app.readOnly
          ? 'off'
          : 'write';
    const key = `${kind} ${me()}`;
    if (key === footKey) return;
    footKey = key;
    if (kind === 'write') {
      write = composer({ channel: id, placeholder: `Message ${titleOf(channel)}`, onSent: () => list.toEnd() });
      fill(
        foot,
        coachCard((text) => write.put(text)),
        write.element,
      );
      if (!window.matchMedia('(max-width: 760px)').matches) write.field.focus({ preventScroll: true });
    } else if (kind === 'join') {
      fill(
        foot,
        h(
          'div',
          { class: 'foot-note' },
          h('p', {}, 'You are viewing ', h('strong', {}, titleOf(channel))),
          h(
            'button',
            { type: 'button', class: 'button primary', on: { click: () => act('join', { channel: id }) } },
            'Join channel',
          ),
        ),
      );
    } else {
      fill(
        foot,
        h(
          'div',
          { class: 'foot-note' },
          h(
            'p',
            {},
            kind === 'archived'
              ? 'This channel is archived. Nobody can post in it.'
              : 'Sending messages to this app has been turned off.',
          ),
        ),
      );
    }
  }

  function markRead() {
    const channel = channelOf(id);
    const newest = conversation(id).findLast(({ isPrivate }) => !isPrivate);
    if (
      !channel?.isMember ||
      !newest ||
      !list.isAtEnd() ||
      !document.hasFocus() ||
      store.route.id !== id ||
      store.heldUnread === id
    )
      return;
    if (newest.ts <= channel.lastRead || newest.ts === marked) return;
    marked = newest.ts;
    void act('read', { channel: id, ts: newest.ts });
  }

  return {
    id,
    element,
    draw,
    put: (text) => write?.put(text),
    destroy: () => window.removeEventListener('focus', markRead),
  };
}
