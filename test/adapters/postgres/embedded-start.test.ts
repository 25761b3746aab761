import { chmod, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireEmbedded } from '../../../src/adapters/postgres/embedded.ts';
import { type EmbeddedHome, embeddedHome } from '../../support/embedded-home.ts';
import { asAdmin } from '../../support/test-server.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const isRoot = process.getuid?.() === 0;

let home: EmbeddedHome;

beforeEach(async () => {
  home = await embeddedHome();
});
afterEach(async () => {
  await home.stop();
  await home.delete();
});

test('first starts at one instant make one database, which all of them hold', async () => {
  const holders = await Promise.all([home.holder(), home.holder(), home.holder()]);
  expect(new Set(holders.map(({ url }) => url)).size).toBe(1);
  expect(await readdir(home.path)).toEqual(['postgres']);
  for (const holder of holders) {
    await asAdmin(holder.url, (client) => client.query('select 1'));
    await holder.leave();
  }
  expect(await home.serverPid()).toBeNull();
});

test('a path too long for a socket gets a private folder for the socket', async () => {
  const deep = join(home.path, 'd'.repeat(60), 'e'.repeat(60));
  await mkdir(deep, { recursive: true });
  const held = await acquireEmbedded({ home: deep, log: quiet });
  const socket = new URL(held.url).searchParams.get('host') ?? '';
  await asAdmin(held.url, (client) => client.query('select 1'));
  const folder = await stat(socket);
  await held.release();
  expect(folder.mode & 0o777).toBe(0o700);
  expect(folder.uid).toBe((await stat(held.dataDir)).uid);
  await rm(socket, { recursive: true });
});

test('a strict umask closes none of the folders that are made for the home', async () => {
  const usual = process.umask(0o077);
  try {
    await (await acquireEmbedded({ home: join(home.path, 'new', 'home'), log: quiet })).release();
  } finally {
    process.umask(usual);
  }
  const modes = await Promise.all(['new', 'new/home'].map((folder) => stat(join(home.path, folder))));
  expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o755, 0o755]);
});

test('a home that is no folder is refused in a sentence', async () => {
  const file = join(home.path, 'file');
  await writeFile(file, '');
  await expect(acquireEmbedded({ home: file, log: quiet })).rejects.toThrow(
    `MAINSTAY_HOME should be a folder that Mainstay may write to, and ${file} is not`,
  );
});

test('a home in a folder that takes none is refused in a sentence, and nothing hangs', async () => {
  await expect(acquireEmbedded({ home: '/proc/mainstay/home', log: quiet })).rejects.toThrow(
    'MAINSTAY_HOME should be a folder that Mainstay may write to, and /proc/mainstay/home is not: ENOENT',
  );
});

test.runIf(isRoot)(
  "a home the database's user cannot reach is explained in one sentence, and nothing is left there",
  async () => {
    const closed = join(home.path, 'closed');
    await mkdir(closed, { mode: 0o700 });
    await expect(acquireEmbedded({ home: join(closed, 'home'), log: quiet })).rejects.toThrow(
      `runs as the user postgres, who may not enter ${closed} (mode 0700)`,
    );
    expect(await readdir(join(closed, 'home'))).toEqual([]);

    await chmod(closed, 0o755);
    await (await acquireEmbedded({ home: join(closed, 'home'), log: quiet })).release();
    await chmod(closed, 0o700);
    await expect(acquireEmbedded({ home: join(closed, 'home'), log: quiet })).rejects.toThrow(
      `who may not enter ${closed} (mode 0700)`,
    );
  },
);
