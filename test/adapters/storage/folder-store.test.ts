import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderStore } from '../../../src/adapters/storage/folder-store.ts';
import { fileOf, storeContract } from '../../support/store-contract.ts';
import { bytesOf } from '../../support/stored-backup.ts';

const root = mkdtempSync(join(tmpdir(), 'elsewhere-'));
const never = new AbortController().signal;

storeContract('a folder', () => folderStore(root), { largest: 2_000_000 });

test('a folder that is not there is a disk that is not mounted: nothing is made, and nothing seems empty', async () => {
  const gone = mkdtempSync(join(tmpdir(), 'unmounted-'));
  rmSync(gone, { recursive: true });
  const store = folderStore(gone);
  await expect(store.put('orders/x/dump.zst.age', fileOf(bytesOf(1)), null, never)).rejects.toThrow(/mounted/);
  await expect(store.list('orders/')).rejects.toMatchObject({ fault: 'absent' });
});

test('what was left half written is swept away when it is old', async () => {
  const folder = join(root, 'orders', '20260302T010000Z-0002');
  mkdirSync(folder, { recursive: true });
  for (const [name, day] of [
    ['old', '2026-03-01'],
    ['young', '2026-03-03'],
  ] as const) {
    writeFileSync(join(folder, `${name}.partial`), 'half');
    utimesSync(join(folder, `${name}.partial`), new Date(day), new Date(day));
  }
  const store = folderStore(root);
  expect(await store.list('orders/')).toEqual([]);
  expect(await store.sweep(new Date('2026-03-02'))).toBe(1);
  expect(await store.sweep(new Date('2026-03-02'))).toBe(0);
  expect(await store.sweep(new Date('2026-03-04'))).toBe(1);
});
