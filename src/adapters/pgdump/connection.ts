import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BackupRefused } from './refused.ts';

/** The one service of the file. */
const SERVICE = 'backup';

/** What libpq knows of what an address may say. Others put their own settings there (`schema`, `pgbouncer`), and it refuses those. */
const KNOWN = new Set([
  ...['host', 'hostaddr', 'port', 'dbname', 'user', 'password', 'options', 'target_session_attrs', 'channel_binding'],
  ...[
    'connect_timeout',
    'keepalives',
    'keepalives_idle',
    'keepalives_interval',
    'keepalives_count',
    'tcp_user_timeout',
  ],
  ...['sslmode', 'sslcert', 'sslkey', 'sslpassword', 'sslrootcert', 'sslcrl', 'sslcrldir', 'sslsni'],
  ...[
    'ssl_min_protocol_version',
    'ssl_max_protocol_version',
    'gssencmode',
    'krbsrvname',
    'requirepeer',
    'require_auth',
  ],
]);

/** A connection that a gateway has forgotten is noticed within two minutes, and not after two hours. In seconds. */
const NOTICED = { keepalives_idle: '60', keepalives_interval: '15', keepalives_count: '4' };

/**
 * Writes what is needed to reach the database into a file that only this user can read, for the programs of PostgreSQL: a
 * password in their arguments or their environment could be read by others.
 *
 * @param url `postgresql://user:password@host:port/database?sslmode=...`
 * @param folder where the file goes; whoever calls removes it
 * @returns the environment that points to it
 * @throws BackupRefused when such a file cannot say it
 */
export async function connectionFile(url: string, folder: string, applicationName: string) {
  const lines = Object.entries(settingsOf(url, applicationName)).flatMap(([name, value]) =>
    value === '' ? [] : [`${name}=${value}`],
  );
  if (lines.some((line) => /[\r\n]|\s$/.test(line))) {
    throw new BackupRefused(
      'the address of the database has a line break, or a blank at the end of a name or password; its programs cannot be told that',
    );
  }
  const file = join(folder, 'pg_service.conf');
  await writeFile(file, `[${SERVICE}]\n${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  return { PGSERVICEFILE: file, PGSERVICE: SERVICE, PGCONNECT_TIMEOUT: '10' };
}

function settingsOf(url: string, applicationName: string): Record<string, string> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const asked = Object.fromEntries([...searchParams].filter(([name]) => KNOWN.has(name)));
  return {
    ...NOTICED,
    host: decodeURIComponent(hostname).replace(/^\[(.*)\]$/, '$1'),
    port,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    dbname: decodeURIComponent(pathname.slice(1)),
    ...asked,
    ...encryption(searchParams),
    application_name: applicationName,
  };
}

/** How other libraries ask for an encrypted connection, in libpq's words: it is never to be less than was asked for. */
function encryption(asked: URLSearchParams): Record<string, string> {
  const mode = asked.get('sslmode');
  if (mode === 'no-verify') return { sslmode: 'require' };
  return mode === null && ['true', '1'].includes(asked.get('ssl') ?? '') ? { sslmode: 'require' } : {};
}
