import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { isAlive, temporaryHome } from './test-server.ts';

/** Another process that holds an embedded server. */
interface Holder {
  readonly url: string;
  /** Gives its hold back and ends. */
  leave(): Promise<void>;
  /** Dies by SIGKILL, with every process of its terminal session's group, as Ctrl-C would reach them. */
  die(): Promise<void>;
}

/** A MAINSTAY_HOME of one test file's own. */
export interface EmbeddedHome {
  readonly path: string;
  holder(): Promise<Holder>;
  /** The process id of its server, or null when none runs. */
  serverPid(): Promise<number | null>;
  /** Kills every holder and stops the server, in whatever state a test left them. */
  stop(): Promise<void>;
  delete(): Promise<void>;
}

/** A token the holders have in their environment, which must not reach the database's processes. */
export const CANARY = 'xoxb-canary-of-the-tests';

const script = fileURLToPath(new URL('./embedded-holder.ts', import.meta.url));

export async function embeddedHome(): Promise<EmbeddedHome> {
  const path = await temporaryHome();
  const children: ChildProcess[] = [];

  async function serverPid(): Promise<number | null> {
    const lock = await readFile(join(path, 'postgres/data/postmaster.pid'), 'utf8').catch(() => '');
    const pid = Number(lock.split('\n')[0]);
    return pid > 0 && isAlive(pid) ? pid : null;
  }

  return {
    path,
    serverPid,
    holder: () => startHolder(path, children),
    stop: async () => {
      for (const child of children.splice(0)) child.kill('SIGKILL');
      const pid = await serverPid();
      if (pid !== null) process.kill(pid, 'SIGINT');
      await vi.waitUntil(async () => (await serverPid()) === null, { timeout: 20_000 });
    },
    delete: () => rm(path, { recursive: true, force: true }),
  };
}

async function startHolder(home: string, children: ChildProcess[]): Promise<Holder> {
  const child = spawn(process.execPath, [script, home], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, SLACK_BOT_TOKEN: CANARY },
    detached: true, // a process group of its own
  });
  children.push(child);
  const gone = once(child, 'exit');
  const url = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([line]) => String(line)),
    gone.then(() => Promise.reject(new Error('The holder ended before it held anything; its error is above.'))),
  ]);
  return {
    url,
    leave: async () => {
      child.stdin.end('leave\n');
      await gone;
    },
    die: async () => {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
      await gone;
    },
  };
}
