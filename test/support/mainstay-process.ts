/**
 * The whole app in a process of its own, as `npm start` runs it: to be killed, ended, and told to read its spec again. What it
 * logs is read as that of an app in this process: an error line nobody announced fails the test, and so does a word on its
 * standard error, where only what nobody caught is written.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { TestSlack } from './emulate.ts';
import { type CapturedLog, captureLog } from './unexpected-errors.ts';
import { reportViolations } from './violations.ts';

export interface MainstayProcess {
  /** Where it listens, without a final slash. */
  readonly url: string;
  readonly log: CapturedLog;
  /** False once it has ended, however it did. */
  alive(): boolean;
  /** SIGKILL; resolves when it is gone. Nothing to do for one that is. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code when it is gone. Null: a signal ended it. */
  end(): Promise<number | null>;
  /** SIGHUP. */
  reload(): void;
}

export interface ProcessOptions {
  readonly slack: Pick<TestSlack, 'apiUrl' | 'token' | 'signingSecret'>;
  /** Null: the embedded database in `home`. */
  readonly databaseUrl: string | null;
  readonly home: string;
  readonly specFile?: string;
  /** Instead of `src/main.ts`: another program that starts the app. */
  readonly program?: string;
  /** Settings beside the app's own, for that program. */
  readonly settings?: Readonly<Record<string, string>>;
}

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const RUNS = 'Mainstay is running';

/** Starts it on a free port and resolves when it takes requests. @throws with its own sentence when it does not start */
export async function startProcess(options: ProcessOptions): Promise<MainstayProcess> {
  const { slack, databaseUrl, home, specFile, program = MAIN, settings = {} } = options;
  const log = captureLog();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      PORT: '0',
      MAINSTAY_HOME: home,
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: slack.token,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
      ...(specFile !== undefined && { MAINSTAY_SPEC: specFile }),
      ...settings,
    },
  });
  const gone = once(child, 'close').then(([code]): number | null => code);
  let alive = true;
  void gone.finally(() => {
    alive = false;
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const running = new Promise<string>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      log.stream.write(line);
      const last = log.lines.at(-1);
      if (last?.msg === RUNS) resolve(String(last['url']));
    });
  });
  const url = await Promise.race([
    running,
    gone.then((code) => Promise.reject(new Error(`Mainstay ended with ${code} before it ran: ${complaint}`))),
  ]);
  void gone.then(() => {
    if (complaint !== '') reportViolations([`Mainstay wrote to standard error: ${complaint}`]);
  });
  return {
    url,
    log,
    alive: () => alive,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    end: async () => {
      child.kill('SIGTERM');
      return gone;
    },
    reload: () => void child.kill('SIGHUP'),
  };
}
