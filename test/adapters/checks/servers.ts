import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { nobody } from './looking.ts';

/** A real server of somebody else's, in a folder of its own. */
export interface RealServer {
  readonly at: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** Redis from the system. */
export function redisServer(...settings: string[]): Promise<RealServer> {
  return started((port) => ['redis-server', '--port', port, '--bind', '127.0.0.1', '--save', '', ...settings]);
}

/** Prometheus from the system, which asks nobody for anything. */
export function prometheusServer(): Promise<RealServer> {
  return started((port, folder) => [
    'prometheus',
    `--config.file=${join(folder, 'empty.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ]);
}

async function started(words: (port: string, folder: string) => string[]): Promise<RealServer> {
  const folder = await mkdtemp(join(tmpdir(), 'checks-'));
  await writeFile(join(folder, 'empty.yml'), '');
  const { at } = await nobody();
  const [program = '', ...args] = words(at.split(':')[1] ?? '', folder);
  const process = spawn(program, args, { cwd: folder, stdio: 'ignore' });
  const ended = new Promise<void>((resolve, reject) => {
    process.on('exit', () => resolve());
    process.on('error', reject);
  });
  await Promise.race([answering(at), ended.then(() => Promise.reject(new Error(`${program} ended at once`)))]);
  return {
    at,
    process,
    async stop() {
      process.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

async function answering(at: string): Promise<void> {
  const [host, port] = at.split(':');
  await vi.waitFor(
    () =>
      new Promise<void>((resolve, reject) => {
        const socket = connect({ host: host ?? '', port: Number(port) });
        socket.on('connect', () => resolve()).on('error', reject);
        socket.on('connect', () => socket.destroy());
      }),
    { timeout: 20_000, interval: 20 },
  );
}
