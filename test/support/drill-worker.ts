import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { captureLog } from './unexpected-errors.ts';

const ENTRY = new URL('../../src/cli.ts', import.meta.url).pathname;

/** `mainstay drill-worker` in a process of its own, as it runs beside the bot. */
export async function startDrillWorker(settings: Readonly<Record<string, string>>) {
  const log = captureLog();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ENTRY, 'drill-worker'], {
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'info', NODE_ENV: 'test', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'close').then(([code]): number | null => code);
  const waiting = new Promise<void>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      log.stream.write(line);
      if (log.lines.at(-1)?.msg === 'waiting for drills') resolve();
    });
  });
  await Promise.race([waiting, gone.then((code) => Promise.reject(new Error(`the drill worker ended with ${code}`)))]);
  return {
    log,
    /** SIGTERM; resolves with the exit code when it is gone. */
    end(): Promise<number | null> {
      child.kill('SIGTERM');
      return gone;
    },
    /** SIGKILL; resolves when it is gone. */
    async kill(): Promise<void> {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
