import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeInChild } from '../../../src/adapters/pgdump/in-child.ts';
import { takeSnapshot } from '../../../src/adapters/pgdump/snapshot.ts';
import { aJob, type Keys, makeKeys, withProgram } from '../../support/backup-story.ts';
import { ownPostgres } from '../../support/own-postgres.ts';
import { emptyDatabase, type FreshDatabase } from '../../support/postgres.ts';

let database: FreshDatabase;
let keys: Keys;
let root: string;
beforeAll(async () => {
  keys = await makeKeys();
  database = await emptyDatabase();
  root = mkdtempSync(join(tmpdir(), 'backups-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(root, { recursive: true });
});

it('a pg_dump that hangs and hears nothing is ended all the same, and so is whoever waited for it', async () => {
  const seen = join(root, 'pid');
  const script = `[ "$1" = --version ] && echo "pg_dump 99.1" && exit 0; echo $$ >"${seen}"; kill -STOP $$`;
  const job = aJob(database.url, join(root, 'home'), keys, {
    stallAfter: 300,
    environment: withProgram('pg_dump', script),
  });
  await expect(makeInChild(job, new AbortController().signal, () => undefined)).rejects.toThrow('nothing was written');
  expect(() => process.kill(Number(readFileSync(seen, 'utf8')), 0)).toThrow('ESRCH');
  expect(readdirSync(join(root, 'home'), { recursive: true })).toEqual(['orders']);
});

it('a server that answers nothing any more is waited for neither by who counts nor by who takes leave', async () => {
  const server = await ownPostgres();
  try {
    const snapshot = await takeSnapshot(server.url, 'test', 1_000);
    await snapshot.hold();
    await server.freeze();
    await expect(snapshot.census()).rejects.toThrow('timeout');
    await snapshot.release();
  } finally {
    await server.thaw();
    await server.delete();
  }
});
