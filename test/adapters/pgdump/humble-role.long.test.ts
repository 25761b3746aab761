import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeBackup } from '../../../src/adapters/pgdump/make.ts';
import { programsReach } from '../../../src/adapters/pgdump/reach.ts';
import { aJob, makeKeys, SURROUNDINGS } from '../../support/backup-story.ts';
import { type OwnPostgres, ownPostgres } from '../../support/own-postgres.ts';

let server: OwnPostgres;
let client: Client;
let root: string;
beforeAll(async () => {
  server = await ownPostgres();
  client = new Client(server.url);
  await client.connect();
  root = mkdtempSync(join(tmpdir(), 'backups-'));
});
afterAll(async () => {
  await client.end();
  await server.delete();
  rmSync(root, { recursive: true });
});

it('a role that may enter its own database only makes a backup, which says what was left out for it', async () => {
  await client.query(`
    create role humble login password 'x'; grant pg_read_all_data to humble;
    revoke connect on database postgres, template1 from public;
    create subscription elsewhere connection 'dbname=elsewhere' publication orders with (connect = false)`);
  const url = new URL(server.url);
  [url.username, url.password] = ['humble', 'x'];
  url.searchParams.set('schema', 'public');
  await programsReach(url.href, url.pathname.slice(1), SURROUNDINGS);
  const stop = new AbortController().signal;
  const manifest = await makeBackup(aJob(url.href, root, await makeKeys()), stop, () => undefined);
  const warning = expect.stringMatching(/warning: subscriptions not dumped/);
  expect(manifest.warnings).toEqual([warning]);
  expect(readFileSync(join(root, 'orders', manifest.id, 'RESTORE.txt'), 'utf8')).toEqual(warning);
});
