import { createLogger } from '../../src/adapters/log/logger.ts';
import { openSpec } from '../../src/app/spec.ts';
import { startMainstay } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { report } from './serve.ts';

// Mainstay as it runs in production, in a process of its own, against a PostgreSQL and a stand-in for Slack.
const [, , url, apiUrl, signingSecret, mode] = process.argv;
const config = loadConfig({
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PORT: '0',
  DATABASE_URL: url,
  SLACK_API_URL: apiUrl,
  SLACK_BOT_TOKEN: 'xoxb-bench',
  SLACK_SIGNING_SECRET: signingSecret,
});
const mainstay = await startMainstay({
  config,
  spec: openSpec(null, {}),
  log: createLogger({ level: config.log.level }),
  work: mode === 'work',
});
process.once('SIGTERM', async () => {
  await mainstay.stop();
  process.exit(0);
});
report(mainstay.port);
