import { createLogger } from '../../src/adapters/log/logger.ts';
import { openSpec } from '../../src/app/spec.ts';
import { type Mainstay, startMainstay } from '../../src/app.ts';
import { type Config, loadConfig } from '../../src/config.ts';
import type { Clock } from '../../src/usecases/ports.ts';
import type { TestSlack } from './emulate.ts';
import { type CapturedLog, captureLog } from './unexpected-errors.ts';

export interface TestMainstay extends Mainstay {
  readonly log: CapturedLog;
}

/** A configuration for the whole app in tests: this Slack, this database, a free port. */
function configFor(slack: TestSlack, databaseUrl: string, home: string, specFile?: string): Config {
  return loadConfig({
    NODE_ENV: 'test',
    PORT: '0',
    DATABASE_URL: databaseUrl,
    MAINSTAY_HOME: home,
    MAINSTAY_SPEC: specFile,
    HOOK_SECRET: 'test-hook-secret-0123456789',
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.token,
    SLACK_SIGNING_SECRET: slack.signingSecret,
  });
}

/** The whole app in this process, as `npm start` runs it. An unexpected error in its log fails the test. */
export async function startApp(options: {
  readonly slack: TestSlack;
  readonly databaseUrl: string;
  readonly home: string;
  readonly clock?: Clock;
  readonly specFile?: string;
  /** What the spec names as `env:NAME`. */
  readonly environment?: Readonly<Record<string, string>>;
}): Promise<TestMainstay> {
  const { slack, databaseUrl, home, clock, specFile, environment = {} } = options;
  const log = captureLog();
  const config = configFor(slack, databaseUrl, home, specFile);
  const mainstay = await startMainstay({
    config,
    spec: openSpec(config.specPath, environment),
    environment,
    // At its most talkative: what may not be logged may not be logged at any level.
    log: createLogger({ level: 'debug', destination: log.stream }),
    ...(clock && { clock }),
  });
  return { ...mainstay, log };
}
