import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BackupJob, makeBackup } from '../../../src/adapters/pgdump/make.ts';
import type { Manifest } from '../../../src/domain/backup/manifest.ts';
import { aJob, type Keys, makeKeys, restoreByHand } from '../../support/backup-story.ts';
import { emptyDatabase, type FreshDatabase } from '../../support/postgres.ts';

/** What goes wrong while a backup is made, and that the same goes well when nothing does: the failure matrix, the side of making. */

const PATIENCE = { timeout: 20_000, interval: 10 };
const never = new AbortController().signal;
/** What cannot be compressed, so that the middle of the dump is the middle of the file. */
const ROWS = 5_000;

let database: FreshDatabase;
let client: Client;
let keys: Keys;
let root: string;
/** Of a dump when nothing goes wrong. */
let whole: number;
beforeAll(async () => {
  keys = await makeKeys();
  database = await emptyDatabase();
  client = new Client(database.url);
  await client.connect();
  await client.query(`create table orders (n int primary key, raw bytea);
    insert into orders select n, (select string_agg(sha512((n || '-' || m)::text::bytea), '') from generate_series(1, 96) as m)
      from generate_series(1, ${ROWS}) as n`);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'backups-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const make = (more: Partial<BackupJob> = {}, onBytes: (bytes: number) => void = () => undefined): Promise<Manifest> =>
  makeBackup(aJob(database.url, root, keys, more), never, onBytes);
const left = () =>
  existsSync(root) ? readdirSync(root, { recursive: true }).filter((name) => /\./.test(`${name}`)) : [];

/** The programs that this process started and that still live, by what they are. */
function children(): { readonly pid: number; readonly name: string }[] {
  return readdirSync(`/proc/${process.pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${process.pid}/task/${task}/children`, 'utf8')
      .split(' ')
      .flatMap((pid) => {
        const file = `/proc/${pid}/comm`;
        return pid.trim() === '' || !existsSync(file)
          ? []
          : [{ pid: Number(pid), name: readFileSync(file, 'utf8').trim() }];
      }),
  );
}
const pidOf = (name: string): number => {
  const found = children().find((child) => child.name === name);
  if (found === undefined) throw new Error(`${name} does not run`);
  return found.pid;
};
const gone = async () => {
  await vi.waitUntil(() => children().every(({ name }) => !/^(pg_dump|zstd)/.test(name)), PATIENCE);
  const connected = `select from pg_stat_activity where datname = current_database() and application_name = 'mainstay-backup-1'`;
  await vi.waitUntil(async () => (await client.query(connected)).rowCount === 0, PATIENCE);
};
/** Does it once so much of the dump is written. */
function at(share: number, harm: () => unknown): (bytes: number) => void {
  let isDone = false;
  return (bytes) => {
    if (isDone || bytes < whole * share) return;
    isDone = true;
    harm();
  };
}

it('made without a fault, it is whole and restored with every row', async () => {
  const { files } = await make();
  whole = files.find(({ name }) => name === 'dump.zst.age')?.bytes ?? 0;
  expect(whole).toBeGreaterThan(20e6);
  const restored = await emptyDatabase();
  restoreByHand(join(root, 'orders', '20260301T010000Z-0001'), keys.escrowFile, restored.url);
  const look = new Client(restored.url);
  await look.connect();
  expect((await look.query('select count(*)::int as n from orders')).rows).toEqual([{ n: ROWS }]);
  await look.end();
  await restored.drop();
});

describe.each([0.1, 0.7])('at %d of the dump', (share) => {
  it.each([
    ['pg_dump is killed', () => process.kill(pidOf('pg_dump'), 'SIGKILL'), /pg_dump was ended by SIGKILL/],
    ['zstd is killed', () => process.kill(pidOf('zstd'), 'SIGKILL'), /zstd was ended by SIGKILL|pg_dump (was )?ended/],
    [
      'its connections are ended',
      () =>
        void client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'mainstay-backup-1'`,
        ),
      /terminat|connection/i,
    ],
  ])('%s: no backup, no file and no connection is left', async (_what, harm, words) => {
    await expect(make({}, at(share, harm))).rejects.toThrow(words);
    expect(left()).toEqual([]);
    await gone();
  });
});

describe('a disk', () => {
  const small = mkdtempSync(join(tmpdir(), 'small-'));
  const isMounted = () => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'none', small], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  const mounted = isMounted();
  afterAll(() => {
    if (mounted) execFileSync('umount', [small]);
    rmSync(small, { recursive: true });
  });

  it.runIf(mounted)('that gets full makes no backup, and is as empty as before', async () => {
    mkdirSync(join(small, 'backups'));
    await expect(make({ root: join(small, 'backups') })).rejects.toThrow(/ENOSPC|no space/i);
    expect(readdirSync(join(small, 'backups'), { recursive: true }).filter((name) => /\./.test(`${name}`))).toEqual([]);
    await gone();
  });

  it('with too little room is said so before anything is written', async () => {
    await expect(make({ needsRoom: 1e18 })).rejects.toThrow(/MiB free and this needs/);
    expect(left()).toEqual([]);
  });
});

describe('a database', () => {
  const other = (change: (url: URL) => void): string => {
    const url = new URL(database.url);
    change(url);
    return url.href;
  };

  it('that cannot be reached says why, whatever the reason, and nothing of its address', async () => {
    const web = createServer((_request, response) => response.end('no database'));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const { port } = web.address() as AddressInfo;
    const withPassword = (url: string) => url.replace(/:\/\/([^:@]+)(:[^@]*)?@/, '://$1:canary-secret@');
    const cases: readonly (readonly [string, RegExp])[] = [
      [
        other((url) => {
          url.port = '1';
          url.hostname = '127.0.0.1';
          url.search = '';
        }),
        /ECONNREFUSED/,
      ],
      [
        other((url) => {
          url.hostname = 'db.invalid';
          url.search = '';
        }),
        /ENOTFOUND|EAI_AGAIN/,
      ],
      [
        other((url) => {
          url.port = String(port);
          url.hostname = '127.0.0.1';
          url.search = '';
        }),
        /./,
      ],
    ];
    for (const [url, words] of cases) {
      const failed = await make({ url: withPassword(url) }).catch((error: Error) => error.message);
      expect(failed).toEqual(expect.stringMatching(words));
      expect(failed).not.toContain('canary-secret');
    }
    const wrong = await make({ url: withPassword(database.url) }).catch((error: Error) => error.message);
    expect(wrong).toMatch(/password authentication failed/);
    const none = other((url) => {
      url.pathname += '_gone';
    });
    await expect(make({ url: none })).rejects.toThrow(/does not exist/);
    expect(left()).toEqual([]);
    await new Promise((resolve) => web.close(resolve));
  });

  it('whose table a migration holds is waited for half a minute, and then said so', async () => {
    const holder = new Client(database.url);
    await holder.connect();
    await holder.query('begin; lock table orders in access exclusive mode');
    const began = performance.now();
    await expect(make()).rejects.toThrow(/timeout/);
    expect(performance.now() - began).toBeGreaterThan(25_000);
    await holder.query('rollback');
    await expect(make()).resolves.toMatchObject({ number: 1 });
    await holder.end();
  });

  it('with a name that would be an option or a second command is backed up like any other', async () => {
    const name = `--host=evil "; drop table orders; -- ' x`;
    const quoted = `"${name.replaceAll('"', '""')}"`;
    await client.query(`create database ${quoted}`);
    try {
      const url = other((found) => {
        found.pathname = `/${encodeURI(name)}`;
      });
      const odd = new Client(url);
      await odd.connect();
      await odd.query(`create table "-rf ; $(touch x)" (n int); insert into "-rf ; $(touch x)" values (1)`);
      await odd.end();
      const manifest = await make({ url });
      expect(manifest).toMatchObject({ database: { database: name }, tables: [{ name: '-rf ; $(touch x)', rows: 1 }] });
    } finally {
      await client.query(`drop database ${quoted} with (force)`);
    }
  });
});
