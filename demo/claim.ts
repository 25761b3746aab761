/**
 * One demo at a time on one folder: a second one would answer to the same database with a Slack of its own, and might start
 * it afresh under the first. The claim is a socket somebody listens at, which ends with the process however that ends.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

/**
 * Claims the folder for the demo at `url`; the returned function lets go of it.
 * @throws a sentence with the address of the demo that has it
 */
export async function claimFolder(folder: string, url: string): Promise<() => Promise<void>> {
  const path = socketOf(folder);
  const server = (await listening(path, url)) ?? (await afterTheDead(path, folder, url));
  return async () => {
    server.close();
    await once(server, 'close');
  };
}

/** Beside the folder's contents, which may be thrown away, and short: a socket's path has room for about a hundred bytes. */
function socketOf(folder: string): string {
  const digest = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16);
  return join(tmpdir(), `mainstay-demo-${digest}.sock`);
}

/** A demo that was killed leaves its socket behind, at which nobody answers. */
async function afterTheDead(path: string, folder: string, url: string): Promise<Server> {
  const other = await addressAt(path);
  if (other === undefined) rmSync(path, { force: true });
  const server = other === undefined ? await listening(path, url) : undefined;
  if (server) return server;
  throw new Error(
    `A demo is already running on ${folder}: open ${other ?? 'it'}. For one of its own, set MAINSTAY_HOME to another folder.`,
  );
}

/** Undefined: somebody listens there, or did. */
async function listening(path: string, url: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.on('error', () => {}).end(url));
  try {
    await once(server.listen(path), 'listening');
    return server;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw cause;
  }
}

/** What the demo that listens there says of itself; undefined when nobody does. */
async function addressAt(path: string): Promise<string | undefined> {
  const socket = connect(path);
  try {
    return await text(socket);
  } catch (cause) {
    if (['ECONNREFUSED', 'ENOENT'].includes((cause as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw cause;
  }
}
