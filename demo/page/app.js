/** Starts the page: connects as a person, keeps every part of it up to date, and listens for the keys of the whole window. */
import { channelPane } from './channel.js';
import { drawClock } from './clock.js';
import { homePane } from './home.js';
import { drawModals } from './modal.js';
import { closeThread, firstRoute, goTo, goToAddress } from './navigate.js';
import { closePopover } from './popover.js';
import { currentTitle, drawRail, drawSidebar } from './sidebar.js';
import { changed, channelOf, connect, me, onChange, onTime, rememberedPerson, store } from './store.js';
import { openSwitcher } from './switcher.js';
import { drawThread } from './thread.js';
import { drawTopbar } from './topbar.js';

const part = (id) => document.getElementById(id);
let pane;

function drawMain() {
  const { route } = store;
  const isHidden = route.kind === 'channel' && !channelOf(route.id);
  if (isHidden) {
    void goTo(firstRoute(), { replace: true });
    return;
  }
  const wanted = route.kind === 'home' ? 'home' : route.id;
  if (pane?.id !== wanted || pane.owner !== me()) {
    pane?.destroy();
    pane = { ...(route.kind === 'home' ? homePane() : channelPane(route.id)), owner: me() };
    part('main').replaceChildren(pane.element);
  }
  pane.draw();
}

onChange(() => {
  if (!store.state || part('app').inert) return;
  drawTopbar(part('topbar'), become);
  drawClock();
  drawRail(part('rail'));
  drawSidebar(part('sidebar'));
  drawMain();
  drawThread(part('side'));
  drawModals();
  const waiting = store.state.channels.reduce((sum, { mentions }) => sum + mentions, 0);
  document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${currentTitle()} · ${store.state.workspace.name}`;
  part('app').dataset.ready = 'true';
});

onTime(drawClock);

/** Becomes a person, staying in the same conversation if they can see it. */
function become(personId, byKeyboard = false) {
  closePopover();
  store.thread = null;
  // Nothing of the person before stays in reach: what is typed from here on is the new one's.
  pane?.destroy();
  pane = undefined;
  part('main').replaceChildren();
  part('app').inert = true;
  let keepsFocus = byKeyboard;
  connect(personId, () => {
    part('app').inert = false;
    arrived();
    const focus = () => part('topbar').querySelector(`[data-key="persona-${personId}"]`)?.focus();
    if (keepsFocus) requestAnimationFrame(() => requestAnimationFrame(focus));
    keepsFocus = false;
  });
}

function arrived() {
  const isFirst = store.route.kind === 'channel' && store.route.id === '';
  if (isFirst && location.pathname !== '/') void goToAddress(location.href);
  else
    void goTo(isFirst || (store.route.kind === 'channel' && !channelOf(store.route.id)) ? firstRoute() : store.route, {
      replace: true,
    });
  changed();
}

window.addEventListener('popstate', () => {
  const [, , id] = location.pathname.split('/');
  void goTo(
    id === 'app-home' ? { kind: 'home', tab: 'home' } : channelOf(id) ? { kind: 'channel', id } : firstRoute(),
    { replace: true },
  );
});

document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    openSwitcher();
  } else if (event.key === 'Escape' && store.thread && !document.querySelector('dialog[open], .popover')) closeThread();
});

// On a narrow window the conversations lie over the page; a tap beside them puts them away.
part('main').addEventListener('pointerdown', () => {
  part('app').dataset.menu = 'closed';
});

connect(rememberedPerson(), arrived);
