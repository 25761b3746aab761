import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FileToPut, Store } from '../../src/adapters/storage/store.ts';
import { bytesOf } from './stored-backup.ts';

const never = new AbortController().signal;

/** What every place for copies does, whoever made it. `only`: what this one is known not to do. */
export function storeContract(
  name: string,
  store: () => Store,
  { largest, overwrites = false }: { readonly largest: number; readonly overwrites?: boolean },
): void {
  const path = 'orders/20260301T010000Z-0001/dump.zst.age';

  test.each([0, 1, 70_000, largest])(`${name} gives back what it was given: %d bytes`, async (length) => {
    const body = bytesOf(length);
    await store().remove(path);
    await store().put(path, fileOf(body), null, never);
    expect(await store().head(path)).toMatchObject({ bytes: length });
    expect((await all(store(), path)).equals(body)).toBe(true);
    expect(await store().list('orders/')).toEqual([{ path, bytes: length }]);
    await store().remove(path);
    expect(await store().head(path)).toBeNull();
    expect(await store().list('orders/')).toEqual([]);
    await store().remove(path);
  });

  test(`${name} says that a file is not there`, async () => {
    await expect(all(store(), 'orders/nothing/dump.zst.age')).rejects.toMatchObject({ fault: 'absent' });
  });

  test.skipIf(overwrites)(`${name} writes over nothing`, async () => {
    await store().put(path, fileOf(bytesOf(10)), null, never);
    await expect(store().put(path, fileOf(bytesOf(20)), null, never)).rejects.toMatchObject({ fault: 'occupied' });
    expect(await store().head(path)).toMatchObject({ bytes: 10 });
    await store().remove(path);
  });
}

export function fileOf(body: Buffer): FileToPut {
  const from = join(mkdtempSync(join(tmpdir(), 'to-put-')), 'file');
  writeFileSync(from, body);
  return { from, bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') };
}

async function all(store: Store, path: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of store.read(path)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
