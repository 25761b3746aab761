/** One environment variable as a person meets it: in a fault at start and in the README's table. */
export interface Setting {
  meaning: string;
  /** What holds when it is not set. */
  whenAbsent: string;
  /** A sentence: what to do, or where to get the value. */
  where: string;
  /** True: its value is never shown. */
  secret: boolean;
}

const plain = { secret: false };
const secret = { secret: true };

/** Every variable Mainstay reads, in the order the README lists them. What a spec names as `env:NAME` comes on top. */
export const SETTINGS = {
  SLACK_BOT_TOKEN: {
    meaning: 'The token Mainstay acts with in Slack.',
    whenAbsent: 'required',
    where: 'Get it at api.slack.com/apps > your app > OAuth & Permissions > Bot User OAuth Token (starts with xoxb-).',
    ...secret,
  },
  SLACK_APP_TOKEN: {
    meaning: 'Opens Socket Mode: Slack needs no address to reach Mainstay at.',
    whenAbsent: 'SLACK_SIGNING_SECRET is required; with both, Socket Mode is used',
    where:
      'Get it at api.slack.com/apps > your app > Basic Information > App-Level Tokens, with the scope connections:write (starts with xapp-).',
    ...secret,
  },
  SLACK_SIGNING_SECRET: {
    meaning: 'Proves that a request over HTTP comes from Slack.',
    whenAbsent: 'SLACK_APP_TOKEN is required',
    where: 'Get it at api.slack.com/apps > your app > Basic Information > Signing Secret (32 characters).',
    ...secret,
  },
  SLACK_API_URL: {
    meaning: "Address of Slack's Web API.",
    whenAbsent: 'https://slack.com/api/',
    where: 'Leave it out, except to point Mainstay at a stand-in for Slack.',
    ...plain,
  },
  DATABASE_URL: {
    meaning: 'The PostgreSQL database that holds everything (15 or newer).',
    whenAbsent: 'an embedded PostgreSQL under MAINSTAY_HOME',
    where: 'Get it from whoever runs your PostgreSQL: postgresql://user:password@host:5432/mainstay.',
    ...secret,
  },
  MAINSTAY_HOME: {
    meaning: 'The folder for the embedded database and other local files.',
    whenAbsent: '.mainstay',
    where: "Choose a folder on a disk that is kept, and that the database's own user can reach.",
    ...plain,
  },
  MAINSTAY_SPEC: {
    meaning: 'The operations spec to run (YAML).',
    whenAbsent: 'the built-in spec',
    where: 'Write one from docs/spec.md, or take one from specs/.',
    ...plain,
  },
  MAINSTAY_BASE_URL: {
    meaning: "The address people's browsers reach Mainstay at; links in messages start with it.",
    whenAbsent: 'links to pages are left out',
    where: 'Use the address of your proxy or load balancer, such as https://mainstay.example.com.',
    ...plain,
  },
  HOOK_SECRET: {
    meaning: 'What monitoring systems must present to the /hooks addresses; addresses of heartbeats follow from it.',
    whenAbsent: 'those hooks answer 401',
    where: 'Make one up, 16 characters or more: openssl rand -hex 32.',
    ...secret,
  },
  GITHUB_WEBHOOK_SECRET: {
    meaning: 'Proves that a call of /hooks/github comes from GitHub.',
    whenAbsent: 'that hook answers 401',
    where: 'Make one up (openssl rand -hex 32) and enter it in the repository under Settings > Webhooks > Secret.',
    ...secret,
  },
  HEARTBEAT_URL: {
    meaning: 'Called each minute while Mainstay really works, so that somebody outside notices when it does not.',
    whenAbsent: 'nobody outside is told',
    where:
      "Make a check in a dead-man's switch such as healthchecks.io, or a heartbeat in another Mainstay, and copy its address.",
    ...secret,
  },
  METRICS_TOKEN: {
    meaning: 'What Prometheus must present to read /metrics, as a bearer token.',
    whenAbsent: 'whoever reaches /metrics may read it',
    where: 'Make one up, 16 characters or more: openssl rand -hex 32; enter it as credentials in the scrape config.',
    ...secret,
  },
  SMTP_URL: {
    meaning: 'The mail server by which people are woken who are to be mailed.',
    whenAbsent: 'nobody is mailed',
    where:
      'Get it from whoever runs your mail: smtp://user:password@mail.example.com:587, or smtps:// for TLS from the first byte (465).',
    ...secret,
  },
  SMTP_FROM: {
    meaning: 'Whom these mails are from.',
    whenAbsent: 'required with SMTP_URL',
    where: 'Use an address your mail server lets Mainstay send from: Mainstay <mainstay@example.com>.',
    ...plain,
  },
  DRILL_IDENTITY_FILE: {
    meaning:
      'The file with the age identity that a drill worker opens backups with. The bot itself is never given one.',
    whenAbsent: 'required by `drill-worker`, and by nothing else',
    where: 'Make one with age-keygen, and name its public key among the `recipients` of the backups.',
    ...plain,
  },
  DRILL_STORE: {
    meaning: 'Where the copies lie that a drill worker restores: s3://bucket/prefix, or a folder.',
    whenAbsent: 'the backups under MAINSTAY_HOME are restored, and the copies elsewhere are not proven',
    where: 'Take the address of the target that `storage` of the backup names.',
    ...plain,
  },
  DRILL_STORE_ACCESS_KEY: {
    meaning: 'The access key of that store.',
    whenAbsent: 'required for s3://',
    where: 'Make a key there that may list and read, and nothing else.',
    ...plain,
  },
  DRILL_STORE_SECRET_KEY: {
    meaning: 'The secret key of that store.',
    whenAbsent: 'required for s3://',
    where: 'It is shown once, when the access key is made.',
    ...secret,
  },
  DRILL_STORE_ENDPOINT: {
    meaning: "The address of a store that is not Amazon's.",
    whenAbsent: "Amazon's",
    where: 'Get it from whoever runs the store, such as https://s3.example.com.',
    ...plain,
  },
  DRILL_STORE_REGION: {
    meaning: 'The region of that store.',
    whenAbsent: 'us-east-1',
    where: 'Get it from whoever runs the store.',
    ...plain,
  },
  PORT: {
    meaning: 'The port for HTTP.',
    whenAbsent: '3000',
    where: 'Choose a free port; 0 lets the system choose.',
    ...plain,
  },
  HOST: {
    meaning: 'The network address to listen on.',
    whenAbsent: '0.0.0.0 in production, else 127.0.0.1',
    where: 'Use 0.0.0.0 in a container, 127.0.0.1 to be reached from this machine only.',
    ...plain,
  },
  LOG_LEVEL: {
    meaning: 'The least urgent log line written: debug, info, warn, error or silent.',
    whenAbsent: 'error in production, else info',
    where: 'Use info while you look for something.',
    ...plain,
  },
  LOG_DIR: {
    meaning: 'A folder for log files: one a day, compressed, kept for 30 days.',
    whenAbsent: 'logs go to standard output',
    where: 'Choose a folder Mainstay may write to.',
    ...plain,
  },
  NODE_ENV: {
    meaning: 'production, development or test.',
    whenAbsent: 'development',
    where: 'Set it to production where people depend on Mainstay.',
    ...plain,
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;
