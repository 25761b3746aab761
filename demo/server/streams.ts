/**
 * Live updates: one server-sent event stream per open page. A change of a row becomes the few things that look different for
 * each person; changes of one turn of the event loop are sent together, each thing once.
 */
import type { ServerResponse } from 'node:http';
import type { ClientView, PageNow } from '../show/client-view.ts';
import type { Update } from '../show/wire.ts';
import type { Change, Emulator } from '../slack/emulator.ts';

const KEEP_ALIVE_MS = 20_000;

interface Stream {
  readonly personId: string;
  readonly response: ServerResponse;
  lastWaiting: string;
}

export interface Streams {
  /** Tells every page that the history has been played. */
  played(): void;
  /** Tells every page how the clock stands. */
  moved(): void;
  /** Starts a stream for a page acting as a person: everything first, then what changes. */
  open(personId: string, response: ServerResponse): void;
  close(): void;
}

/** `now` gives what is so for everybody when a page is opened. */
export function streams(o: { emulator: Emulator; view: ClientView; now: () => PageNow }): Streams {
  const { emulator, view } = o;
  const open = new Set<Stream>();
  let pending = new Map<string, (personId: string) => Update | undefined>();

  emulator.onChange((change) => {
    if (open.size === 0) return;
    if (pending.size === 0) setImmediate(flush);
    for (const [key, update] of looksDifferent(change)) pending.set(key, update);
  });

  function looksDifferent(change: Change): [string, (personId: string) => Update | undefined][] {
    switch (change.table) {
      case 'messages': {
        const row = change.after ?? change.before;
        if (!row) return [];
        const { channel_id: channel, ts } = row;
        const message = (personId: string): Update | undefined => {
          if (!sees(personId, channel)) return undefined;
          const now = emulator
            .table('messages')
            .findBy('channel_id', channel)
            .find((one) => one.ts === ts);
          return now ? { name: 'message', data: view.message(now) } : { name: 'message-gone', data: { channel, ts } };
        };
        return [[`message ${channel} ${ts}`, message], channelUpdate(channel)];
      }
      case 'ephemeral_messages': {
        const row = change.after ?? change.before;
        if (!row) return [];
        const { channel_id: channel, ts, target_user } = row;
        const message = (personId: string): Update | undefined => {
          if (personId !== target_user) return undefined;
          const now = emulator.table('ephemeral_messages').findOneBy('ts', ts);
          return now ? { name: 'message', data: view.ephemeral(now) } : { name: 'message-gone', data: { channel, ts } };
        };
        return [[`private ${channel} ${ts}`, message]];
      }
      case 'channels':
      case 'pins':
      case 'bookmarks': {
        const id = (change.after ?? change.before)?.channel_id;
        return id ? [channelUpdate(id)] : [];
      }
      // Nobody sees a file until a message shows it.
      case 'files':
        return [];
      case 'users':
        return [['people', () => ({ name: 'people', data: view.people() })]];
      case 'views': {
        const row = change.after ?? change.before;
        if (!row) return [];
        const update = (personId: string): Update | undefined => {
          if (personId !== row.user_id) return undefined;
          if (row.type === 'modal') return { name: 'modals', data: view.modals(personId) };
          const home = view.home(personId);
          return home ? { name: 'home', data: home } : undefined;
        };
        return [[`${row.type} ${row.user_id}`, update]];
      }
    }
  }

  function channelUpdate(id: string): [string, (personId: string) => Update] {
    return [
      `channel ${id}`,
      (personId) => {
        const row = emulator.table('channels').findOneBy('channel_id', id);
        const data = row && view.channel(row, personId);
        return data ? { name: 'channel', data } : { name: 'channel-gone', data: { id } };
      },
    ];
  }

  function sees(personId: string, channelId: string): boolean {
    const row = emulator.table('channels').findOneBy('channel_id', channelId);
    return row !== undefined && view.channel(row, personId) !== undefined;
  }

  function flush(): void {
    const updates = [...pending.values()];
    pending = new Map();
    const waiting = view.waiting();
    for (const stream of open) {
      for (const update of updates) {
        const sent = update(stream.personId);
        if (sent) write(stream, sent);
      }
      const text = JSON.stringify(waiting);
      if (text !== stream.lastWaiting) write(stream, { name: 'waiting', data: waiting });
      stream.lastWaiting = text;
    }
  }

  const pulse = setInterval(() => {
    for (const { response } of open) response.write(': here\n\n');
  }, KEEP_ALIVE_MS).unref();

  return {
    open(personId, response) {
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        connection: 'keep-alive',
      });
      const stream: Stream = { personId, response, lastWaiting: '' };
      write(stream, { name: 'state', data: view.state(personId, o.now()) });
      open.add(stream);
      response.once('close', () => open.delete(stream));
    },
    played() {
      for (const stream of open) write(stream, { name: 'played', data: null });
    },
    moved() {
      for (const stream of open) write(stream, { name: 'time', data: o.now().time });
    },
    close() {
      clearInterval(pulse);
      for (const { response } of open) response.end();
    },
  };
}

function write({ response }: Stream, { name, data }: Update): void {
  response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}
