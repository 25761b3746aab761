import { appendFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { copyTo } from '../../../src/adapters/storage/copy.ts';
import { partSize, s3Store } from '../../../src/adapters/storage/s3.ts';
import { type FakeS3, fakeS3 } from '../../support/fake-s3.ts';
import { bytesOf, sealedBackup } from '../../support/stored-backup.ts';

const MEBIBYTE = 2 ** 20;
const ID = '20260301T010000Z-0001';
const SENT = ['dump.zst.age', 'globals.sql.age', 'RESTORE.txt', 'manifest.json'];
const keyOf = (file: string) => `mainstay/orders/${ID}/${file}`;
const never = new AbortController().signal;
const KEPT = { keepUntil: new Date('2026-04-01T00:00:00Z') };

let s3: FakeS3;
let store: ReturnType<typeof s3Store>;

beforeAll(async () => {
  s3 = await fakeS3();
  // The smallest part that the SDK allows; nothing here waits for an answer that does not come.
  store = s3Store(s3.address, { patience: { answer: 30_000, attempts: 3 }, partSize: () => 5 * MEBIBYTE });
});
afterEach(() => {
  s3.faults.clear();
  s3.objects.clear();
  s3.uploads.clear();
  s3.asked.length = 0;
  Object.assign(s3.settings, { lock: false, checksums: true, uploadsListed: true, page: 1000 });
});
afterAll(async () => {
  store.close();
  await s3.close();
});

const small = () => sealedBackup(ID, bytesOf(20_000));
/** In two parts. */
const large = () => sealedBackup(ID, bytesOf(6 * MEBIBYTE));
const copy = ({ folder }: { folder: string }, more = KEPT) => copyTo(store, { folder, ...more }, never);

describe('a copy in a bucket', () => {
  test('is the same files, the manifest last', async () => {
    const backup = large();
    const made = await copyTo(store, { folder: backup.folder, ...KEPT }, never);
    expect([...s3.objects.keys()]).toEqual(SENT.map(keyOf));
    for (const file of SENT) expect(s3.objects.get(keyOf(file))?.body.equals(await read(backup, file))).toBe(true);
    expect(made).toEqual({ bytes: total(), lockedUntil: null });
    expect(s3.objects.get(keyOf('dump.zst.age'))?.metadata['sha256']).toBe(backup.manifest.files[0]?.sha256);
    expect(s3.uploads.size).toBe(0);
  });

  test('that an earlier attempt began is gone on with, and nothing is sent twice', async () => {
    const backup = small();
    s3.faults.plan('put', { status: 403, code: 'AccessDenied' });
    s3.faults.plan('head', { status: 404, code: 'NotFound' }, 2);
    await expect(copy(backup)).rejects.toMatchObject({ fault: 'refused' });
    s3.faults.clear();
    await copy(backup);
    const sent = s3.asked.filter((verb) => verb === 'put').length;
    await copy(backup);
    expect(s3.asked.filter((verb) => verb === 'put')).toHaveLength(sent);
  });

  test('is never written over by another backup of the same name', async () => {
    await copy(small());
    const other = sealedBackup(ID, bytesOf(30_000), { number: 2 });
    await expect(copy(other)).rejects.toThrow(/another backup/);
    expect(s3.objects.get(keyOf('dump.zst.age'))?.body).toHaveLength(20_000);
  });

  test('is locked where the bucket offers it, and else not', async () => {
    expect(await copy(small())).toMatchObject({ lockedUntil: null });
    s3.objects.clear();
    s3.settings.lock = true;
    const fresh = s3Store(s3.address);
    expect(await copyTo(fresh, { folder: small().folder, ...KEPT }, never)).toMatchObject({
      lockedUntil: KEPT.keepUntil,
    });
    fresh.close();
    for (const { lockedUntil } of s3.objects.values()) {
      expect(new Date(lockedUntil ?? 0)).toEqual(KEPT.keepUntil);
    }
  });

  test('of a bucket that computes no checksums is read back instead', async () => {
    s3.settings.checksums = false;
    await copy(small());
    expect(s3.asked).toContain('get');
  });

  test('is not made of files that have rotted here', async () => {
    const backup = small();
    appendFileSync(join(backup.folder, 'globals.sql.age'), 'x');
    await expect(copy(backup)).rejects.toThrow(/globals\.sql\.age is not as it was written/);
    expect(s3.objects.has(keyOf('manifest.json'))).toBe(false);
  });
});

test('a part that is refused as too fast is sent again, and a small file too', async () => {
  const backup = large();
  s3.faults.plan('part', { status: 503, code: 'SlowDown' });
  s3.faults.plan('put', { status: 500, code: 'InternalError' });
  await copy(backup);
  for (const file of SENT) expect(s3.objects.get(keyOf(file))?.body.equals(await read(backup, file))).toBe(true);
});

test('neither key is in what is said of a failure', async () => {
  s3.faults.plan('put', { status: 403, code: 'SignatureDoesNotMatch' }, 9);
  const error: unknown = await copy(small()).catch((thrown: unknown) => thrown);
  expect(String(error)).toContain('SignatureDoesNotMatch');
  expect(`${error} ${JSON.stringify(error)}`).not.toContain(s3.address.secretKey);
});

describe('a bucket', () => {
  test('is listed over all its pages', async () => {
    await copy(small());
    s3.settings.page = 1;
    expect((await store.list('orders/')).map(({ path }) => path)).toEqual(
      [...SENT].sort().map((file) => `orders/${ID}/${file}`),
    );
    expect(await store.list('invoices/')).toEqual([]);
  });

  test('loses uploads that nobody finished and that are older than asked, and no others (row 21)', async () => {
    const upload = (hour: string) => ({
      key: keyOf('dump.zst.age'),
      headers: {},
      initiated: new Date(`2026-03-01T${hour}:00:00Z`),
      parts: new Map<number, Buffer>(),
    });
    s3.uploads.set('old', upload('01'));
    s3.uploads.set('young', upload('23'));
    expect(await store.sweep(new Date('2026-03-01T12:00:00Z'))).toBe(1);
    expect([...s3.uploads.keys()]).toEqual(['young']);
    s3.settings.uploadsListed = false;
    expect(await store.sweep(new Date('2026-03-02T12:00:00Z'))).toBeNull();
  });
});

test('a part is of 16 MiB at least, and there are never more than 900', () => {
  expect(partSize(0)).toBe(16 * MEBIBYTE);
  expect(partSize(900 * 16 * MEBIBYTE)).toBe(16 * MEBIBYTE);
  for (const bytes of [900 * 16 * MEBIBYTE + 1, 2 ** 40, 5 * 2 ** 40]) {
    expect(Math.ceil(bytes / partSize(bytes))).toBeLessThanOrEqual(900);
  }
});

const total = () => [...s3.objects.values()].reduce((sum, { body }) => sum + body.length, 0);
const read = ({ folder }: { folder: string }, file: string) => readFile(join(folder, file));
