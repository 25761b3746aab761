/** The app's own pages: Home, Messages (a conversation, drawn by channel.js) and About. */
import { fill, h } from './dom.js';
import { goTo, goToDirect } from './navigate.js';
import { avatar } from './people.js';
import { drawPieces } from './pieces.js';
import { appDirect, store } from './store.js';
import { today } from './time.js';

/** The heading of the app's pages. */
export function appTabs(current) {
  const { app } = store.state;
  const tab = (key, label, onClick) =>
    h(
      'button',
      {
        type: 'button',
        role: 'tab',
        'aria-selected': key === current ? 'true' : 'false',
        class: 'tab',
        data: { key: `tab-${key}` },
        on: { click: onClick },
      },
      label,
    );
  return h(
    'div',
    { class: 'app-head' },
    h('h1', {}, avatar(app.userId, 28), app.name, h('span', { class: 'badge-app' }, 'APP')),
    h(
      'div',
      { role: 'tablist', 'aria-label': app.name, class: 'tabs' },
      app.home ? tab('home', 'Home', () => goTo({ kind: 'home', tab: 'home' })) : null,
      app.messages
        ? tab('messages', 'Messages', () =>
            appDirect() ? goTo({ kind: 'channel', id: appDirect().id }) : goToDirect(app.userId),
          )
        : null,
      tab('about', 'About', () => goTo({ kind: 'home', tab: 'about' })),
    ),
  );
}

/** The Home and About tabs. */
export function homePane() {
  const head = h('div', { class: 'pane-head' });
  const body = h('div', { class: 'home', role: 'tabpanel', 'aria-label': 'Home', tabindex: '0' });
  const element = h('div', { class: 'pane' }, head, body);
  let drawn = '';
  function draw() {
    const { tab } = store.route;
    fill(head, appTabs(tab));
    const { home, app, commands } = store.state;
    const looks = `${tab} ${home?.hash} ${store.state.me} ${today()}`;
    if (looks === drawn) return;
    drawn = looks;
    if (tab === 'about') {
      fill(
        body,
        h(
          'div',
          { class: 'home-inner' },
          h('h2', {}, app.name),
          h('p', {}, app.description),
          h('h3', {}, 'Slash commands'),
          h(
            'dl',
            { class: 'commands' },
            commands.map(({ command, usage, description }) =>
              h('div', {}, h('dt', {}, h('code', {}, command), ' ', h('span', {}, usage)), h('dd', {}, description)),
            ),
          ),
        ),
      );
    } else if (home) {
      fill(body, h('div', { class: 'home-inner' }, drawPieces(home.pieces, { at: { view: home.id } })));
    } else {
      fill(
        body,
        h(
          'div',
          { class: 'home-empty' },
          avatar(app.userId, 64),
          h('h2', {}, `Waiting for ${app.name}`),
          h('p', {}, 'It publishes its Home when somebody opens it.'),
        ),
      );
    }
  }
  return { id: 'home', element, draw, put: () => {}, destroy: () => {} };
}
