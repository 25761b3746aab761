import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { copyTo } from '../../../src/adapters/storage/copy.ts';
import { s3Store } from '../../../src/adapters/storage/s3.ts';
import { type FakeS3, fakeS3 } from '../../support/fake-s3.ts';
import type { S3Fault, S3Verb } from '../../support/fake-s3-faults.ts';
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
  // The smallest part that the SDK allows.
  store = s3Store(s3.address, { patience: { answer: 3_000, attempts: 3 }, partSize: () => 5 * MEBIBYTE });
});
afterEach(() => {
  s3.faults.clear();
  s3.objects.clear();
  s3.uploads.clear();
  s3.asked.length = 0;
});
afterAll(async () => {
  store.close();
  await s3.close();
});

const small = () => sealedBackup(ID, bytesOf(20_000));
/** In two parts. */
const large = () => sealedBackup(ID, bytesOf(6 * MEBIBYTE));
const copy = ({ folder }: { folder: string }, more = KEPT) => copyTo(store, { folder, ...more }, never);

describe('what a store does wrong (row 19)', () => {
  const slow: S3Fault = { status: 503, code: 'SlowDown' };
  const passing: [string, S3Verb, S3Fault][] = [
    ['500', 'part', { status: 500, code: 'InternalError' }],
    ['SlowDown', 'part', slow],
    ['SlowDown when it is to be completed', 'complete', slow],
    ['a failure in an answer of 200', 'complete', 'error-in-200'],
    ['a connection that is cut', 'part', 'reset'],
    ['a connection that is cut when looking', 'head', 'reset'],
    ['no answer', 'part', 'hang'],
    ['no answer when a small file is sent', 'put', 'hang'],
    ['an answer that is lost', 'put', 'lost'],
    ['an answer that is lost when it is completed', 'complete', 'lost'],
    ['a bit that changes on the way', 'part', 'flip'],
    ['a bit that changes in a small file', 'put', 'flip'],
  ];

  test.each(passing)('%s, once: the copy is whole by the next attempt', async (_what, verb, fault) => {
    const backup = large();
    s3.faults.plan(verb, fault);
    const made = await copy(backup).catch(() => copy(backup));
    expect(made.bytes).toBeGreaterThan(6 * MEBIBYTE);
    for (const file of SENT) expect(s3.objects.get(keyOf(file))?.body.equals(await read(backup, file))).toBe(true);
    expect(s3.uploads.size).toBe(0);
  });

  const lasting: [string, S3Verb, S3Fault, string][] = [
    ['SlowDown for ever', 'part', slow, 'unreachable'],
    ['no answer for ever', 'part', 'hang', 'unreachable'],
    ['no permission', 'create', { status: 403, code: 'AccessDenied' }, 'refused'],
    ['no bucket', 'create', { status: 404, code: 'NoSuchBucket' }, 'absent'],
    ['too many parts', 'complete', { status: 400, code: 'InvalidArgument' }, 'refused'],
  ];

  test.each(lasting)(
    '%s: it fails with that reason, nothing is left, and no manifest says otherwise',
    async (...row) => {
      const [, verb, fault, reason] = row;
      s3.faults.plan(verb, fault, 40);
      await expect(copy(large())).rejects.toMatchObject({ fault: reason });
      expect(s3.uploads.size).toBe(0);
      expect(s3.objects.has(keyOf('manifest.json'))).toBe(false);
    },
  );

  test('a reading that is cut short is taken up where it broke', async () => {
    const backup = large();
    await copy(backup);
    s3.faults.plan('get', 'short', 2);
    s3.faults.plan('get', 'reset');
    expect((await all(`orders/${ID}/dump.zst.age`)).equals(await read(backup, 'dump.zst.age'))).toBe(true);
  });

  test('a reading that never comes on ends as unreachable', async () => {
    await copy(small());
    s3.faults.plan('get', 'hang', 40);
    await expect(all(`orders/${ID}/dump.zst.age`)).rejects.toMatchObject({ fault: 'unreachable' });
  });
});

const read = ({ folder }: { folder: string }, file: string) => readFile(join(folder, file));

async function all(path: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of store.read(path)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
