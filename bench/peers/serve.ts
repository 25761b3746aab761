import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves on a free port, tells the parent which, and answers `cpu` with the process's CPU time and memory so far. */
export function serve(listener: (req: IncomingMessage, res: ServerResponse) => void): void {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1', () => report((server.address() as AddressInfo).port));
}

/** The parent's half of the conversation, shared with the child that runs Mainstay itself. */
export function report(port: number): void {
  process.on('message', (ask) => {
    if (ask === 'usage') process.send?.({ usage: process.cpuUsage(), resident: process.memoryUsage().rss });
  });
  process.send?.({ port });
}
