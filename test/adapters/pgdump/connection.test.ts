import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectionFile } from '../../../src/adapters/pgdump/connection.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'connection-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What the programs are told, without what all are told. */
async function told(url: string): Promise<string[]> {
  const { PGSERVICEFILE } = await connectionFile(url, folder, 'mainstay-backup-1');
  expect(statSync(PGSERVICEFILE).mode & 0o777).toBe(0o600);
  const [service, ...lines] = readFileSync(PGSERVICEFILE, 'utf8').trim().split('\n');
  expect(service).toBe('[backup]');
  return lines.filter((line) => !/^(?:keepalives|application_name)/.test(line));
}

it.each([
  ['what other libraries know', '?schema=public&connection_limit=5&pgbouncer=true&uselibpqcompat=true', []],
  [
    'what libpq knows',
    '?sslmode=verify-full&sslrootcert=/etc/ca.pem',
    ['sslmode=verify-full', 'sslrootcert=/etc/ca.pem'],
  ],
  ['encryption in the words of others', '?ssl=true&schema=public', ['sslmode=require']],
  ['encryption without looking at the certificate', '?sslmode=no-verify', ['sslmode=require']],
  ['no encryption', '?ssl=false', []],
])('of an address with %s, libpq is told what it knows', async (_what, query, more) => {
  expect(await told(`postgresql://bob:s%3Dcret@db.example.com:5433/a%20b${query}`)).toEqual([
    'host=db.example.com',
    'port=5433',
    'user=bob',
    'password=s=cret',
    'dbname=a b',
    ...more,
  ]);
});

it('an address of IPv6 has no brackets', async () => {
  expect(await told('postgresql://bob@[::1]/orders')).toEqual(['host=::1', 'user=bob', 'dbname=orders']);
});

it('a folder of sockets stands for the host', async () => {
  expect(await told('postgresql:///orders?host=/run/postgresql')).toEqual(['host=/run/postgresql', 'dbname=orders']);
});

it.each(['line%0Abreak', 'blank%20'])(
  'a password of which libpq would read only a part is refused: %s',
  async (password) => {
    await expect(told(`postgresql://bob:${password}@db.example.com/orders`)).rejects.toThrow('cannot be told');
  },
);
