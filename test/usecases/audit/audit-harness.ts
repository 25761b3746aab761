import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anchorFile } from '../../../src/adapters/anchors/file.ts';
import { createAuditLog } from '../../../src/adapters/postgres/audit-log.ts';
import { digestOf, hashOf } from '../../../src/adapters/postgres/hash.ts';
import { GENESIS } from '../../../src/domain/event.ts';
import { takeAnchor } from '../../../src/usecases/audit/anchor.ts';
import { verifyLog } from '../../../src/usecases/audit/verify.ts';
import { declare, noon, note, storeHarness } from '../../adapters/postgres/store-harness.ts';
import { incidentSpec } from '../../support/incident-spec.ts';

const DAY_MS = 86_400_000;

/** A log in a database of its own, with a file of anchors and a clock that stands at noon until a test moves it. */
export async function auditHarness() {
  const stored = await storeHarness();
  const { pool } = stored.db;
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-anchors-'));
  const path = join(folder, 'anchors.jsonl');
  const published = anchorFile(path);
  const log = createAuditLog(stored.db, { enqueue: async (_tx, promises) => void stored.promised.push([...promises]) });
  const time = { now: noon };
  const clock = { now: () => time.now };
  const deps = { log, published, clock, spec: { current: () => incidentSpec } };
  /** What somebody does who owns the tables and switches the triggers off. */
  const attack = async (...statements: string[]) => {
    const client = await pool.connect();
    const tables = ['"Event"', '"EventBody"', '"EventHead"'];
    try {
      await client.query('begin');
      for (const table of tables) await client.query(`alter table ${table} disable trigger user`);
      for (const statement of statements) await client.query(statement);
      for (const table of tables) await client.query(`alter table ${table} enable trigger user`);
      await client.query('commit');
    } finally {
      client.release();
    }
  };
  return {
    ...stored,
    ...deps,
    /** The time moves for everything at once. */
    wall: clock,
    path,
    time,
    sql: (text: string, values: unknown[] = []) => pool.query(text, values),
    anchor: () => takeAnchor(deps),
    nextDay: () => {
      time.now = new Date(time.now.getTime() + DAY_MS);
    },
    verify: () => verifyLog({ log, published }),
    /** An incident with events 1 (declared) to 5. */
    incident: () =>
      stored.store.once(null, (tx) => declare(tx, note('two'), note('three'), note('four'), note('five'))),
    attack,
    /** Remembers log and states as they are now; what it gives back puts them back. */
    keep: async () => {
      const tables = ['"Event"', '"EventBody"', '"EventHead"', '"Incident"'];
      for (const [n, table] of tables.entries()) await pool.query(`create table kept_${n} as table ${table}`);
      return () =>
        attack(`truncate ${tables.join(', ')}`, ...tables.map((table, n) => `insert into ${table} table kept_${n}`));
    },
    close: async () => {
      await stored.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type AuditHarness = Awaited<ReturnType<typeof auditHarness>>;

/**
 * The statements that write a chain anew from what stands in the database after `alter`: every digest, link and hash
 * fits again, and so does the head. What a patient forger would do.
 */
export async function forgery(
  { sql }: AuditHarness,
  subject: string,
  alter: (event: { seq: number; body: Record<string, unknown> }) => void,
): Promise<string[]> {
  const { rows } = await sql(
    'select event.*, salt, body from "Event" as event join "EventBody" using (subject, seq) where subject = $1 order by seq',
    [subject],
  );
  const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`;
  let prevHash = GENESIS;
  const statements: string[] = [];
  for (const row of rows) {
    alter(row);
    const digest = digestOf(row.salt, row.body);
    const hash = hashOf({ ...row, digest, prevHash });
    const where = `where subject = ${quoted(subject)} and seq = ${row.seq}`;
    statements.push(
      `update "EventBody" set body = ${quoted(JSON.stringify(row.body))} ${where}`,
      `update "Event" set digest = '${digest}', "prevHash" = '${prevHash}', hash = '${hash}' ${where}`,
      `update "EventHead" set hash = '${hash}' where subject = ${quoted(subject)}`,
    );
    prevHash = hash;
  }
  return statements;
}
