import { createConnection, type Socket } from 'node:net';

/** One HTTP request, ready to be written to a socket. */
export type RawRequest = Buffer;

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Answers that were not 2xx. */
  readonly failed: number;
}

/** Frames a signed form body for Bolt's front door. */
export function frame(path: string, headers: Record<string, string>, body: string): RawRequest {
  const lines = Object.entries({ host: 'bench', connection: 'keep-alive', ...headers }).map(([k, v]) => `${k}: ${v}`);
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/**
 * Sends requests over `connections` keep-alive sockets, one outstanding each, until `requests` are answered.
 * Latencies in milliseconds. Bounded by its count; a stalled server ends it after `stallMs`.
 */
export async function load(
  port: number,
  requests: readonly RawRequest[],
  connections: number,
  stallMs = 10_000,
): Promise<LoadResult> {
  let next = 0;
  let failed = 0;
  const latencies = new Float64Array(requests.length);
  const started = performance.now();

  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = createConnection({ port, host: '127.0.0.1', noDelay: true });
      socket.setTimeout(stallMs, () => socket.destroy(new Error(`no answer for ${stallMs} ms`)));
      const answer = answers(socket);
      while (next < requests.length) {
        const index = next++;
        const sent = performance.now();
        socket.write(requests[index] as Buffer);
        if (Math.floor((await answer()) / 100) !== 2) failed += 1;
        latencies[index] = performance.now() - sent;
      }
      socket.destroy();
    }),
  );

  const seconds = (performance.now() - started) / 1000;
  latencies.sort();
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    requests: requests.length,
    seconds,
    perSecond: requests.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
    failed,
  };
}

/** Reads one whole response at a time and gives its status; only Content-Length and chunked bodies occur here. */
function answers(socket: Socket): () => Promise<number> {
  let pending = '';
  let wake: { resolve(status: number): void; reject(error: Error): void } | null = null;
  socket.setEncoding('latin1');
  const settle = () => {
    if (!wake) return;
    const headEnd = pending.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = pending.slice(0, headEnd).toLowerCase();
    const status = Number(head.slice(9, 12));
    const end = status === 204 ? headEnd + 4 : bodyEnd(head, pending, headEnd + 4);
    if (end < 0) return;
    pending = pending.slice(end);
    const waiting = wake;
    wake = null;
    waiting.resolve(status);
  };
  socket.on('data', (chunk: string) => {
    pending += chunk;
    settle();
  });
  const fail = (error?: Error) => wake?.reject(error ?? new Error('the server closed the connection'));
  socket.on('error', fail);
  socket.on('close', () => fail());
  return () =>
    new Promise<number>((resolve, reject) => {
      wake = { resolve, reject };
      settle();
    });
}

function bodyEnd(head: string, text: string, from: number): number {
  const length = /content-length: (\d+)/.exec(head);
  if (length) {
    const end = from + Number(length[1]);
    return text.length >= end ? end : -1;
  }
  const last = text.indexOf('0\r\n\r\n', from);
  return last < 0 ? -1 : last + 5;
}
