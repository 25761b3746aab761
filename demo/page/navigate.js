/** Where the person is: `/archives/<channel>`, a message in it, or the app. Back and forward work. */
import { act, appDirect, changed, channelOf, loadConversation, loadThread, store } from './store.js';

const HOME = 'app-home';

/** Shows a channel, or the app's Home or About tab. */
export function goTo(route, { replace = false } = {}) {
  const path = `/archives/${route.kind === 'home' ? HOME : route.id}`;
  if (location.pathname !== path) history[replace ? 'replaceState' : 'pushState'](null, '', path);
  return show(route);
}

/** Follows a link into the workspace: a channel, or `/archives/C1/p<ts without its dot>` with an optional thread. */
export async function goToAddress(address) {
  const url = new URL(address, location.href);
  const [, , id = '', message = ''] = url.pathname.split('/');
  if (id === HOME) return goTo({ kind: 'home', tab: 'home' });
  if (!channelOf(id)) return goTo(firstRoute(), { replace: true });
  history.pushState(null, '', url);
  await show({ kind: 'channel', id });
  const ts = message.replace(/^p(\d{10})(\d+)$/, '$1.$2');
  const thread = url.searchParams.get('thread_ts');
  if (thread) await openThread(id, thread);
  if (ts) highlight(ts);
  return undefined;
}

async function show(route) {
  const isElsewhere = JSON.stringify(route) !== JSON.stringify(store.route);
  store.route = route;
  if (isElsewhere) store.thread = null;
  store.heldUnread = null;
  document.getElementById('app').dataset.menu = 'closed';
  if (route.kind === 'home') {
    changed();
    await act('open-app', { tab: 'home' });
    return;
  }
  const channel = channelOf(route.id);
  store.newSince = channel?.unread ? channel.lastRead : null;
  changed();
  await loadConversation(route.id);
  if (route.id === appDirect()?.id) void act('open-app', { tab: 'messages' });
}

/** Opens the direct message with somebody. */
export async function goToDirect(user) {
  const { channel } = await act('direct', { user });
  if (!channel) return;
  // The stream tells of a new conversation a moment later than the answer does.
  for (let tries = 0; tries < 20 && !channelOf(channel); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  await goTo({ kind: 'channel', id: channel });
}

/** Opens a message's thread at the side. */
export async function openThread(channel, ts) {
  store.thread = { channel, ts };
  changed();
  await loadThread(channel, ts);
  requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector('#side textarea')?.focus()));
}

export function closeThread() {
  store.thread = null;
  changed();
  document.querySelector('#main .composer textarea')?.focus();
}

/** Scrolls to a message and lets it glow. */
export function highlight(ts) {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const message = document.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
      message?.scrollIntoView({ block: 'center' });
      message?.classList.add('glow');
      setTimeout(() => message?.classList.remove('glow'), 2500);
    }),
  );
}

/** The conversation a person starts in. */
export function firstRoute() {
  const open =
    store.state.channels.find(({ name, isMember }) => name === 'incidents' && isMember) ??
    store.state.channels.find(({ isMember }) => isMember);
  return { kind: 'channel', id: open?.id ?? '' };
}
