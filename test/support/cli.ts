import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** What a command line printed and how it ended. */
export interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const ENTRY = new URL('../../src/cli.ts', import.meta.url).pathname;

/**
 * Runs `mainstay <words>` as a process of its own. It gets these settings and, of the tests' environment, only what finds
 * programs; `cwd` is where `.env`-like defaults such as MAINSTAY_HOME would fall.
 */
export async function mainstay(words: readonly string[], settings: Readonly<Record<string, string>>): Promise<CliRun> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ENTRY, ...words], {
    env: { PATH: process.env['PATH'], ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: Number(code), out, err };
}
