import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeKeys, SURROUNDINGS } from '../support/backup-story.ts';
import { mainstay } from '../support/cli.ts';
import { type FakeS3, fakeS3 } from '../support/fake-s3.ts';
import { type Journey, startJourney, told } from '../support/journey.ts';
import { emptyDatabase, type FreshDatabase } from '../support/postgres.ts';

/** The next minute's look, and what it takes on a busy machine. */
const NEXT_MINUTE = { timeout: 100_000, interval: 100 };

const backups = (endpoint: string) => `
targets:
  shop-db: { kind: postgres, url: env:SHOP_URL }
  vault: { kind: storage, url: s3://backups/northwind, endpoint: "${endpoint}", accessKey: env:VAULT_KEY, secretKey: env:VAULT_SECRET }
backups:
  - key: shop
    title: The shop, daily
    owner: payments
    source: shop-db
    method: pg_dump
    when: on change
    retention: { keep: 30d, keepAtLeast: 7 }
    encrypted: true
    recipients: [env:DRILL_RECIPIENT, env:ESCROW_RECIPIENT]
    storage: vault
`;

let journey: Journey;
let shop: FreshDatabase;
let s3: FakeS3;
let environment: Record<string, string>;
beforeAll(async () => {
  s3 = await fakeS3();
  const keys = await makeKeys();
  shop = await emptyDatabase();
  const client = new Client(shop.url);
  await client.connect();
  await client.query(`create table orders (n int primary key, what text);
    insert into orders select n, md5(n::text) from generate_series(1, 20000) as n`);
  await client.end();
  const [drill = '', escrow = ''] = keys.recipients;
  environment = {
    SHOP_URL: shop.url,
    DRILL_RECIPIENT: drill,
    ESCROW_RECIPIENT: escrow,
    VAULT_KEY: s3.address.accessKey,
    VAULT_SECRET: s3.address.secretKey,
    PATH: SURROUNDINGS.PATH,
  };
  const endpoint = s3.address.endpoint ?? '';
  journey = await startJourney({ spec: (northwind) => northwind + backups(endpoint), environment });
});
afterAll(async () => {
  await journey.stop();
  await shop.drop();
  await s3.close();
});

describe('a backup that is kept off-site', () => {
  it('is pending after it is sealed, is copied by itself, can be held, and is read there', async () => {
    await journey.type('alice', '/backup run shop');
    await journey.quiet();
    await vi.waitFor(() => expect([...s3.objects.keys()].at(-1)).toMatch(/manifest\.json$/), NEXT_MINUTE);
    await vi.waitFor(
      async () => expect(told(await journey.type('bob', '/backup'))).toContain('all copied off-site'),
      NEXT_MINUTE,
    );
    const [id = ''] = readdirSync(join(journey.home, 'backups', 'shop'));
    for (const [key, { body }] of s3.objects) {
      expect(key.startsWith(`northwind/shop/${id}/`)).toBe(true);
      expect(body.equals(readFileSync(join(journey.home, 'backups', 'shop', id, key.split('/').at(-1) ?? '')))).toBe(
        true,
      );
    }
    expect(told(await journey.type('bob', '/backup hold BK-1 the auditors want it'))).toContain('is held');
    expect(told(await journey.type('bob', '/backup show BK-1'))).toContain('the auditors want it');

    const run = (...words: string[]) =>
      mainstay(words, {
        DATABASE_URL: journey.databaseUrl,
        MAINSTAY_HOME: journey.home,
        MAINSTAY_SPEC: journey.specFile,
        ...environment,
      });
    expect(await run('backup', 'verify', '--off-site')).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 of 1 copies off-site are good'),
    });
    expect((await run('backup', 'prune', '--dry-run')).out).toMatch(/BK-1\s+shop\s+stays\s+held by a person/);

    const dump = [...s3.objects].find(([key]) => key.endsWith('dump.zst.age'));
    if (dump === undefined) throw new Error('there is no dump');
    const rotten = Buffer.from(dump[1].body);
    rotten[rotten.length - 9] = (rotten[rotten.length - 9] ?? 0) ^ 1;
    s3.objects.set(dump[0], { ...dump[1], body: rotten });
    const found = await run('backup', 'verify', '--off-site');
    expect(found.code).toBe(1);
    expect(found.out).toContain('dump.zst.age: its bytes are not those that were written');
    expect(`${found.out}${found.err}`).not.toContain(s3.address.secretKey);
  });
});
