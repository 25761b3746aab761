import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DemoOptions } from '../../demo/run.ts';
import { acquireEmbedded } from '../adapters/postgres/embedded.ts';
import { openLog } from '../app/log.ts';
import { processSignals } from '../app/serve.ts';
import { openSpec } from '../app/spec.ts';
import { startMainstay } from '../app.ts';
import { loadConfig, loadPort, loadStoreConfig, secretValues } from '../config.ts';
import { quietLog } from './quiet-log.ts';
import { noArguments, type RunCli } from './types.ts';

const HOSTNAME = '127.0.0.1';
const PORT = 3000;

export const demo: RunCli = async (args, { env, out }) => {
  noArguments(args);
  // Loaded only here: the demo's packages are not part of a production installation.
  const { runDemo } = await import('../../demo/run.ts').catch((cause: unknown) => {
    throw new Error(
      'The demo is not part of this installation: it needs the repository with its development packages.',
      { cause },
    );
  });
  const home = join(loadStoreConfig({ MAINSTAY_HOME: env['MAINSTAY_HOME'] }).home, 'demo');
  const signals = processSignals();
  const running = await runDemo({
    home,
    hostname: HOSTNAME,
    port: loadPort(env) ?? PORT,
    print: (line) => out(`${line}\n`),
    startApp: startDemoApp(home, env),
    database: {
      exists: async () => existsSync(databaseFolder(home)),
      clear: () => startAfresh(home, env),
    },
  });
  out(`\n  Mainstay's demo workspace: ${running.url}\n\n`);
  out(`  In another terminal: MAINSTAY_HOME=${home} npm run -s mainstay -- incident list\n`);
  out('  Ctrl-C ends it; the next start goes on where this one ended.\n\n');
  await signals.end;
  await running.stop();
  return null;
};

const databaseFolder = (home: string) => join(home, 'postgres');

/**
 * Throws away all of the demo's folder: anchors of a log that is gone would accuse the next one. A server that outlived a
 * killed demo is stopped first, or it would take the next server's socket with it when it notices that its files are gone.
 */
async function startAfresh(home: string, env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const log = quietLog({ LOG_LEVEL: env['LOG_LEVEL'] });
  // Held and let go: the last one out stops it. What cannot be held is not running.
  await acquireEmbedded({ home, log }).then(
    ({ release }) => release(),
    () => undefined,
  );
  await rm(home, { recursive: true, force: true });
}

/** Only programs of this machine reach the demo; the README shows an alert sent with it. */
const DEMO_HOOK_SECRET = 'northwind-demo-hooks';

function startDemoApp(home: string, env: Readonly<Record<string, string | undefined>>): DemoOptions['startApp'] {
  return async ({ slack, baseUrl, specFile, clock }) => {
    const config = loadConfig({
      MAINSTAY_HOME: home,
      MAINSTAY_SPEC: env['MAINSTAY_SPEC'] ?? specFile,
      LOG_LEVEL: env['LOG_LEVEL'] ?? 'error',
      LOG_DIR: env['LOG_DIR'],
      HOST: HOSTNAME,
      PORT: '0',
      MAINSTAY_BASE_URL: baseUrl,
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      HOOK_SECRET: env['HOOK_SECRET'] ?? DEMO_HOOK_SECRET,
    });
    const { log, daily } = await openLog(config.log, secretValues(config));
    const app = await startMainstay({
      config,
      spec: openSpec(config.specPath, env),
      log,
      clock,
      daily,
      environment: env,
    });
    const endDrills = startDrillWorker(home, env);
    return {
      ...app,
      stop: async () => {
        await endDrills();
        await app.stop();
      },
    };
  };
}

/**
 * Whoever makes the demo's drills: a process of its own that alone has the key, as anywhere. On a machine that cannot make
 * backups there is no key and no worker.
 *
 * @returns ends it
 */
function startDrillWorker(
  home: string,
  { PATH, HOME, TMPDIR, LOG_LEVEL }: Readonly<Record<string, string | undefined>>,
) {
  const identityFile = join(home, 'drill-identity.txt');
  if (!existsSync(identityFile)) return async () => {};
  const worker = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', fileURLToPath(new URL('../cli.ts', import.meta.url)), 'drill-worker'],
    {
      env: {
        ...{ PATH, HOME, TMPDIR },
        ...{ MAINSTAY_HOME: home, DRILL_IDENTITY_FILE: identityFile, LOG_LEVEL: LOG_LEVEL ?? 'error' },
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
    worker.once('error', () => resolve());
  });
  return async () => {
    worker.kill('SIGTERM');
    await ended;
  };
}
