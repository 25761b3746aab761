import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { makeBackup } from '../../src/adapters/pgdump/make.ts';
import { type DrillJob, drillBackup } from '../../src/adapters/pgrestore/drill.ts';
import { findBinaries } from '../../src/adapters/postgres/binaries.ts';
import { climb, type DrillExpectations, type DrillResult } from '../../src/domain/backup/ladder.ts';
import type { Manifest } from '../../src/domain/backup/manifest.ts';
import { aJob, type Keys, makeKeys, SURROUNDINGS } from './backup-story.ts';
import { emptyDatabase } from './postgres.ts';

/** A shop with what databases have: keys, sequences, an index, a view, an extension, a role, and rows of people. */
const SHOP = `
  create extension pgcrypto;
  create table customers (id serial primary key, email text not null unique, created_at timestamptz not null default now());
  create table orders (id bigint generated always as identity primary key, customer int not null references customers,
                       total numeric(10, 2) check (total >= 0), twice numeric generated always as (total * 2) stored,
                       doc jsonb not null default '{}', created_at timestamptz not null default now());
  create index orders_doc on orders using gin (doc);
  create view large_orders as select * from orders where total > 100;
  create table empty (n int);
  insert into customers (email) select 'canary-' || n || '@example.com' from generate_series(1, 200) n;
  insert into orders (customer, total, doc)
    select 1 + n % 200, n % 300, jsonb_build_object('n', n) from generate_series(1, 2000) n`;

const PLAIN: DrillExpectations = { previous: null, smoke: [], offSite: false, rto: null, rpo: null };

/** A backup of a shop, to be drilled as it is or broken first. */
export interface ShopBackup {
  readonly keys: Keys;
  readonly folder: string;
  readonly manifest: Manifest;
  readonly root: string;
  drill(job?: Partial<DrillJob>, expected?: Partial<DrillExpectations>): Promise<DrillResult>;
  remove(): void;
}

/**
 * Makes a shop and a backup of it.
 *
 * @param sql what happened to the shop before
 */
export async function backedUpShop(sql = ''): Promise<ShopBackup> {
  const keys = await makeKeys();
  const root = mkdtempSync(join(tmpdir(), 'shop-'));
  const database = await emptyDatabase();
  const client = new Client(database.url);
  await client.connect();
  try {
    await client.query(`${SHOP}; ${sql}`);
    const manifest = await makeBackup(aJob(database.url, root, keys), new AbortController().signal, () => undefined);
    const folder = join(root, 'orders', manifest.id);
    // The cluster of the drill runs as another user, who has to be able to go there.
    const scratch = mkdtempSync(join(tmpdir(), 'd-'));
    chmodSync(scratch, 0o755);
    const job = await drillJob(folder, manifest, keys, scratch);
    return {
      keys,
      folder,
      manifest,
      root: job.root,
      drill: async (more = {}, expected = {}) => {
        const full = { ...job, smoke: expected.smoke ?? [], ...more };
        const seen = await drillBackup(
          full,
          new AbortController().signal,
          () => new Date(),
          () => undefined,
        );
        return climb(full.manifest, seen, { ...PLAIN, ...expected });
      },
      remove: () => {
        for (const one of [root, scratch]) rmSync(one, { recursive: true, force: true });
      },
    };
  } finally {
    await client.end();
    await database.drop();
  }
}

async function drillJob(folder: string, manifest: Manifest, keys: Keys, scratch: string): Promise<DrillJob> {
  return {
    folder,
    from: 'off-site',
    manifest,
    identities: [keys.drill],
    root: join(scratch, 'drills'),
    server: await findBinaries(),
    smoke: [],
    altered: [],
    environment: SURROUNDINGS,
  };
}

/** What a drill told, as `rung: reason what`. */
export function told({ rungs }: DrillResult): string[] {
  return rungs.flatMap(({ rung, notes }) => notes.map(({ reason, what }) => `${rung}: ${reason} ${what}`));
}
