/** The head of a conversation: its name, topic and members, its pins and bookmarks. */
import { fill, h, icon, iconButton } from './dom.js';
import { appTabs } from './home.js';
import { drawMessage } from './message.js';
import { highlight } from './navigate.js';
import { avatar, titleOf } from './people.js';
import { openMenu, openPopover } from './popover.js';
import { act, appDirect, conversation, personOf } from './store.js';

/** Brings the name, the topic, the members and the bar below them up to date. `redraw` shows the whole pane anew. */
export function drawChannelHead(channel, { head, bar, redraw }) {
  if (channel.id === appDirect()?.id) {
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
      h('span', { class: 'clipped' }, isDirect ? titleOf(channel) : channel.name),
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
              [
                {
                  label: 'Leave channel',
                  danger: true,
                  icon: 'back',
                  run: () => act('leave', { channel: channel.id }),
                },
              ],
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
            on: { click: (event) => openPins(event.currentTarget, channel, redraw) },
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

function openPins(anchor, channel, redraw) {
  const messages = conversation(channel.id);
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
      drawMessage({ ...message, replies: { count: 0, users: [] } }, { isCompact: false, inThread: true, redraw }),
      h('button', { type: 'button', class: 'button small', on: { click: jump } }, 'Jump'),
    );
  });
  const close = openPopover(anchor, h('div', { class: 'pins' }, h('h2', {}, 'Pinned messages'), cards), {
    label: 'Pinned messages',
    width: 440,
  });
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
