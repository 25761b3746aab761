import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { generateX25519Identity } from 'age-encryption';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { decrypted } from '../../../src/adapters/age/decrypt.ts';
import { encryptTo } from '../../../src/adapters/age/encrypt.ts';
import type { Manifest } from '../../../src/domain/backup/manifest.ts';
import { backedUpShop, type ShopBackup, told } from '../../support/drill-story.ts';

let healthy: ShopBackup;
beforeAll(async () => {
  healthy = await backedUpShop();
});
afterAll(() => healthy.remove());
let shop: ShopBackup | null = null;
afterEach(() => {
  shop?.remove();
  shop = null;
});

const previous = () => ({ id: 'BK-1', tables: healthy.manifest.tables });

describe('what was wrong with the data that was saved is found', () => {
  const AGE = {
    title: 'Newest order',
    sql: `select extract(epoch from current_setting('mainstay.snapshot_at')::timestamptz - max(created_at)) from orders`,
    atMost: 86_400,
  };
  it.each([
    ['a database that is empty', 'truncate orders, customers', 'volume: empty'],
    ['a table that was dropped', 'drop table orders cascade', 'volume: table-gone public.orders'],
    [
      '99 % of the rows gone',
      'delete from orders where id > 20',
      'volume: rows-gone public.orders: 2000 rows in BK-1, 20 now',
    ],
    ['a fifth of the rows gone', 'delete from orders where id > 1600', 'volume: fewer-rows public.orders'],
    [
      'data that is old',
      `update orders set created_at = now() - interval '3 days'`,
      'semantics: smoke-failed Newest order',
    ],
    [
      'a sequence that is behind',
      `select setval('customers_id_seq', 7)`,
      'integrity: sequence-behind customers_id_seq',
    ],
    [
      'rows without their counterpart',
      'alter table orders disable trigger all; alter table customers disable trigger all; delete from customers where id = 1',
      'restore: constraint-refused FK CONSTRAINT orders orders_customer_fkey',
    ],
    [
      'an index whose function does not give the same twice',
      `create function lie(n int) returns int immutable language sql as
         $$ select n + length(current_setting('application_name')) $$;
       create index orders_lie on orders (lie(customer))`,
      'integrity: damaged orders_lie',
    ],
  ])('%s', async (_what, sql, words) => {
    shop = await backedUpShop(sql);
    const result = await shop.drill({}, { previous: previous(), smoke: [AGE] });
    expect(told(result).join('\n')).toContain(words);
    expect(result.verdict).toBe(words.includes('fewer-rows') ? 'passed' : 'finding');
  });
});

describe('a backup that does not have what its manifest says is found', () => {
  it.each([
    ['an index', 'drop index orders_doc', 'structure: index-missing public.orders_doc'],
    ['a table', 'drop table orders cascade', 'volume: table-missing public.orders'],
    ['a row', 'delete from orders where id = 5', 'volume: rows-differ public.orders: 1999 of 2000'],
    ['a value', `update customers set email = 'x' where id = 5`, 'content: content-differs public.customers'],
    [
      'a trigger that checks',
      'alter table orders drop constraint orders_total_check',
      'structure: constraint-missing public.orders orders_total_check',
    ],
    ['a column', 'alter table orders drop column created_at cascade', 'structure: table-differs public.orders'],
  ])('%s', async (_what, sql, words) => {
    shop = await backedUpShop(sql);
    const { tables, structure } = healthy.manifest;
    const result = await shop.drill({ manifest: { ...shop.manifest, tables, structure } });
    expect(told(result)).toContain(words);
    expect(result.verdict).toBe('finding');
  });
});

describe('files that were harmed are found', () => {
  const dump = (of: ShopBackup) => join(of.folder, 'dump.zst.age');
  const flip = (path: string, at: number) => {
    const bytes = readFileSync(path);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  };
  const harms: readonly (readonly [string, (of: ShopBackup) => void])[] = [
    ['one bit of the rows', (of) => flip(dump(of), readFileSync(dump(of)).length - 100)],
    ['one bit of the header', (of) => flip(dump(of), 40)],
    ['cut at half', (of) => truncateSync(dump(of), Math.floor(readFileSync(dump(of)).length / 2))],
    ['cut to nothing', (of) => truncateSync(dump(of), 0)],
  ];
  it.each(harms)('%s', async (_what, harm) => {
    shop = await backedUpShop();
    harm(shop);
    const result = await shop.drill();
    expect(told(result)[0]).toMatch(/^fetch: file-altered dump\.zst\.age/);
    expect(result.verdict).toBe('finding');
  });

  it.each(harms)('%s, though the manifest was made to say so', async (_what, harm) => {
    shop = await backedUpShop();
    harm(shop);
    const result = await shop.drill({ manifest: rehashed(shop) });
    expect(told(result).join()).toMatch(/^(?:key: key-does-not-open|restore: dump-unreadable) /);
    expect(result.verdict).toBe('finding');
  });
});

/** Its manifest, with the files as they are now. */
function rehashed({ folder, manifest }: ShopBackup): Manifest {
  const files = manifest.files.map(({ name }) => {
    const bytes = readFileSync(join(folder, name));
    return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
  return { ...manifest, files };
}

describe('what the drill lacks is never good news, nor a finding', () => {
  const lacks: readonly (readonly [string, (of: ShopBackup) => Parameters<ShopBackup['drill']>[0], RegExp])[] = [
    ['an identity', () => ({ identities: [] }), /^key: no-identity .*DRILL_IDENTITY_FILE/],
    ['a server', () => ({ server: null }), /^restore: no-server/],
    [
      'a server as new as the one that was saved',
      (of) => ({ manifest: with_(of, { server: 990_001 }) }),
      /^restore: server-too-old the backup is of PostgreSQL 99/,
    ],
    ['room', (of) => ({ manifest: with_(of, { bytes: 1e18 }) }), /^restore: no-room/],
    [
      'an extension',
      (of) => ({ manifest: with_(of, { extensions: [{ name: 'timescaledb', version: '2' }] }) }),
      /^restore: extension-not-here the server of the drill lacks timescaledb/,
    ],
    ['a program', () => ({ environment: { PATH: '/nowhere' } }), /^restore: program-missing pg_restore is not here/],
    [
      'a statement that can be asked',
      () => ({}),
      /^semantics: smoke-not-asked Broken: PostgreSQL refused the statement \(SQLSTATE 42P01\)/,
    ],
    [
      'a server that starts',
      () => ({ server: { initdb: '/bin/false', pg_ctl: '/bin/false', postgres: '/bin/false' } }),
      /^restore: /,
    ],
  ];
  it.each(lacks)('%s', async (what, job, words) => {
    const broken = [{ title: 'Broken', sql: 'select email from nobody' }];
    const smoke = what.startsWith('a statement') ? broken : [];
    const result = await healthy.drill({ ...job(healthy), smoke }, { smoke });
    expect(told(result).join('\n')).toMatch(words);
    expect(result.verdict).toBe('could-not-verify');
  });
});

function with_({ manifest }: ShopBackup, facts: Partial<Manifest['database']>): Manifest {
  return { ...manifest, database: { ...manifest.database, ...facts } };
}

it('an identity that does not open it is a finding that names those that would', async () => {
  const result = await healthy.drill({ identities: [await generateX25519Identity()] });
  expect(told(result)[0]).toContain(`it was made for ${healthy.keys.recipients.join(' and ')}`);
  expect(result.verdict).toBe('finding');
});

it('a role that is missing is named, and what belongs to it', async () => {
  shop = await backedUpShop('create role shop_reader; grant select on orders to shop_reader');
  try {
    expect((await shop.drill()).verdict).toBe('passed');
    const globals = join(shop.folder, 'globals.sql.age');
    const sql = (await buffer(await decrypted(createReadStream(globals), [shop.keys.drill]))).toString();
    const sealed = Readable.from([sql.replaceAll(/^.*shop_reader.*$/gm, '')]).pipe(
      await encryptTo(shop.keys.recipients),
    );
    await writeFile(globals, await buffer(sealed));
    const result = await shop.drill({ manifest: rehashed(shop) });
    expect(told(result)).toContain('restore: role-missing shop_reader');
    expect(result.verdict).toBe('finding');
  } finally {
    shop.remove();
  }
});

it('a statement may give a number or a boolean, and never a row', async () => {
  const smoke = [
    { title: 'Row', sql: 'select email from customers limit 1' },
    { title: 'Rows', sql: 'select id from customers' },
    { title: 'Two', sql: 'select 1; delete from orders' },
    { title: 'Write', sql: 'delete from empty returning 1' },
  ];
  const result = await healthy.drill({ smoke }, { smoke });
  expect(told(result)).toEqual([
    'semantics: smoke-not-asked Row: it has to give one number or one boolean',
    'semantics: smoke-not-asked Rows: it has to give one number or one boolean',
    'semantics: smoke-not-asked Two: PostgreSQL refused the statement (SQLSTATE 42601)',
    'semantics: smoke-not-asked Write: PostgreSQL refused the statement (SQLSTATE 25006)',
  ]);
  expect(JSON.stringify(result)).not.toContain('canary');
});

it('what a drill left that was killed is taken away by the next, and what one uses that runs is not', async () => {
  await mkdir(join(healthy.root, 'drill-4194304-1-gone', 'data'), { recursive: true });
  await mkdir(join(healthy.root, `drill-${process.pid}-0-other`), { recursive: true });
  const used = `drill-${process.pid}-${born()}-mine`;
  await mkdir(join(healthy.root, used), { recursive: true });
  expect((await healthy.drill()).verdict).toBe('passed');
  expect(readdirSync(healthy.root)).toEqual([used]);
});

const born = () => readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ')[19];
