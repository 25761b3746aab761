/** Jumping: Ctrl K lists conversations, joined or not. */
import { h, icon } from './dom.js';
import { goTo, goToDirect } from './navigate.js';
import { avatar } from './people.js';
import { me, store } from './store.js';

/** Opens the list. */
export function openSwitcher() {
  if (document.querySelector('dialog.switcher')) return;
  let active = 0;
  let shown = [];
  const list = h('div', { role: 'listbox', id: 'switcher-list', class: 'options', 'aria-label': 'Conversations' });
  const input = h('input', {
    type: 'text',
    role: 'combobox',
    'aria-label': 'Jump to a conversation',
    'aria-controls': 'switcher-list',
    'aria-expanded': 'true',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    placeholder: 'Jump to…',
    on: { input: draw, keydown },
  });
  const dialog = h(
    'dialog',
    {
      class: 'switcher',
      'aria-label': 'Jump to a conversation',
      on: { close: () => dialog.remove(), click: (event) => event.target === dialog && dialog.close() },
    },
    h('div', { class: 'switcher-head' }, icon('search', 18), input),
    list,
  );
  document.body.append(dialog);
  dialog.showModal();
  draw();

  function draw() {
    const query = input.value.trim().toLowerCase().replace(/^[#@]/, '');
    shown = places().filter(({ name }) => name.toLowerCase().includes(query));
    active = 0;
    list.replaceChildren(
      ...(shown.length === 0
        ? [h('div', { class: 'options-empty' }, 'Nothing by that name')]
        : shown.map((place, index) =>
            h(
              'div',
              {
                role: 'option',
                id: `switcher-${index}`,
                class: 'option',
                'aria-selected': 'false',
                on: { click: () => choose(place), pointermove: () => mark(index) },
              },
              place.image(),
              h('span', { class: 'option-text' }, place.name),
              h('span', { class: 'menu-hint' }, place.note),
            ),
          )),
    );
    mark(0);
  }
  function mark(index) {
    active = index;
    for (const [at, node] of [...list.querySelectorAll('.option')].entries()) {
      node.classList.toggle('active', at === active);
      node.setAttribute('aria-selected', at === active ? 'true' : 'false');
    }
    input.setAttribute('aria-activedescendant', `switcher-${active}`);
    list.querySelector('.active')?.scrollIntoView({ block: 'nearest' });
  }
  function keydown(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      mark((active + step + shown.length) % Math.max(shown.length, 1));
    } else if (event.key === 'Enter' && shown[active]) {
      event.preventDefault();
      choose(shown[active]);
    }
  }
  function choose(place) {
    dialog.close();
    place.go();
  }
}

function places() {
  const channels = store.state.channels
    .filter(({ kind }) => kind !== 'dm')
    .sort(
      (a, b) =>
        Number(b.unread > 0) - Number(a.unread > 0) ||
        Number(b.isMember) - Number(a.isMember) ||
        a.name.localeCompare(b.name),
    )
    .map((channel) => ({
      name: channel.name,
      note: channel.isArchived ? 'archived' : channel.isMember ? (channel.unread > 0 ? 'unread' : '') : 'not joined',
      image: () => icon(channel.kind === 'private' ? 'lock' : 'hash', 18),
      go: () => goTo({ kind: 'channel', id: channel.id }),
    }));
  const people = store.state.people
    .filter(({ id, isBot }) => !isBot && id !== me())
    .map(({ id, realName, title }) => ({
      name: realName,
      note: title,
      image: () => avatar(id, 20),
      go: () => goToDirect(id),
    }));
  const app = {
    name: store.state.app.name,
    note: 'app',
    image: () => avatar(store.state.app.userId, 20),
    go: () => goTo({ kind: 'home', tab: 'home' }),
  };
  return [...channels, ...people, app];
}
