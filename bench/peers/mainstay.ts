import { keepCompiled } from '../../src/app/compile-cache.ts';
import { report } from './serve.ts';

// Mainstay as `npm start` runs it, in a process of its own, against a PostgreSQL and a stand-in for Slack.
const [, , url, apiUrl, signingSecret, mode, home, hookSecret, specFile] = process.argv;
keepCompiled(home);
const { startMainstay } = await import('../../src/app.ts');
const { openSpec } = await import('../../src/app/spec.ts');
const { openLog } = await import('../../src/app/log.ts');
const { loadConfig } = await import('../../src/config.ts');

const config = loadConfig({
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PORT: '0',
  DATABASE_URL: url,
  MAINSTAY_HOME: home,
  SLACK_API_URL: apiUrl,
  SLACK_BOT_TOKEN: 'xoxb-bench',
  SLACK_SIGNING_SECRET: signingSecret,
  HOOK_SECRET: hookSecret,
});
const { log } = await openLog(config.log, []);
const mainstay = await startMainstay({ config, spec: openSpec(specFile || null, {}), log, work: mode === 'work' });
process.once('SIGTERM', async () => {
  await mainstay.stop();
  process.exit(0);
});
report(mainstay.port);
