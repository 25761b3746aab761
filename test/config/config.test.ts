import { describe, expect, it } from 'vitest';
import {
  ConfigError,
  type Environment,
  loadConfig,
  loadDrillConfig,
  loadPort,
  loadStoreConfig,
  secretValues,
} from '../../src/config.ts';
import { SETTINGS } from '../../src/settings.ts';

const socket = { SLACK_BOT_TOKEN: 'xoxb-1-abc', SLACK_APP_TOKEN: 'xapp-1-abc' };
const http = { SLACK_BOT_TOKEN: 'xoxb-1-abc', SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef' };

function faultsOf(load: () => unknown): readonly string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

/** The one fault about a variable, in an environment that is otherwise good. */
function faultOf(name: string, value: string): string {
  const faults = faultsOf(() => loadConfig({ ...http, [name]: value }));
  expect(faults).toHaveLength(1);
  return faults[0] ?? '';
}

describe('loadConfig', () => {
  it('refuses an empty environment and names everything that is missing', () => {
    const faults = faultsOf(() => loadConfig({}));
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'SLACK_SIGNING_SECRET',
    ]);
    for (const fault of faults) expect(fault).toContain('api.slack.com/apps');
  });

  it('reports every fault of a bad environment at once', () => {
    const faults = faultsOf(() =>
      loadConfig({
        SLACK_BOT_TOKEN: 'xoxp-1',
        SLACK_APP_TOKEN: 'xoxb-1',
        SLACK_SIGNING_SECRET: 'short',
        SLACK_API_URL: 'slack',
        DATABASE_URL: 'mysql://localhost/db',
        MAINSTAY_BASE_URL: 'ftp://example.com',
        HOOK_SECRET: 'short',
        GITHUB_WEBHOOK_SECRET: 'short',
        METRICS_TOKEN: 'short',
        HEARTBEAT_URL: 'hc-ping.com/1',
        PORT: '99999',
        LOG_LEVEL: 'loud',
        NODE_ENV: 'prod',
      }),
    );
    expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual([
      'DATABASE_URL',
      'GITHUB_WEBHOOK_SECRET',
      'HEARTBEAT_URL',
      'HOOK_SECRET',
      'LOG_LEVEL',
      'MAINSTAY_BASE_URL',
      'METRICS_TOKEN',
      'NODE_ENV',
      'PORT',
      'SLACK_API_URL',
      'SLACK_APP_TOKEN',
      'SLACK_BOT_TOKEN',
      'SLACK_SIGNING_SECRET',
    ]);
  });

  it('puts every fault into the message', () => {
    expect(() => loadConfig({ ...http, PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/LOG_LEVEL is "y".*\n.*PORT is "x"/);
  });

  it.each([
    ['PORT', '3000.5', 'is "3000.5", which is not a whole number from 0 to 65535'],
    ['PORT', '-1', 'is "-1"'],
    ['LOG_LEVEL', 'loud', 'is not one of debug, info, warn, error, silent'],
    ['NODE_ENV', 'prod', 'is not one of production, development, test'],
    ['MAINSTAY_BASE_URL', 'example.com', 'is not an http:// or https:// address'],
    ['DATABASE_URL', 'localhost', 'is not a postgresql://user:password@host:port/name address'],
    ['DATABASE_URL', 'postgresql://me:100%@db/x', 'contains a bare %; write %25'],
    ['SLACK_BOT_TOKEN', 'xoxp-user', 'does not start with xoxb-'],
  ])('refuses %s=%s and says what would be right', (name, value, says) => {
    expect(faultOf(name, value)).toContain(says);
  });

  it.each(
    Object.entries(SETTINGS)
      .filter(([, setting]) => setting.secret)
      .map(([name]) => name),
  )('never shows the value of %s', (name) => {
    const load = name.startsWith('DRILL_') ? loadDrillConfig : loadConfig;
    const error = new ConfigError(
      faultsOf(() =>
        load({
          ...socket,
          DRILL_STORE: 's3://copies',
          DRILL_STORE_ACCESS_KEY: 'key',
          DRILL_IDENTITY_FILE: 'key.txt',
          ...http,
          [name]: 'hunter2',
        }),
      ),
    );
    expect(error.faults).toHaveLength(1);
    expect(error.message).toContain(name);
    expect(error.message).not.toContain('hunter2');
  });

  it('wants the address mails are from with the server, and the server with the address', () => {
    const SMTP_URL = 'smtp://mainstay:secret-word@mail.example.com:587';
    const SMTP_FROM = 'Mainstay <mainstay@example.com>';
    expect(loadConfig({ ...http, SMTP_URL, SMTP_FROM }).mail).toEqual({ url: SMTP_URL, from: SMTP_FROM });
    expect(secretValues(loadConfig({ ...http, SMTP_URL, SMTP_FROM }))).toContain('secret-word');
    expect(faultsOf(() => loadConfig({ ...http, SMTP_URL }))).toEqual([
      expect.stringContaining('SMTP_FROM is not set'),
    ]);
    expect(faultsOf(() => loadConfig({ ...http, SMTP_FROM }))).toEqual([
      expect.stringContaining('SMTP_URL is not set'),
    ]);
    expect(faultsOf(() => loadConfig({ ...http, SMTP_URL, SMTP_FROM: 'me' }))).toHaveLength(1);
  });

  it('treats a variable set to nothing as not set', () => {
    expect(faultsOf(() => loadConfig({ ...http, SLACK_BOT_TOKEN: ' ' }))[0]).toContain('SLACK_BOT_TOKEN is not set');
    expect(loadConfig({ ...http, PORT: '' }).http.port).toBe(3000);
  });

  it('fills in the defaults of a developer', () => {
    expect(loadConfig(http)).toEqual({
      production: false,
      databaseUrl: null,
      home: '.mainstay',
      specPath: null,
      log: { level: 'info', dir: null },
      slack: {
        botToken: 'xoxb-1-abc',
        apiUrl: 'https://slack.com/api/',
        wayIn: { kind: 'http', signingSecret: http.SLACK_SIGNING_SECRET },
      },
      http: { host: '127.0.0.1', port: 3000 },
      baseUrl: null,
      hookSecret: null,
      githubWebhookSecret: null,
      metricsToken: null,
      mail: null,
      heartbeatUrl: null,
      notes: [],
    });
  });

  it('logs only errors and listens on every address in production', () => {
    const config = loadConfig({ ...http, NODE_ENV: 'production' });
    expect(config.log.level).toBe('error');
    expect(config.http.host).toBe('0.0.0.0');
  });

  it('lets a setting win over the default of production', () => {
    const config = loadConfig({ ...http, NODE_ENV: 'production', LOG_LEVEL: 'debug', HOST: '10.0.0.1' });
    expect(config.log.level).toBe('debug');
    expect(config.http.host).toBe('10.0.0.1');
  });

  it('uses Socket Mode with an app token', () => {
    expect(loadConfig(socket).slack.wayIn).toEqual({ kind: 'socket', appToken: 'xapp-1-abc' });
  });

  it('uses Socket Mode when both ways in are set, and says so', () => {
    const config = loadConfig({ ...socket, ...http });
    expect(config.slack.wayIn.kind).toBe('socket');
    expect(config.notes).toEqual([expect.stringContaining('using Socket Mode')]);
  });

  it('keeps one form of each address', () => {
    const config = loadConfig({
      ...http,
      SLACK_API_URL: 'http://127.0.0.1:4003/api',
      MAINSTAY_BASE_URL: 'https://mainstay.example.com/',
    });
    expect(config.slack.apiUrl).toBe('http://127.0.0.1:4003/api/');
    expect(config.baseUrl).toBe('https://mainstay.example.com');
  });

  it.each([
    'postgres://mainstay@db/mainstay',
    'postgresql://mainstay:p%40ss@localhost:5432/mainstay?host=%2Fvar%2Frun',
  ])('accepts the database address %s as it is', (url) => {
    expect(loadConfig({ ...http, DATABASE_URL: url }).databaseUrl).toBe(url);
  });
});

describe('loadDrillConfig', () => {
  const worker = { DRILL_IDENTITY_FILE: '/run/drill.key' };
  it('needs an identity, and nothing of Slack', () => {
    expect(loadDrillConfig(worker)).toMatchObject({ identityFile: '/run/drill.key', store: null });
    expect(faultsOf(() => loadDrillConfig({}))[0]).toContain(
      'DRILL_IDENTITY_FILE is not set. Make one with age-keygen',
    );
  });

  it('knows where the copies lie', () => {
    expect(loadDrillConfig({ ...worker, DRILL_STORE: '/mnt/copies' }).store).toEqual({
      kind: 'folder',
      path: '/mnt/copies',
    });
    const bucket = {
      ...worker,
      DRILL_STORE: 's3://copies/of/mine/',
      DRILL_STORE_ACCESS_KEY: 'key',
      DRILL_STORE_SECRET_KEY: 'secret-key',
    };
    const config = loadDrillConfig(bucket);
    expect(config.store).toMatchObject({
      kind: 's3',
      bucket: 'copies',
      prefix: 'of/mine',
      region: 'us-east-1',
      endpoint: null,
    });
    expect(secretValues(config)).toContain('secret-key');
  });

  it('says what is wrong with that', () => {
    const faults = (more: Environment) => faultsOf(() => loadDrillConfig({ ...worker, ...more }));
    expect(faults({ DRILL_STORE: 'copies' })[0]).toContain('is neither s3://bucket/prefix nor the path of a folder');
    expect(faults({ DRILL_STORE: 's3://copies' })).toHaveLength(2);
  });
});

describe('loadStoreConfig', () => {
  it('needs nothing of Slack', () => {
    expect(loadStoreConfig({ MAINSTAY_SPEC: 'ops.yml', LOG_DIR: '/var/log/mainstay' })).toEqual({
      production: false,
      databaseUrl: null,
      home: '.mainstay',
      specPath: 'ops.yml',
      log: { level: 'info', dir: '/var/log/mainstay' },
    });
  });

  it('still refuses what it does read', () => {
    const env: Environment = { DATABASE_URL: 'nowhere', NODE_ENV: 'prod', SLACK_BOT_TOKEN: 'wrong' };
    expect(faultsOf(() => loadStoreConfig(env)).map((fault) => fault.split(' ')[0])).toEqual([
      'NODE_ENV',
      'DATABASE_URL',
    ]);
  });
});

describe('secretValues', () => {
  const secrets = {
    DATABASE_URL: 'postgresql://mainstay:p%40ss@db/mainstay',
    HOOK_SECRET: 'hook-secret-0123456789',
    GITHUB_WEBHOOK_SECRET: 'github-secret-0123456789',
    METRICS_TOKEN: 'metrics-token-0123456789',
    HEARTBEAT_URL: 'https://hc.example/ping/secret',
  };

  it('are all that must not be logged, the password as it is used', () => {
    expect(secretValues(loadConfig({ ...http, ...secrets }))).toEqual([
      'p@ss',
      'xoxb-1-abc',
      http.SLACK_SIGNING_SECRET,
      'hook-secret-0123456789',
      'github-secret-0123456789',
      'metrics-token-0123456789',
      'https://hc.example/ping/secret',
    ]);
    expect(secretValues(loadConfig(socket))).toEqual(['xoxb-1-abc', 'xapp-1-abc']);
    expect(secretValues(loadStoreConfig(secrets))).toEqual(['p@ss']);
    expect(secretValues(loadStoreConfig({}))).toEqual([]);
  });
});

it('reads the port of the demo alone', () => {
  expect(loadPort({ PORT: '3100' })).toBe(3100);
  expect(loadPort({})).toBeNull();
  expect(() => loadPort({ PORT: 'abc' })).toThrow(/PORT is "abc", which is not a whole number from 0 to 65535/);
});
