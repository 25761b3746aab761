import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { takeSnapshot } from '../../../src/adapters/pgdump/snapshot.ts';
import { type Scratch, startScratch } from '../../../src/adapters/pgrestore/scratch.ts';
import { findBinaries } from '../../../src/adapters/postgres/binaries.ts';
import { SURROUNDINGS } from '../../support/backup-story.ts';
import { backedUpShop, type ShopBackup } from '../../support/drill-story.ts';

/** All a person has to work with. */
const PROGRAMS = ['age', 'zstd', 'grep', 'psql', 'createdb', 'pg_restore'];

let shop: ShopBackup;
let scratch: Scratch;
let root: string;
beforeAll(async () => {
  shop = await backedUpShop('create role shop_by_hand; grant select on orders to shop_by_hand');
  root = mkdtempSync(join(tmpdir(), 'h-'));
  chmodSync(root, 0o755);
  scratch = await startScratch(join(root, 'd'), await findBinaries());
});
afterAll(async () => {
  await scratch.remove();
  rmSync(root, { recursive: true });
  shop.remove();
});

/** What RESTORE.txt has a person type: what is indented below a numbered step. */
function commandsOf(notes: string): string[] {
  const steps = notes.slice(notes.indexOf('\n1. '));
  return steps.split('\n').flatMap((line) => (line.startsWith('    ') ? [line.trim()] : []));
}

it('without Mainstay, what RESTORE.txt says is typed and every row is back', async () => {
  const notes = readFileSync(join(shop.folder, 'RESTORE.txt'), 'utf8');
  const keyFile = join(root, 'key.txt');
  writeFileSync(keyFile, `${shop.keys.drill}\n`, { mode: 0o600 });
  const { username, password, searchParams } = new URL(scratch.url('postgres'));
  const environment = {
    ...SURROUNDINGS,
    PGHOST: searchParams.get('host') ?? '',
    PGUSER: username,
    PGPASSWORD: password,
  };
  const commands = commandsOf(notes);
  expect(commands.length).toBeGreaterThanOrEqual(4);
  for (const command of commands) {
    const typed = command.replaceAll('KEY', keyFile).replaceAll('SCHEMA.TABLE', 'public.orders');
    for (const part of typed.split(/ \| /)) expect(PROGRAMS).toContain(part.split(' ')[0]);
    execFileSync('bash', ['-o', 'pipefail', '-c', typed], {
      cwd: shop.folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
  const snapshot = await takeSnapshot(scratch.url('restored'), 'by-hand');
  const { tables, structure } = await snapshot.census();
  expect(snapshot.facts.roles).toContain('shop_by_hand');
  await snapshot.release();
  expect(tables).toEqual(shop.manifest.tables);
  expect(structure).toEqual(shop.manifest.structure);
});
