import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The one service of the file. */
const SERVICE = 'backup';

/**
 * Writes what is needed to reach the database into a file that only this user can read, for the programs of PostgreSQL: a
 * password in their arguments or their environment could be read by others.
 *
 * @param url `postgresql://user:password@host:port/database?sslmode=...`
 * @param folder where the file goes; whoever calls removes it
 * @returns the environment that points to it
 */
export async function connectionFile(url: string, folder: string, applicationName: string) {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const named = {
    host: decodeURIComponent(hostname),
    port,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    dbname: decodeURIComponent(pathname.slice(1)),
    ...Object.fromEntries(searchParams),
    application_name: applicationName,
  };
  const lines = Object.entries(named).flatMap(([name, value]) => (value === '' ? [] : [`${name}=${value}`]));
  const broken = lines.find((line) => /[\r\n]/.test(line));
  if (broken !== undefined) throw new Error('the address of the database has a line break in it');
  const file = join(folder, 'pg_service.conf');
  await writeFile(file, `[${SERVICE}]\n${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  return { PGSERVICEFILE: file, PGSERVICE: SERVICE, PGCONNECT_TIMEOUT: '10' };
}
