/** The left side: the rail, and the conversations with what is unread in them. */

import { openAbout } from './about.js';
import { fill, h, icon } from './dom.js';
import { goTo, goToDirect } from './navigate.js';
import { avatar, titleOf, unreadMark } from './people.js';
import { appDirect, me, personOf, store } from './store.js';
import { openSwitcher } from './switcher.js';

const folded = new Set();

export function drawRail(element) {
  const { route } = store;
  const isApp = route.kind === 'home' || route.id === appDirect()?.id;
  const item = (label, iconName, isCurrent, onClick) =>
    h(
      'button',
      {
        type: 'button',
        class: 'rail-item',
        'aria-current': isCurrent ? 'page' : null,
        data: { key: `rail-${label}` },
        on: { click: onClick },
      },
      h('span', { class: 'rail-icon' }, iconName === 'app' ? avatar(store.state.app.userId, 22) : icon(iconName, 20)),
      h('span', { class: 'rail-label' }, label),
    );
  fill(
    element,
    h(
      'div',
      { class: 'rail-team', title: store.state.workspace.name, 'aria-hidden': 'true' },
      store.state.workspace.name.charAt(0),
    ),
    item('Home', 'home', !isApp, () => isApp && goTo(lastChannel())),
    item(store.state.app.name, 'app', isApp, () => goTo({ kind: 'home', tab: 'home' })),
    item('About', 'info', false, () => openAbout()),
    h('div', { class: 'rail-me' }, avatar(me(), 36), h('span', { class: 'presence' })),
  );
}

let last = null;
function lastChannel() {
  return last ?? { kind: 'channel', id: store.state.channels[0].id };
}

export function drawSidebar(element) {
  const { state, route } = store;
  if (route.kind === 'channel' && route.id !== appDirect()?.id) last = route;
  const channels = state.channels
    .filter(({ kind, isMember, isArchived }) => kind !== 'dm' && isMember && !isArchived)
    .sort((a, b) => a.name.localeCompare(b.name));
  const app = appDirect();
  const people = state.people.filter(({ id, isBot }) => !isBot && id !== me());
  fill(
    element,
    h(
      'div',
      { class: 'sidebar-head' },
      h('h2', {}, state.workspace.name),
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': 'Jump to a conversation',
          title: 'Jump to a conversation',
          data: { key: 'new' },
          on: { click: () => openSwitcher() },
        },
        icon('edit', 18),
      ),
    ),
    h(
      'div',
      { class: 'sidebar-scroll' },
      section('Channels', [
        ...channels.map(channelRow),
        h(
          'button',
          { type: 'button', class: 'row quiet', data: { key: 'browse' }, on: { click: () => openSwitcher() } },
          h('span', { class: 'row-icon plus' }, icon('plus', 14)),
          h('span', { class: 'row-name' }, 'Browse channels'),
        ),
      ]),
      section('Direct messages', [...people.map(directRow), directRow(personOf(me()))]),
      section('Apps', [
        row({
          key: 'app',
          image: avatar(state.app.userId, 20),
          name: state.app.name,
          unread: app?.unread ?? 0,
          mentions: app?.mentions ?? 0,
          isCurrent: route.kind === 'home' || (app && route.id === app.id),
          onClick: () => goTo(app?.unread ? { kind: 'channel', id: app.id } : { kind: 'home', tab: 'home' }),
        }),
      ]),
    ),
    state.notice ? h('p', { class: 'sidebar-notice', role: 'note' }, state.notice) : null,
  );

  function section(title, rows) {
    const isFolded = folded.has(title);
    const shown = isFolded ? rows.filter((one) => one.matches('.unread, [aria-current]')) : rows;
    const toggle = () => {
      if (!folded.delete(title)) folded.add(title);
      drawSidebar(element);
    };
    return h(
      'section',
      { class: isFolded ? 'group folded' : 'group' },
      h(
        'h3',
        {},
        h(
          'button',
          {
            type: 'button',
            class: 'group-title',
            'aria-expanded': isFolded ? 'false' : 'true',
            data: { key: `group-${title}` },
            on: { click: toggle },
          },
          icon('caret', 16),
          title,
        ),
      ),
      h(
        'ul',
        {},
        shown.map((one) => h('li', {}, one)),
      ),
    );
  }

  function channelRow(channel) {
    return row({
      key: channel.id,
      image: icon(channel.kind === 'private' ? 'lock' : 'hash', 16),
      name: channel.name,
      unread: channel.unread,
      mentions: channel.mentions,
      isCurrent: route.kind === 'channel' && route.id === channel.id,
      onClick: () => goTo({ kind: 'channel', id: channel.id }),
    });
  }

  function directRow(person) {
    const channel = state.channels.find(({ kind, partner }) => kind === 'dm' && partner === person.id);
    const isMe = person.id === me();
    return row({
      key: `dm-${person.id}`,
      image: h('span', { class: 'row-face' }, avatar(person.id, 20), h('span', { class: 'presence' })),
      name: person.displayName,
      note: isMe ? 'you' : null,
      unread: channel?.unread ?? 0,
      mentions: channel?.mentions ?? 0,
      isCurrent: channel !== undefined && route.id === channel.id,
      isDisabled: isMe,
      onClick: () => (channel ? goTo({ kind: 'channel', id: channel.id }) : goToDirect(person.id)),
    });
  }
}

function row({ key, image, name, note, unread, mentions, isCurrent, isDisabled, onClick }) {
  return h(
    isDisabled ? 'div' : 'button',
    {
      ...(isDisabled ? {} : { type: 'button', on: { click: onClick } }),
      class: `row${unread > 0 ? ' unread' : ''}`,
      'aria-current': isCurrent ? 'page' : null,
      data: { key },
    },
    h('span', { class: 'row-icon' }, image),
    h('span', { class: 'row-name' }, name),
    note ? h('span', { class: 'row-note' }, note) : null,
    unreadMark(unread, mentions),
  );
}

/** The name of the conversation shown, for the window's title. */
export function currentTitle() {
  const { route, state } = store;
  if (route.kind === 'home') return state.app.name;
  const channel = state.channels.find(({ id }) => id === route.id);
  return channel ? titleOf(channel) : state.workspace.name;
}
