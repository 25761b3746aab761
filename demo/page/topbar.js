/** The bar at the top: what this page is, jumping, and whom one acts as. */

import { openAbout } from './about.js';
import { clockButton } from './clock.js';
import { fill, h, icon } from './dom.js';
import { avatar, unreadMark } from './people.js';
import { me, personOf, store } from './store.js';
import { openSwitcher } from './switcher.js';

let drawn = '';

/** @param {HTMLElement} element @param {(personId: string, byKeyboard?: boolean) => void} actAs */
export function drawTopbar(element, actAs) {
  const { state } = store;
  // Drawn anew only when it looks different: a button that is replaced under the pointer is never clicked.
  const looks = JSON.stringify([store.isLive, state.isPlaying, state.me, state.waiting, state.people]);
  if (looks === drawn) return;
  drawn = looks;
  fill(
    element,
    h(
      'button',
      {
        type: 'button',
        class: 'icon-button burger',
        'aria-label': 'Conversations',
        data: { key: 'burger' },
        on: { click: toggleMenu },
      },
      icon('menu', 20),
    ),
    h(
      'div',
      { class: 'topbar-left' },
      h(
        'button',
        {
          type: 'button',
          class: 'demo-pill',
          title: 'What this page is, and what of Slack it does not do',
          data: { key: 'pill' },
          on: { click: () => openAbout() },
        },
        h('span', { class: store.isLive ? `live-dot${state.isPlaying ? ' busy' : ''}` : 'live-dot off' }),
        !store.isLive ? 'Reconnecting…' : state.isPlaying ? 'Playing yesterday’s incident…' : 'Local demo',
        h('span', { class: 'demo-pill-more' }, 'not Slack'),
      ),
      clockButton(),
    ),
    h(
      'button',
      { type: 'button', class: 'search', data: { key: 'search' }, on: { click: () => openSwitcher() } },
      icon('search', 16),
      h('span', {}, `Search ${state.workspace.name}`),
      h('kbd', {}, 'Ctrl K'),
    ),
    h(
      'div',
      { class: 'personas' },
      h('span', { class: 'personas-label', id: 'act-as' }, 'Act as'),
      h(
        'div',
        { role: 'radiogroup', 'aria-labelledby': 'act-as', class: 'personas-group', on: { keydown: moveBetween } },
        state.personas.map(persona),
      ),
    ),
  );

  function persona(id) {
    const person = personOf(id);
    const isMe = id === me();
    const { mentions = 0, isUnread = false, hasModal = false } = state.waiting[id] ?? {};
    return h(
      'button',
      {
        type: 'button',
        role: 'radio',
        class: 'persona',
        'aria-checked': isMe ? 'true' : 'false',
        tabindex: isMe ? '0' : '-1',
        title: `${person.realName} · ${person.title}`,
        data: { key: `persona-${id}` },
        on: { click: () => !isMe && actAs(id) },
      },
      avatar(id, 24),
      h(
        'span',
        { class: 'persona-text' },
        h('span', { class: 'persona-name' }, person.displayName),
        h('span', { class: 'persona-title', 'aria-hidden': 'true' }, person.title),
      ),
      h('span', { class: 'said' }, person.title),
      isMe ? null : unreadMark(Number(isUnread), mentions),
      !isMe && mentions === 0 && (isUnread || hasModal) ? h('span', { class: 'persona-dot' }) : null,
    );
  }

  function moveBetween(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = state.personas.indexOf(me());
    actAs(state.personas.at((at + step) % state.personas.length), true);
  }
}

function toggleMenu() {
  const app = document.getElementById('app');
  app.dataset.menu = app.dataset.menu === 'open' ? 'closed' : 'open';
}
