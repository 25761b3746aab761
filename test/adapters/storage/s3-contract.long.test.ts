import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyTo } from '../../../src/adapters/storage/copy.ts';
import { s3Store } from '../../../src/adapters/storage/s3.ts';
import type { S3Address } from '../../../src/domain/backup/place.ts';
import { type FakeS3, fakeS3 } from '../../support/fake-s3.ts';
import { realBucket } from '../../support/real-bucket.ts';
import { storeContract } from '../../support/store-contract.ts';
import { bytesOf, sealedBackup } from '../../support/stored-backup.ts';

const MEBIBYTE = 2 ** 20;
const never = new AbortController().signal;
/** Two parts and a bit. */
const LARGEST = 11 * MEBIBYTE;
const SETTINGS = { patience: { answer: 30_000, attempts: 3 }, partSize: () => 5 * MEBIBYTE };

type Store = ReturnType<typeof s3Store>;

function everyS3(name: string, store: () => Store, known: { readonly overwrites?: boolean } = {}): void {
  storeContract(name, store, { largest: LARGEST, ...known });

  test(`${name} takes a backup whole, and once only`, async () => {
    const { folder } = sealedBackup('20260301T010000Z-0009', bytesOf(LARGEST));
    const until = { keepUntil: null };
    const first = await copyTo(store(), { folder, ...until }, never);
    expect(await copyTo(store(), { folder, ...until }, never)).toEqual(first);
    const lies = await store().list('orders/');
    expect(lies).toHaveLength(4);
    for (const { path } of lies) await store().remove(path);
  });
}

describe('our own fake', () => {
  let fake: FakeS3;
  let store: Store;
  beforeAll(async () => {
    fake = await fakeS3();
    store = s3Store(fake.address, SETTINGS);
  });
  afterAll(async () => {
    store.close();
    await fake.close();
  });
  everyS3('it', () => store);
});

interface Rver {
  run(): Promise<AddressInfo>;
  close(): Promise<void>;
}

// It has no types. It ignores If-None-Match, and does not list unfinished uploads.
const S3rver: new (options: object) => Rver = createRequire(import.meta.url)('s3rver');

describe('s3rver', () => {
  let rver: Rver;
  let store: Store;
  beforeAll(async () => {
    rver = new S3rver({
      address: '127.0.0.1',
      port: 0,
      silent: true,
      directory: mkdtempSync(join(tmpdir(), 's3rver-')),
      configureBuckets: [{ name: 'backups' }],
    });
    const { port } = await rver.run();
    store = s3Store(at(`http://127.0.0.1:${port}`), SETTINGS);
  });
  afterAll(async () => {
    store.close();
    await rver.close();
  });
  everyS3('it', () => store, { overwrites: true });

  test('it does not say which uploads are unfinished, and that is said', async () => {
    expect(await store.sweep(new Date('2030-01-01'))).toBeNull();
  });
});

const real = realBucket();

describe.skipIf(real === null)('the bucket of S3_TEST_ENDPOINT', () => {
  const store = s3Store(real ?? at('http://127.0.0.1:1'), SETTINGS);
  afterAll(() => store.close());
  everyS3('it', () => store);

  test('it has no old unfinished uploads of ours', async () => {
    expect(await store.sweep(new Date(Date.now() - 24 * 3_600_000))).not.toBeNull();
  });
});

function at(endpoint: string): S3Address {
  return {
    bucket: 'backups',
    prefix: 'contract',
    region: 'us-east-1',
    endpoint,
    accessKey: 'S3RVER',
    secretKey: 'S3RVER',
  };
}
