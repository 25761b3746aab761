import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { encryptTo } from '../../../src/adapters/age/encrypt.ts';
import { copyTo } from '../../../src/adapters/storage/copy.ts';
import { folderStore } from '../../../src/adapters/storage/folder-store.ts';
import { copiesInChild } from '../../../src/adapters/storage/in-child.ts';
import { readCopy } from '../../../src/adapters/storage/read-copy.ts';
import { s3Store } from '../../../src/adapters/storage/s3.ts';
import type { Store } from '../../../src/adapters/storage/store.ts';
import { removeCopy, survey } from '../../../src/adapters/storage/upkeep.ts';
import { judgeCopy } from '../../../src/domain/backup/canary.ts';
import type { StorePlace } from '../../../src/domain/backup/place.ts';
import { type Keys, makeKeys, SURROUNDINGS } from '../../support/backup-story.ts';
import { type FakeS3, fakeS3 } from '../../support/fake-s3.ts';
import { bytesOf, sealedBackup } from '../../support/stored-backup.ts';

const ID = '20260301T010000Z-0001';
const never = new AbortController().signal;

let s3: FakeS3;
let keys: Keys;
let dump: Buffer;
beforeAll(async () => {
  s3 = await fakeS3();
  keys = await makeKeys();
  dump = await sealed(bytesOf(100_000));
});
afterAll(() => s3.close());

async function sealed(inside: Buffer): Promise<Buffer> {
  const through = await encryptTo(keys.recipients);
  through.end(inside);
  return buffer(through);
}

/** Copied to both kinds of place. */
describe.each(['folder', 's3'] as const)('a copy in a %s', (kind) => {
  let place: StorePlace;
  let store: Store;
  let expected: Parameters<typeof judgeCopy>[0];
  const harm = (file: string, change: (path: string) => void) => {
    if (place.kind === 'folder') return change(join(place.path, 'orders', ID, file));
    const key = `mainstay/orders/${ID}/${file}`;
    const object = s3.objects.get(key);
    if (object === undefined) throw new Error(`there is no ${key}`);
    const path = join(mkdtempSync(join(tmpdir(), 'harm-')), file);
    writeFileSync(path, object.body);
    change(path);
    // The store's own checksum goes on saying what was sent.
    s3.objects.set(key, { ...object, body: readFileSync(path) });
  };
  const judged = async () => {
    return judgeCopy(expected, await readCopy(store, 'orders', ID), keys.recipients);
  };

  beforeEach(async () => {
    s3.objects.clear();
    s3.faults.clear();
    place = kind === 's3' ? { kind, ...s3.address } : { kind, path: mkdtempSync(join(tmpdir(), 'elsewhere-')) };
    const globals = await sealed(Buffer.from('create role orders;\n'));
    const backup = sealedBackup(ID, dump, { recipients: keys.recipients, globals });
    store = place.kind === 's3' ? s3Store(place) : folderStore(place.path);
    await copyTo(store, { folder: backup.folder, keepUntil: null }, never);
    expected = { number: 1, id: ID, manifestSha256: backup.manifestSha256 };
  });

  test('is sound as long as nobody touches it; each change of it is found, and the file named', async () => {
    expect(await judged()).toEqual({ verdict: 'sound' });

    harm('dump.zst.age', (path) => {
      const bytes = readFileSync(path);
      bytes[70_000] = (bytes[70_000] ?? 0) ^ 4;
      writeFileSync(path, bytes);
    });
    harm('globals.sql.age', (path) => truncateSync(path, 100));
    expect(await judged()).toMatchObject({
      verdict: 'damaged',
      faults: [{ file: 'dump.zst.age' }, { file: 'globals.sql.age' }],
    });
    await removeCopy(store, 'orders', ID);
    expect(await judged()).toEqual({ verdict: 'missing' });
    expect(await survey(store, ['orders'], new Date())).toEqual({ bytes: 0, swept: 0 });
  });
});

test('a store that does not answer is no damage', async () => {
  const nowhere = { ...s3.address, endpoint: 'http://127.0.0.1:9' };
  const unanswered = s3Store(nowhere, { patience: { answer: 300, attempts: 1 }, partSize: (bytes) => bytes });
  expect(await readCopy(unanswered, 'orders', ID)).toMatchObject({ kind: 'not-read' });
  const root = mkdtempSync(join(tmpdir(), 'gone-'));
  rmSync(root, { recursive: true });
  expect(await readCopy(folderStore(root), 'orders', ID)).toMatchObject({ kind: 'not-read' });
});

test('a process of its own copies, can be ended, and shows neither key to whoever lists processes', async () => {
  const copies = copiesInChild(SURROUNDINGS);
  const { root } = sealedBackup(ID, dump);
  s3.objects.clear();
  s3.faults.plan('put', 'hang');
  const order = { root, backup: 'orders', id: ID, keepUntil: null };
  const stop = new AbortController();
  const copying = copies.copy({ kind: 's3', ...s3.address }, order, stop.signal);
  const ended = expect(copying).rejects.toThrow('enough');
  await expect.poll(() => s3.asked, { timeout: 20_000 }).toContain('put');
  const seen = execFileSync('ps', ['axeww', '-o', 'command']).toString();
  expect(seen).toContain('storage/worker.ts');
  expect(seen).not.toContain(s3.address.secretKey);
  stop.abort(new Error('enough'));
  await ended;

  const place: StorePlace = { kind: 'folder', path: mkdtempSync(join(tmpdir(), 'elsewhere-')) };
  expect(await copies.copy(place, order, never)).toMatchObject({ lockedUntil: null });
  await expect(copies.copy(place, { ...order, id: 'nothing' }, never)).rejects.toThrow(/nothing/);
});
