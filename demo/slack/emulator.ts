/**
 * Slack's Web API on this machine: `emulate` in this process, with the three things it does not offer - its store, a word
 * when a row changes, and its events. They are reached by wrapping its Slack plugin while it starts, which leans on its
 * internals; so the version is exact, and this is the only file that does it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createEmulator } from 'emulate';
import { asSlackAnswers } from './fidelity.ts';
import { freePort } from './free-port.ts';
import { missingMethod, type UserGroup } from './missing-methods.ts';
import type { Collection, Row, Tables } from './records.ts';

const VERSION = '0.12.2';

/** A change of one row; `before` is absent for a new row, `after` for a deleted one. */
export type Change = {
  readonly [T in keyof Tables]: { readonly table: T; readonly before?: Tables[T]; readonly after?: Tables[T] };
}[keyof Tables];

/** An event as `emulate` would post it to a webhook: without the fields of the app's installation. */
export interface RawEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** What Slack's Web API answers. */
export interface ApiAnswer {
  readonly ok: boolean;
  readonly error?: string;
  readonly [field: string]: unknown;
}

export interface Emulator {
  /** The value for the app's `slackApiUrl`. */
  readonly apiUrl: string;
  table<T extends keyof Tables>(name: T): Collection<Tables[T]>;
  /** Every row of every collection, as plain JSON. */
  snapshot(): unknown;
  /** Replaces everything in the store by what `snapshot` gave. */
  restore(snapshot: unknown): void;
  /** Replaces the rows of a collection the demo does not otherwise use (teams, bots, tokens). */
  put(collection: string, rows: readonly object[]): void;
  /** Calls a Web API method with a token, through the same code as over HTTP. */
  call(token: string, method: string, args: object): Promise<ApiAnswer>;
  /** Answers an HTTP request as the emulator would (file uploads and downloads). */
  fetch(request: Request): Promise<Response>;
  /** Tells of every change of a row until the returned function is called. */
  onChange(listener: (change: Change) => void): () => void;
  onEvent(listener: (event: RawEvent) => void): void;
  close(): Promise<void>;
}

interface TokenRow extends Row {
  readonly token: string;
  readonly user_id: string;
  readonly scopes: readonly string[];
}
interface Store {
  readonly collections: ReadonlyMap<string, Collection<Row>>;
  collection(name: string): Collection<Row> & { insert(row: object): Row };
  snapshot(): unknown;
  restore(snapshot: unknown): void;
  setData(key: string, value: unknown): void;
}
interface Webhooks {
  dispatch(event: string, action: unknown, payload: { event: RawEvent }): Promise<void>;
}
interface App {
  fetch(request: Request): Promise<Response>;
}
interface Captured {
  readonly app: App;
  readonly store: Store;
  readonly webhooks: Webhooks;
}
interface Plugin {
  register(app: App, store: Store, webhooks: Webhooks, ...rest: unknown[]): void;
}

const TABLES: readonly (keyof Tables)[] = [
  'users',
  'channels',
  'messages',
  'ephemeral_messages',
  'pins',
  'bookmarks',
  'views',
  'files',
];

/**
 * Starts Slack's Web API on a free port of the loopback address, with an empty workspace.
 * @param options.baseUrl the address permalinks and file links start with
 * @param options.timeZone the IANA zone `users.info` reports for everybody
 * @param options.userGroups none unless told
 */
export async function startEmulator(options: {
  baseUrl: string;
  timeZone: string;
  userGroups?: readonly UserGroup[];
}): Promise<Emulator> {
  const { baseUrl, timeZone, userGroups = [] } = options;
  // Port 0 would do, but emulate does not tell which port it got when it is given a base address.
  const port = await freePort();
  const { plugin, version } = await loadPlugin();
  if (version !== VERSION)
    throw new Error(`The demo needs emulate ${VERSION} exactly and found ${version}: run "npm ci".`);

  let captured: Captured | undefined;
  const register = plugin.register;
  plugin.register = function (app, store, webhooks, ...rest) {
    captured = { app, store, webhooks };
    register.call(this, app, store, webhooks, ...rest);
    const fetch = app.fetch;
    const missing = (token: string, method: string, args: Readonly<Record<string, unknown>>) =>
      missingMethod({ emulator, userGroups, asker: tokenRow(token)?.user_id ?? '' }, method, args);
    app.fetch = asSlackAnswers(fetch, { scopesOf: (token) => tokenRow(token)?.scopes, missing, timeZone });
  };
  const server = await createEmulator({ service: 'slack', port, hostname: '127.0.0.1', baseUrl }).finally(() => {
    plugin.register = register;
  });
  if (!captured) throw new Error(`emulate ${VERSION} started without its Slack plugin: run "npm ci".`);
  const { app, store, webhooks } = captured;
  function tokenRow(token: string): TokenRow | undefined {
    const tokens = store.collection('slack.tokens').all() as TokenRow[];
    return tokens.find((row) => row.token === token);
  }

  const changeListeners = new Set<(change: Change) => void>();
  const eventListeners: ((event: RawEvent) => void)[] = [];
  const tell = (change: Change) => {
    for (const listener of changeListeners) listener(change);
  };
  // emulate waits for every webhook before it answers the call that caused it; Slack does not, so neither does this.
  webhooks.dispatch = async (_event, _action, payload) => {
    for (const listener of eventListeners) listener(payload.event);
  };
  // Its default people and channels are not this workspace's.
  for (const rows of store.collections.values()) rows.clear();
  for (const table of TABLES) watch(store, table, tell);
  store.setData('slack.strict_scopes', true);

  const emulator: Emulator = {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    table: <T extends keyof Tables>(name: T) => store.collection(`slack.${name}`) as unknown as Collection<Tables[T]>,
    snapshot: () => store.snapshot(),
    restore(snapshot) {
      store.restore(snapshot);
      for (const table of TABLES) watch(store, table, tell);
    },
    put(collection, rows) {
      const target = store.collection(`slack.${collection}`);
      target.clear();
      for (const row of rows) target.insert(row);
    },
    async call(token, method, args) {
      const response = await app.fetch(
        new Request(`http://127.0.0.1/api/${method}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(args),
        }),
      );
      return (await response.json()) as ApiAnswer;
    },
    fetch: (request) => app.fetch(request),
    onChange(listener) {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    onEvent: (listener) => void eventListeners.push(listener),
    close: () => server.close(),
  };
  return emulator;
}

/** Makes a collection say when a row of it changes. */
function watch(store: Store, table: keyof Tables, tell: (change: Change) => void): void {
  const rows = store.collection(`slack.${table}`);
  if (watched.has(rows)) return;
  watched.add(rows);
  const { insert, update, delete: remove } = rows;
  const change = (before: Row | undefined, after: Row | undefined) => tell({ table, before, after } as Change);
  rows.insert = (row: object) => {
    const after = insert.call(rows, row as never);
    change(undefined, after);
    return after;
  };
  rows.update = (id, fields) => {
    const before = rows.get(id);
    const after = update.call(rows, id, fields);
    change(before, after);
    return after;
  };
  rows.delete = (id) => {
    const before = rows.get(id);
    const deleted = remove.call(rows, id);
    if (deleted) change(before, undefined);
    return deleted;
  };
}
const watched = new WeakSet<object>();

/** The module of `emulate` that holds its Slack plugin has a hashed name, so it is found by what it exports. */
async function loadPlugin(): Promise<{ plugin: Plugin; version: string }> {
  const dist = dirname(fileURLToPath(import.meta.resolve('emulate')));
  const { version } = JSON.parse(readFileSync(join(dist, '../package.json'), 'utf8')) as { version: string };
  const chunk = readdirSync(dist)
    .filter((file) => file.endsWith('.js'))
    .find((file) => /export \{[^}]*slackPlugin/.test(readFileSync(join(dist, file), 'utf8')));
  if (!chunk)
    throw new Error(`No module of emulate ${version} exports slackPlugin; the demo needs version ${VERSION}.`);
  const { slackPlugin } = (await import(pathToFileURL(join(dist, chunk)).href)) as { slackPlugin: Plugin };
  return { plugin: slackPlugin, version };
}
