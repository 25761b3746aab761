import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptIn, keptOf, sweep } from '../../../src/adapters/storage/folder.ts';
import { aManifest } from '../../support/drill-facts.ts';
import { temporaryHome } from '../../support/test-server.ts';

let root: string;
beforeAll(async () => {
  root = await temporaryHome();
});
afterAll(() => rm(root, { recursive: true }));

/** The folder of an attempt; whole when it has its manifest. */
async function attempt(key: string, id: string, whole: boolean): Promise<string> {
  const folder = join(root, key, id);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'dump.zst.age.partial'), 'half');
  if (whole) await writeFile(join(folder, 'manifest.json'), JSON.stringify(aManifest({ id, backup: key })));
  return folder;
}

describe('what an attempt left', () => {
  it('is swept away when it is no backup, and stays when it is one', async () => {
    await attempt('shop', '20260318T090000Z-aaaa', false);
    await attempt('shop', '20260318T100000Z-bbbb', true);
    expect(await sweep(root, 'shop', '20260318T090000Z-aaaa')).toBeNull();
    expect(await sweep(root, 'shop', '20260318T100000Z-bbbb')).toMatchObject({ id: '20260318T100000Z-bbbb' });
    expect(await sweep(root, 'shop', '20260318T110000Z-cccc')).toBeNull();
    expect(await readdir(join(root, 'shop'))).toEqual(['20260318T100000Z-bbbb']);
  });

  it('cannot be made whole any more by whoever was thought gone', async () => {
    const folder = await attempt('late', '20260318T090000Z-aaaa', false);
    await sweep(root, 'late', '20260318T090000Z-aaaa');
    await expect(writeFile(join(folder, 'manifest.json'), '{}')).rejects.toThrow('ENOENT');
  });

  it('is swept away by the next sweep when one did not come to its end', async () => {
    await mkdir(join(root, 'cut', '.swept-20260318T090000Z-aaaa'), { recursive: true });
    await sweep(root, 'cut', '20260318T100000Z-bbbb');
    expect(await readdir(join(root, 'cut'))).toEqual([]);
  });

  it('stays when another sweep has just moved it aside, or ended before it had looked', async () => {
    const folder = await attempt('both', '20260318T090000Z-aaaa', true);
    await rename(folder, join(root, 'both', '.swept-20260318T090000Z-aaaa'));
    await sweep(root, 'both', '20260318T100000Z-bbbb');
    expect(await readdir(join(root, 'both'))).toEqual(['20260318T090000Z-aaaa']);
  });

  it('is never anything that Mainstay did not name', async () => {
    await expect(sweep(root, 'shop', '../shop')).rejects.toThrow('no backup of Mainstay');
  });
});

describe('a folder that cannot be read', () => {
  it('is no backup, and keeps nobody from the others', async () => {
    await attempt('orders', '20260318T090000Z-aaaa', true);
    // Not a folder at all: whoever reads in it is told so, root too.
    await writeFile(join(root, 'orders', '20260318T100000Z-bbbb'), '');
    const { whole, broken } = await keptIn(root, 'orders');
    expect(whole.map(({ id }) => id)).toEqual(['20260318T090000Z-aaaa']);
    expect(broken).toEqual(['20260318T100000Z-bbbb']);
    await expect(keptOf(root, 'orders', '20260318T100000Z-bbbb')).rejects.toThrow('ENOTDIR');
    expect(await keptOf(root, 'orders', '20260318T090000Z-aaaa')).toMatchObject({ manifest: { backup: 'orders' } });
  });
});
