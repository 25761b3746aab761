import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Serves on a free port, tells the parent which, and answers what it asks of the process. */
export function serve(listener: (req: IncomingMessage, res: ServerResponse) => void): void {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1', () => report((server.address() as AddressInfo).port));
}

/**
 * The parent's half of the conversation, shared with the child that runs Mainstay itself: `usage` is answered with CPU time and
 * memory so far, `delay` with how late the event loop was since it was last asked, in nanoseconds.
 */
export function report(port: number): void {
  let delays: ReturnType<typeof monitorEventLoopDelay> | null = null;
  process.on('message', (ask) => {
    if (ask === 'usage') process.send?.({ usage: process.cpuUsage(), resident: process.memoryUsage().rss });
    if (ask !== 'delay') return;
    process.send?.({ p50: delays?.percentile(50) ?? 0, p99: delays?.percentile(99) ?? 0, max: delays?.max ?? 0 });
    delays ??= monitorEventLoopDelay({ resolution: 5 });
    delays.reset();
    delays.enable();
  });
  process.send?.({ port });
}
