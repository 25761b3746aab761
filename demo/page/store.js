/** What the page knows, and how it hears and says more. One store; the parts of the page redraw when it changes. */

import { setAhead, today } from './time.js';

const listeners = new Set();
const timeListeners = new Set();
/** for each load under way, the messages the stream has told of since it was asked for: what it brings of these is older */
const overtaken = new Set();
let source;
let queued = false;

/** The state: what the server sent, and where the person is looking. */
export const store = {
  /** @type {any} everything of the person one acts as; null until the first update */
  state: null,
  /** messages by channel, then by ts */
  messages: new Map(),
  hasEarlier: new Map(),
  /** @type {{ kind: 'channel', id: string } | { kind: 'home', tab: 'home' | 'about' }} */
  route: { kind: 'channel', id: '' },
  /** @type {{ channel: string, ts: string } | null} */
  thread: null,
  /** where "new" begins in the open channel */
  newSince: null,
  /** the channel the person marked unread and still looks at */
  heldUnread: null,
  isLive: false,
};

export const me = () => store.state.me;
export const channelOf = (id) => store.state.channels.find((channel) => channel.id === id);
export const personOf = (id) => store.state.people.find((person) => person.id === id);
export const appDirect = () =>
  store.state.channels.find((one) => one.kind === 'dm' && one.partner === store.state.app.userId);

/** Calls back after each change, at most once a frame. */
export function onChange(listener) {
  listeners.add(listener);
}

/** Calls back when the clock was moved: many times a second while it moves, so no more is redrawn than shows the time. */
export function onTime(listener) {
  timeListeners.add(listener);
}

/** Asks for a redraw. */
export function changed() {
  if (queued) return;
  queued = true;
  requestAnimationFrame(() => {
    queued = false;
    for (const listener of listeners) listener();
  });
}

/** Who this tab acts as; each tab can be somebody else. */
export function rememberedPerson() {
  return sessionStorage.getItem('act-as') ?? 'U0ALICE';
}

/** Becomes a person: their stream replaces the one before. `onState` runs when everything of theirs has arrived. */
export function connect(personId, onState) {
  source?.close();
  sessionStorage.setItem('act-as', personId);
  source = new EventSource(`/api/stream?as=${personId}`);
  const on = (name, handle) =>
    source.addEventListener(name, (event) => {
      handle(JSON.parse(event.data));
      changed();
    });
  source.addEventListener('error', () => {
    store.isLive = false;
    changed();
  });
  on('state', (state) => {
    store.state = state;
    setAhead(state.time.ahead);
    store.messages = new Map();
    store.isLive = true;
    onState();
  });
  on('message', (message) => put(message));
  on('message-gone', ({ channel, ts }) => {
    for (const newer of overtaken) newer.add(ts);
    store.messages.get(channel)?.delete(ts);
  });
  on('channel', (channel) => {
    const at = store.state.channels.findIndex(({ id }) => id === channel.id);
    if (at < 0) store.state.channels.push(channel);
    else store.state.channels[at] = channel;
  });
  on('channel-gone', ({ id }) => {
    store.state.channels = store.state.channels.filter((channel) => channel.id !== id);
  });
  on('people', (people) => {
    store.state.people = people;
  });
  on('modals', (modals) => {
    store.state.modals = modals;
  });
  on('home', (home) => {
    store.state.home = home;
  });
  source.addEventListener('time', (event) => {
    const before = today();
    store.state.time = JSON.parse(event.data);
    setAhead(store.state.time.ahead);
    for (const listener of timeListeners) listener();
    if (today() !== before) changed();
  });
  on('played', () => {
    store.state.isPlaying = false;
  });
  on('waiting', (waiting) => {
    store.state.waiting = waiting;
  });
}

function put(message) {
  for (const newer of overtaken) newer.add(message.ts);
  if (!store.messages.has(message.channel)) return;
  store.messages.get(message.channel).set(message.ts, message);
}

/** The messages of a channel's main view, oldest first. */
export function conversation(channelId) {
  return sorted(channelId).filter(({ threadTs, ts, broadcast }) => !threadTs || threadTs === ts || broadcast);
}

/** A message and its replies. */
export function threadOf(channelId, ts) {
  return sorted(channelId).filter((one) => one.ts === ts || one.threadTs === ts);
}

function sorted(channelId) {
  const all = [...(store.messages.get(channelId)?.values() ?? [])];
  return all.sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

/** Loads the latest messages of a channel, or those before a message. */
export async function loadConversation(channelId, before) {
  if (!store.messages.has(channelId)) store.messages.set(channelId, new Map());
  const kept = store.messages.get(channelId);
  const query = new URLSearchParams({ as: me(), channel: channelId, ...(before ? { before } : {}) });
  const hasEarlier = await load(`/api/conversation?${query}`, kept);
  store.hasEarlier.set(channelId, hasEarlier);
  changed();
}

/** Loads a thread. */
export async function loadThread(channelId, ts) {
  const kept = store.messages.get(channelId) ?? new Map();
  store.messages.set(channelId, kept);
  await load(`/api/thread?${new URLSearchParams({ as: me(), channel: channelId, ts })}`, kept);
  changed();
}

async function load(url, kept) {
  const newer = new Set();
  overtaken.add(newer);
  try {
    const response = await fetch(url);
    const { messages, hasEarlier } = response.ok ? await response.json() : { messages: [] };
    for (const message of messages) if (!newer.has(message.ts)) kept.set(message.ts, message);
    return hasEarlier;
  } finally {
    overtaken.delete(newer);
  }
}

/**
 * Does something as the person. Never throws: a failure is `{ error }`, a sentence.
 * @returns {Promise<any>}
 */
export function act(verb, input) {
  return post(`/api/do/${verb}?as=${me()}`, input);
}

/** Moves the clock, for everybody, or stops it where it is. As `act`. */
export function moveClock(step) {
  return post(`/api/time/${step}`, {});
}

async function post(url, input) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    return await response.json();
  } catch {
    return { error: 'The demo is not running any more. Start it again with npm run demo.' };
  }
}
