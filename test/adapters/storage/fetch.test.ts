import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fetchCopy } from '../../../src/adapters/storage/fetch.ts';
import { storeAt } from '../../../src/adapters/storage/open.ts';
import { sealedBackup } from '../../support/stored-backup.ts';

const ID = '20260301T010000Z-0001';
const never = new AbortController().signal;

let copies: ReturnType<typeof sealedBackup>;
let here: string;
beforeEach(() => {
  copies = sealedBackup(ID, Buffer.from('rows'));
  here = mkdtempSync(join(tmpdir(), 'fetched-'));
});
afterEach(() => {
  for (const folder of [copies.root, here]) rmSync(folder, { recursive: true });
});

const fetched = async (only?: string) => {
  const store = await storeAt({ kind: 'folder', path: copies.root });
  return fetchCopy(store, { backup: 'orders', id: ID, ...(only === undefined ? {} : { only }) }, here, never);
};

it('brings a copy here byte by byte, for nobody else to read', async () => {
  const count = await fetched();
  expect(readdirSync(here).sort()).toEqual(readdirSync(copies.folder).sort());
  expect(count).toBe(readdirSync(here).length);
  for (const name of readdirSync(here)) {
    expect(readFileSync(join(here, name))).toEqual(readFileSync(join(copies.folder, name)));
    expect(statSync(join(here, name)).mode & 0o077).toBe(0);
  }
});

it('brings the manifest alone when that is what is asked for', async () => {
  expect(await fetched('manifest.json')).toBe(1);
  expect(readdirSync(here)).toEqual(['manifest.json']);
});

it('brings nothing of a copy that is not there, and nothing that is not ours', async () => {
  writeFileSync(join(copies.folder, '.hidden'), 'x');
  mkdirSync(join(copies.folder, 'deeper'));
  writeFileSync(join(copies.folder, 'deeper', 'dump.zst.age'), 'x');
  await fetched();
  expect(readdirSync(here)).not.toContain('.hidden');
  expect(readdirSync(here)).not.toContain('deeper');
  const store = await storeAt({ kind: 'folder', path: copies.root });
  expect(await fetchCopy(store, { backup: 'orders', id: '20260301T010000Z-0002' }, here, never)).toBe(0);
});
