import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { acquireEmbedded } from '../../../src/adapters/postgres/embedded.ts';
import { HOLD } from '../../../src/adapters/postgres/hold.ts';
import { CANARY, type EmbeddedHome, embeddedHome } from '../../support/embedded-home.ts';
import { asAdmin } from '../../support/test-server.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

let home: EmbeddedHome;

beforeAll(async () => {
  home = await embeddedHome();
});
afterEach(() => home.stop());
afterAll(() => home.delete());

const note = (url: string, text: string) =>
  asAdmin(url, async (client) => {
    await client.query('create table if not exists note (text text)');
    await client.query('insert into note values ($1)', [text]);
  });
const notes = async (url: string) =>
  (await asAdmin(url, (client) => client.query<{ text: string }>('select text from note'))).rows.map((row) => row.text);
const setting = async (url: string, name: string) =>
  (await asAdmin(url, (client) => client.query('select current_setting($1) as value', [name]))).rows[0]?.value;

test('the database is behind a password and a folder of its own, and listens on no network', async () => {
  const { url, dataDir } = await home.holder().then(({ url }) => ({ url, dataDir: join(home.path, 'postgres/data') }));
  const folder = await stat(join(home.path, 'postgres'));
  const password = await stat(join(home.path, 'postgres/password'));
  expect([folder.mode & 0o777, (await stat(dataDir)).mode & 0o777, password.mode & 0o777]).toEqual([
    0o700, 0o700, 0o600,
  ]);
  expect(await setting(url, 'listen_addresses')).toBe('');
  expect(await setting(url, 'fsync')).toBe('on');
  const wrong = new URL(url);
  wrong.password = 'guessed';
  await expect(asAdmin(wrong.href, async () => {})).rejects.toMatchObject({ code: '28P01' });
});

test.runIf(process.platform === 'linux')('the server is told neither the tokens nor the password', async () => {
  const { url } = await home.holder();
  const pid = await home.serverPid();
  const told = (await readFile(`/proc/${pid}/environ`, 'utf8')) + (await readFile(`/proc/${pid}/cmdline`, 'utf8'));
  expect(told).toContain('unix_socket_directories');
  expect(told).not.toContain(CANARY);
  expect(told).not.toContain(new URL(url).password);
});

test('the server outlives a user that was killed, and the next start joins it', async () => {
  const first = await home.holder();
  await note(first.url, 'kept');
  const pid = await home.serverPid();
  await first.die();
  const second = await home.holder();
  expect(await home.serverPid()).toBe(pid);
  expect(second.url).toBe(first.url);
  expect(await notes(second.url)).toContain('kept');
});

test('after user and server were killed at once the next start recovers what was committed', async () => {
  const first = await home.holder();
  await note(first.url, 'committed just before');
  const pid = await home.serverPid();
  if (pid) process.kill(pid, 'SIGKILL');
  await first.die();
  const second = await home.holder();
  expect(await notes(second.url)).toContain('committed just before');
});

test('the last one out stops the server; one who leaves earlier disturbs nobody', async () => {
  const bot = await home.holder();
  const pid = await home.serverPid();
  const connection = new Client({ connectionString: bot.url });
  await connection.connect();
  const command = await acquireEmbedded({ home: home.path, log: quiet });
  expect(command.url).toBe(bot.url);
  await command.release();
  await command.release();
  expect(await home.serverPid()).toBe(pid);
  expect((await connection.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await connection.end();
  await bot.leave();
  expect(await home.serverPid()).toBeNull();
});

test('nobody joins a server that its last user is about to stop', async () => {
  const bot = await home.holder();
  await bot.die();
  const pid = await home.serverPid();
  const lastUser = new Client({ connectionString: bot.url.replace('/mainstay?', '/postgres?') });
  lastUser.on('error', () => {}); // it is cut off when the server stops
  await lastUser.connect();
  await lastUser.query('select pg_advisory_lock($1)', [HOLD]);
  const visits = async () => {
    const counted = await lastUser.query(`select sessions from pg_stat_database where datname = 'postgres'`);
    return Number(counted.rows[0]?.sessions);
  };
  const before = await visits();
  const coming = acquireEmbedded({ home: home.path, log: quiet });
  await vi.waitFor(async () => expect(await visits()).toBeGreaterThan(before + 1), { timeout: 20_000 });
  if (pid) process.kill(pid, 'SIGINT');
  const held = await coming;
  await lastUser.end();
  expect(await home.serverPid()).not.toBe(pid);
  expect(await setting(held.url, 'fsync')).toBe('on');
  await held.release();
});

test('whoever comes while the last one leaves gets a server that stays', async () => {
  let leaving = await home.holder();
  for (let round = 0; round < 5; round++) {
    const [coming] = await Promise.all([home.holder(), leaving.leave()]);
    expect(await setting(coming.url, 'application_name')).toBe('mainstay test admin');
    leaving = coming;
  }
});

test('a server that dies while it is held is started again, and then still stopped by the last one out', async () => {
  const held = await acquireEmbedded({ home: home.path, log: quiet });
  const pid = await home.serverPid();
  if (pid) process.kill(pid, 'SIGKILL');
  await vi.waitFor(async () => expect(await setting(held.url, 'fsync')).toBe('on'), { timeout: 20_000 });
  expect(await home.serverPid()).not.toBe(pid);
  await held.release();
  expect(await home.serverPid()).toBeNull();
});

test('no handler is put on the signals of the process', async () => {
  const count = () =>
    ['SIGINT', 'SIGTERM', 'SIGHUP', 'exit', 'beforeExit'].map((signal) => process.listenerCount(signal));
  const before = count();
  const held = await acquireEmbedded({ home: home.path, log: quiet });
  expect(count()).toEqual(before);
  await held.release();
});

test('a lock file whose process id now belongs to somebody else does not keep the database down', async () => {
  const before = await acquireEmbedded({ home: home.path, log: quiet });
  const lockFile = join(before.dataDir, 'postmaster.pid');
  const lock = await readFile(lockFile, 'utf8');
  await before.release();
  const { uid, gid } = await stat(before.dataDir);
  const stranger = spawn(
    process.execPath,
    ['-e', 'setInterval(() => {}, 1000)'],
    process.getuid?.() === 0 ? { uid, gid } : {},
  );
  await once(stranger, 'spawn');
  try {
    await writeFile(lockFile, lock.replace(/^\d+/, String(stranger.pid)));
    const after = await acquireEmbedded({ home: home.path, log: quiet });
    expect(await setting(after.url, 'fsync')).toBe('on');
    await after.release();
  } finally {
    stranger.kill();
  }
});

test("a start that fails says PostgreSQL's reason and where its log is, at once", async () => {
  const { dataDir, release } = await acquireEmbedded({ home: home.path, log: quiet });
  await release();
  await whileItSays(join(dataDir, 'PG_VERSION'), '14\n', () =>
    expect(acquireEmbedded({ home: home.path, log: quiet })).rejects.toThrow(
      `PostgreSQL did not start (its log is ${join(home.path, 'postgres/server.log')}): ` +
        'database files are incompatible with server',
    ),
  );
});

test('a password file that does not fit the database is named', async () => {
  await (await acquireEmbedded({ home: home.path, log: quiet })).release();
  const file = join(home.path, 'postgres/password');
  await whileItSays(file, 'another', () =>
    expect(acquireEmbedded({ home: home.path, log: quiet })).rejects.toThrow(`The password in ${file} is not`),
  );
});

async function whileItSays(file: string, words: string, check: () => Promise<void>): Promise<void> {
  const right = await readFile(file, 'utf8');
  await writeFile(file, words);
  try {
    await check();
  } finally {
    await writeFile(file, right);
  }
}
