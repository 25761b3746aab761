/** The main pane on a conversation: its header, bookmarks and pins, the messages, the composer. */
import { coachCard } from './coach.js';
import { composer } from './composer.js';
import { fill, h, icon, iconButton } from './dom.js';
import { appTabs } from './home.js';
import { drawMessage } from './message.js';
import { messageList } from './messages.js';
import { highlight } from './navigate.js';
import { avatar, titleOf } from './people.js';
import { openMenu, openPopover } from './popover.js';
import { act, appDirect, channelOf, conversation, loadConversation, me, personOf, store } from './store.js';

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
    drawHead(channel);
    const messages = conversation(id);
    list.show({ messages, newSince: store.newSince, lead: lead(channel, messages) });
    drawFoot(channel);
    markRead();
  }

  function drawHead(channel) {
    if (id === appDirect()?.id) {
      fill(head, appTabs('messages'));
      bar.hidden = true;
      return;
    }
    const isDirect = channel.kind === 'dm';
    const partner = personOf(channel.partner);
    fill(
      head,
      h(
        'h1',
        {},
        isDirect ? avatar(channel.partner, 24) : icon(channel.kind === 'private' ? 'lock' : 'hash', 20),
        isDirect ? titleOf(channel) : channel.name,
      ),
      isDirect
        ? h('p', { class: 'topic' }, partner?.title)
        : h('p', { class: 'topic blocks', title: channel.topic.text, html: channel.topic.html }),
      isDirect
        ? null
        : h(
            'button',
            {
              type: 'button',
              class: 'members',
              'aria-label': `${channel.members.length} members`,
              title: 'Members',
              'aria-haspopup': 'menu',
              data: { key: 'members' },
              on: { click: (event) => openMembers(event.currentTarget, channel) },
            },
            channel.members.slice(0, 3).map((member) => avatar(member, 20)),
            h('span', {}, String(channel.members.length)),
          ),
      isDirect || !channel.isMember
        ? null
        : iconButton(
            'more',
            'Channel options',
            (event) =>
              openMenu(
                event.currentTarget,
                [{ label: 'Leave channel', danger: true, icon: 'back', run: () => act('leave', { channel: id }) }],
                { label: 'Channel options' },
              ),
            { 'aria-haspopup': 'menu' },
          ),
    );
    bar.hidden = channel.pins.length === 0 && channel.bookmarks.length === 0;
    fill(
      bar,
      channel.pins.length > 0
        ? h(
            'button',
            {
              type: 'button',
              class: 'bookmark',
              'aria-haspopup': 'dialog',
              data: { key: 'pins' },
              on: { click: (event) => openPins(event.currentTarget, channel) },
            },
            icon('pin', 16),
            `${channel.pins.length} pinned`,
          )
        : null,
      channel.bookmarks.map(({ title, link, emoji }) =>
        h(
          'a',
          { class: 'bookmark', href: link, target: '_blank', rel: 'noreferrer' },
          emoji ? h('span', { class: 'bookmark-emoji' }, glyph(emoji)) : icon('link', 16),
          title,
        ),
      ),
    );
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

  function openPins(anchor, channel) {
    const messages = conversation(id);
    const cards = channel.pins.map(({ ts }) => {
      const message = messages.find((one) => one.ts === ts);
      if (!message) return h('p', { class: 'pin-missing' }, 'A message further back.');
      const jump = () => {
        close();
        highlight(ts);
      };
      return h(
        'div',
        { class: 'pin-card' },
        drawMessage(
          { ...message, replies: { count: 0, users: [] } },
          { isCompact: false, inThread: true, redraw: draw },
        ),
        h('button', { type: 'button', class: 'button small', on: { click: jump } }, 'Jump'),
      );
    });
    const close = openPopover(anchor, h('div', { class: 'pins' }, h('h2', {}, 'Pinned messages'), cards), {
      label: 'Pinned messages',
      width: 440,
    });
  }

  return {
    id,
    element,
    draw,
    put: (text) => write?.put(text),
    destroy: () => window.removeEventListener('focus', markRead),
  };
}

function openMembers(anchor, channel) {
  const people = channel.members.map(personOf).filter(Boolean);
  openPopover(
    anchor,
    h(
      'ul',
      { class: 'member-list', tabindex: '-1' },
      people.map((person) =>
        h(
          'li',
          {},
          avatar(person.id, 28),
          h('span', {}, h('strong', {}, person.displayName), h('small', {}, person.title)),
          person.isBot ? h('span', { class: 'badge-app' }, 'APP') : null,
        ),
      ),
    ),
    { label: 'Members', align: 'end', width: 300 },
  );
}

/** A bookmark's emoji comes as a name. */
function glyph(emoji) {
  const name = emoji.replaceAll(':', '');
  return (
    {
      bar_chart: '📊',
      book: '📖',
      link: '🔗',
      memo: '📝',
      rotating_light: '🚨',
      page_facing_up: '📄',
      globe_with_meridians: '🌐',
      telephone_receiver: '📞',
    }[name] ?? '🔖'
  );
}
