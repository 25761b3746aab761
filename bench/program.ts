import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { BenchChild } from './child.ts';
import { usageOf } from './usage.ts';

const FOLDERS = ['/usr/bin', '/usr/sbin', '/usr/local/bin'];
const READY_MS = 20_000;

/** A peer that is a package of Debian and not on this machine; the message says how to get it. */
export class PeerAbsent extends Error {
  override readonly name = 'PeerAbsent';
}

/** @throws PeerAbsent */
export function requirePrograms(...packages: readonly string[]): void {
  const absent = packages.filter((name) => !FOLDERS.some((folder) => existsSync(join(folder, name))));
  if (absent.length > 0) {
    throw new PeerAbsent(`its peer is not installed here: apt-get install ${absent.join(' ')}`);
  }
}

/**
 * Runs a program of the system until `stop`; resolved once it answers.
 *
 * @param ready whether it takes work by now
 */
export async function startProgram(
  program: string,
  args: readonly string[],
  { port, ready }: { readonly port: number; ready(): Promise<boolean> },
): Promise<BenchChild> {
  const began = performance.now();
  const child = spawn(program, args, { stdio: 'ignore' });
  const gone = once(child, 'exit');
  while (!(await ready())) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode} before it answered`);
    if (performance.now() - began > READY_MS) throw new Error(`${program} does not answer`);
    await after(20);
  }
  return {
    port,
    readyMs: performance.now() - began,
    process: child,
    usage: async () => usageOf(child.pid ?? 0),
    stop: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Whether an address answers 2xx. */
export function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
