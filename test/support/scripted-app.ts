/**
 * An app for tests of the demo: it says what it is told to say and remembers what Slack sent it. It checks no signature; the
 * journeys do that with the real app.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What Slack sent: the fields of a command, the payload of an interaction, or the envelope of an event. */
type Heard = Readonly<Record<string, unknown>>;

export interface ScriptedApp {
  readonly url: string;
  readonly heard: readonly Heard[];
  /** The answer to the next request; a bare 200 when nothing is planned. `never` leaves Slack waiting. */
  next(answer: { status?: number; body?: object | string } | 'never'): void;
  stop(): Promise<void>;
}

export async function startScriptedApp(): Promise<ScriptedApp> {
  const heard: Heard[] = [];
  const planned: ({ status?: number; body?: object | string } | 'never')[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const isJson = request.headers['content-type']?.includes('json');
      const fields = isJson ? (JSON.parse(text) as Heard) : Object.fromEntries(new URLSearchParams(text));
      heard.push(typeof fields['payload'] === 'string' ? (JSON.parse(fields['payload']) as Heard) : fields);
      const answer = fields['type'] === 'event_callback' ? {} : (planned.shift() ?? {});
      if (answer === 'never') return;
      const { status = 200, body } = answer;
      response.writeHead(status, { 'content-type': typeof body === 'object' ? 'application/json' : 'text/plain' });
      response.end(typeof body === 'object' ? JSON.stringify(body) : body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    next: (answer) => void planned.push(answer),
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
