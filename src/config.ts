import { z } from 'zod';
import type { StorePlace } from './domain/backup/place.ts';
import { SETTINGS, type SettingName } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a command needs that works on the data and never talks to Slack. */
export interface StoreConfig {
  production: boolean;
  /** Null: the embedded PostgreSQL below `home`. */
  databaseUrl: string | null;
  home: string;
  /** Null: the built-in operations spec. */
  specPath: string | null;
  /** `dir` null: standard output. */
  log: { level: LogLevel; dir: string | null };
}

export interface Config extends StoreConfig {
  slack: { botToken: string; apiUrl: string; wayIn: WayIn };
  http: { host: string; port: number };
  /** Null: nobody is mailed. */
  mail: { url: string; from: string } | null;
  /** Null: links to Mainstay's own pages are left out. */
  baseUrl: string | null;
  /** Null: the hooks that need it answer 401. */
  hookSecret: string | null;
  githubWebhookSecret: string | null;
  /** Null: whoever reaches /metrics may read it. */
  metricsToken: string | null;
  /** Null: nobody outside is told that Mainstay works. */
  heartbeatUrl: string | null;
  /** What the operator should know about how the settings were read; for the log at start. */
  notes: string[];
}

/** How Slack reaches us: signed requests over HTTP, or a socket that we open (Socket Mode). */
type WayIn = { kind: 'http'; signingSecret: string } | { kind: 'socket'; appToken: string };

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

/** Every fault of the environment at once, one line each; never contains a secret's value. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The settings cannot be used:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** All settings of a running bot. Throws ConfigError with every fault. A variable set to nothing counts as not set. */
export function loadConfig(env: Environment): Config {
  const settings = new Reader(env);
  const store = readStore(settings);
  const botToken = settings.read('SLACK_BOT_TOKEN', startingWith('xoxb-'));
  if (!settings.isSet('SLACK_BOT_TOKEN')) settings.fault('SLACK_BOT_TOKEN', 'is not set');
  const apiUrl = settings.read('SLACK_API_URL', webUrl) ?? 'https://slack.com/api/';
  const { wayIn, notes } = readWayIn(settings);
  const port = settings.read('PORT', portNumber) ?? 3000;
  const host = settings.read('HOST', text) ?? (store.production ? '0.0.0.0' : '127.0.0.1');
  const baseUrl = settings.read('MAINSTAY_BASE_URL', webUrl) ?? null;
  const hookSecret = settings.read('HOOK_SECRET', sharedSecret) ?? null;
  const githubWebhookSecret = settings.read('GITHUB_WEBHOOK_SECRET', sharedSecret) ?? null;
  const metricsToken = settings.read('METRICS_TOKEN', sharedSecret) ?? null;
  const heartbeatUrl = settings.read('HEARTBEAT_URL', webUrl) ?? null;

  const mail = readMail(settings);

  if (settings.faults.length > 0 || botToken === undefined || wayIn === null) throw new ConfigError(settings.faults);
  return {
    ...store,
    slack: { botToken, apiUrl: withSlash(apiUrl), wayIn },
    http: { host, port },
    mail,
    baseUrl: baseUrl === null ? null : baseUrl.replace(/\/+$/, ''),
    hookSecret,
    githubWebhookSecret,
    metricsToken,
    heartbeatUrl,
    notes,
  };
}

/** The settings of commands that need no Slack. Throws ConfigError with every fault among those. */
export function loadStoreConfig(env: Environment): StoreConfig {
  const settings = new Reader(env);
  const store = readStore(settings);
  if (settings.faults.length > 0) throw new ConfigError(settings.faults);
  return store;
}

export interface DrillConfig extends StoreConfig {
  /** Path of the file with the identities that open backups. */
  identityFile: string;
  /** Where the copies lie that are to be proven; null: those under `home` are. */
  store: StorePlace | null;
}

/** The settings of a drill worker. Throws ConfigError with every fault among those. */
export function loadDrillConfig(env: Environment): DrillConfig {
  const settings = new Reader(env);
  const store = readStore(settings);
  const identityFile = settings.read('DRILL_IDENTITY_FILE', text);
  if (identityFile === undefined) settings.fault('DRILL_IDENTITY_FILE', 'is not set');
  const copies = readDrillStore(settings);
  if (settings.faults.length > 0 || identityFile === undefined) throw new ConfigError(settings.faults);
  return { ...store, identityFile, store: copies };
}

function readDrillStore(settings: Reader): StorePlace | null {
  const place = settings.read('DRILL_STORE', storeAddress);
  if (place === undefined) return null;
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(place) ?? [];
  if (bucket === undefined) return { kind: 'folder', path: place };
  const accessKey = settings.read('DRILL_STORE_ACCESS_KEY', text);
  const secretKey = settings.read('DRILL_STORE_SECRET_KEY', storeSecret);
  for (const name of ['DRILL_STORE_ACCESS_KEY', 'DRILL_STORE_SECRET_KEY'] as const) {
    if (!settings.isSet(name)) settings.fault(name, 'is not set, and DRILL_STORE is a bucket');
  }
  if (accessKey === undefined || secretKey === undefined) return null;
  return {
    kind: 's3',
    bucket,
    prefix: prefix.replaceAll(/^\/+|\/+$/g, ''),
    region: settings.read('DRILL_STORE_REGION', text) ?? 'us-east-1',
    endpoint: settings.read('DRILL_STORE_ENDPOINT', webUrl) ?? null,
    accessKey,
    secretKey,
  };
}

/** PORT alone, for the demo, which makes up the other settings itself; null when it is not set. Throws ConfigError. */
export function loadPort(env: Environment): number | null {
  const settings = new Reader(env);
  const port = settings.read('PORT', portNumber) ?? null;
  if (settings.faults.length > 0) throw new ConfigError(settings.faults);
  return port;
}

/** Every secret among the settings, for the log to take out of its lines; of DATABASE_URL it is the password. */
export function secretValues(config: StoreConfig | Config | DrillConfig): string[] {
  const values = config.databaseUrl === null ? [] : [decodeURIComponent(new URL(config.databaseUrl).password)];
  if ('store' in config && config.store?.kind === 's3') values.push(config.store.secretKey);
  if ('slack' in config) {
    const { botToken, wayIn } = config.slack;
    values.push(botToken, wayIn.kind === 'http' ? wayIn.signingSecret : wayIn.appToken);
    values.push(
      config.hookSecret ?? '',
      config.githubWebhookSecret ?? '',
      config.metricsToken ?? '',
      config.heartbeatUrl ?? '',
    );
    if (config.mail !== null) values.push(config.mail.url, decodeURIComponent(new URL(config.mail.url).password));
  }
  return values.filter((value) => value !== '');
}

function readStore(settings: Reader): StoreConfig {
  const production = settings.read('NODE_ENV', oneOf(['production', 'development', 'test'])) === 'production';
  return {
    production,
    databaseUrl: settings.read('DATABASE_URL', postgresUrl) ?? null,
    home: settings.read('MAINSTAY_HOME', text) ?? '.mainstay',
    specPath: settings.read('MAINSTAY_SPEC', text) ?? null,
    log: {
      level: settings.read('LOG_LEVEL', oneOf(LOG_LEVELS)) ?? (production ? 'error' : 'info'),
      dir: settings.read('LOG_DIR', text) ?? null,
    },
  };
}

function readWayIn(settings: Reader): { wayIn: WayIn | null; notes: string[] } {
  const appToken = settings.read('SLACK_APP_TOKEN', startingWith('xapp-'));
  const signingSecret = settings.read('SLACK_SIGNING_SECRET', sharedSecret);
  const both = settings.isSet('SLACK_APP_TOKEN') && settings.isSet('SLACK_SIGNING_SECRET');
  const notes = both ? ['SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set: using Socket Mode.'] : [];
  if (!settings.isSet('SLACK_APP_TOKEN') && !settings.isSet('SLACK_SIGNING_SECRET')) {
    settings.fault('SLACK_APP_TOKEN', 'is not set, and neither is SLACK_SIGNING_SECRET; one of them is needed');
    settings.fault('SLACK_SIGNING_SECRET', 'is not set, and neither is SLACK_APP_TOKEN; one of them is needed');
  }
  if (appToken !== undefined) return { wayIn: { kind: 'socket', appToken }, notes };
  if (signingSecret !== undefined) return { wayIn: { kind: 'http', signingSecret }, notes };
  return { wayIn: null, notes };
}

function readMail(settings: Reader): Config['mail'] {
  const url = settings.read('SMTP_URL', smtpUrl);
  const from = settings.read('SMTP_FROM', mailAddress);
  if (url !== undefined && from !== undefined) return { url, from };
  if (url !== undefined && !settings.isSet('SMTP_FROM')) settings.fault('SMTP_FROM', 'is not set, and SMTP_URL is');
  if (from !== undefined && !settings.isSet('SMTP_URL')) settings.fault('SMTP_URL', 'is not set, and SMTP_FROM is');
  return null;
}

/** Reads one variable at a time, so that a fault in one never hides a fault in another. */
class Reader {
  readonly faults: string[] = [];
  readonly #env: Environment;

  constructor(env: Environment) {
    this.#env = env;
  }

  isSet(name: SettingName): boolean {
    return (this.#env[name] ?? '').trim() !== '';
  }

  /** The value; undefined when it is not set or is a fault, which is then kept. */
  read<Value>(name: SettingName, schema: z.ZodType<Value, string>): Value | undefined {
    if (!this.isSet(name)) return undefined;
    const found = (this.#env[name] ?? '').trim();
    const result = schema.safeParse(found);
    if (result.success) return result.data;
    const shown = SETTINGS[name].secret ? 'has a value that' : `is "${found}", which`;
    this.fault(name, `${shown} ${result.error.issues.map((issue) => issue.message).join(' and ')}`);
    return undefined;
  }

  fault(name: SettingName, what: string): void {
    this.faults.push(`${name} ${what}. ${SETTINGS[name].where}`);
  }
}

// Each message finishes the sentence "NAME is "abc", which ..." or "NAME has a value that ...".
const text = z.string();
const sharedSecret = z.string().min(16, 'is shorter than 16 characters');
const startingWith = (prefix: string) => z.string().startsWith(prefix, `does not start with ${prefix}`);
const oneOf = <const Words extends readonly string[]>(words: Words) =>
  z.enum(words, `is not one of ${words.join(', ')}`);
const webUrl = z.url({ protocol: /^https?$/, error: 'is not an http:// or https:// address' });
const postgresUrl = z
  .url({
    protocol: /^postgres(ql)?$/,
    hostname: /./,
    error: 'is not a postgresql://user:password@host:port/name address',
  })
  .refine((url) => !/%(?![0-9a-f]{2})/i.test(url), 'contains a bare %; write %25 for a % in the password');
const smtpUrl = z
  .url({ protocol: /^smtps?$/, hostname: /./, error: 'is not an smtp://user:password@host:port or smtps:// address' })
  .refine((url) => !/%(?![0-9a-f]{2})/i.test(url), 'contains a bare %; write %25 for a % in the password');
/** The shortest of the stores people run themselves. */
const storeSecret = z.string().min(8, 'is shorter than 8 characters');
const storeAddress = z.string().regex(/^(?:s3:\/\/[^/]|\/)/, 'is neither s3://bucket/prefix nor the path of a folder');
const mailAddress = z
  .string()
  .regex(
    /^([^<>@]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
    'is not an e-mail address such as "Mainstay <mainstay@example.com>"',
  );
const portNumber = z
  .string()
  .regex(/^\d{1,5}$/, 'is not a whole number from 0 to 65535')
  .transform(Number)
  .refine((port) => port <= 65_535, 'is not a whole number from 0 to 65535');

/** Slack's client joins method names to this address and needs the slash. */
function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
