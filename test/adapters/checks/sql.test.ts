import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { emptyDatabase, type FreshDatabase } from '../../support/postgres.ts';
import { listener, look, nobody } from './looking.ts';

describe('a query to PostgreSQL', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await emptyDatabase();
  });
  afterAll(() => database.drop());

  const sql = (written: Record<string, unknown>, url = database.url) =>
    look({ kind: 'sql', target: 'db', ...written }, { db: { kind: 'postgres', url: 'env:DB' } }, { env: { DB: url } });

  it('is ok when it is answered, and as it should be', async () => {
    expect(await sql({})).toMatchObject({ answer: 'ok', detail: 'answers' });
    expect(await sql({ query: 'SELECT 40 + 2', returns: '42' })).toMatchObject({ answer: 'ok' });
  });

  it('is failing when the answer is another one, or none', async () => {
    expect(await sql({ query: 'SELECT 1', returns: '2' })).toMatchObject({ detail: 'answers something else than 2' });
    expect(await sql({ query: 'SELECT 1 WHERE false', returns: '1' })).toMatchObject({
      answer: 'failing',
      detail: 'answers without a row',
    });
  });

  it('is failing when the answer does not come in time, and the server is left alone then', async () => {
    const detail = expect.stringMatching(/^(no answer within 100ms|did not finish the query in time)$/);
    expect(await sql({ query: 'SELECT pg_sleep(20)', timeout: '100ms' })).toMatchObject({ answer: 'failing', detail });
    // `drop` would complain about a query that still runs.
  });

  it('cannot write, nor do two things at once', async () => {
    expect(await sql({ query: `SELECT set_config('transaction_read_only', 'off', true)` })).toMatchObject({
      answer: 'could-not-tell',
      detail: 'the query writes; only reads are allowed (25001)',
    });
    expect(await sql({ query: 'WITH a AS (DELETE FROM pg_class RETURNING 1) TABLE a' })).toMatchObject({
      answer: 'could-not-tell',
      detail: 'the query writes; only reads are allowed (0A000)',
    });
    for (const query of [
      'CREATE TABLE t ()',
      `; COPY (SELECT 1) TO PROGRAM 'true'`,
      `/* a */ -- b\nCOPY (SELECT 1) TO PROGRAM 'true'`,
      `DO $$ BEGIN EXECUTE 'COPY (SELECT 1) TO PROGRAM ''true'''; END $$`,
    ]) {
      const detail = 'the query is wrong, or is no SELECT (42601)';
      expect(await sql({ query }), query).toMatchObject({ answer: 'could-not-tell', detail });
    }
    expect(await sql({ query: 'COMMIT; CREATE TABLE t ()' })).toMatchObject({ answer: 'could-not-tell' });
  });

  it('cannot be told when the query or the password is wrong', async () => {
    expect(await sql({ query: 'SELECT * FROM nothing' })).toMatchObject({
      answer: 'could-not-tell',
      detail: 'the query is wrong, or Mainstay may not run it (42P01)',
      latencyMs: null,
    });
    const wrong = new URL(database.url);
    wrong.username = 'mallory';
    wrong.password = 'hunter2';
    const answer = await sql({}, wrong.href);
    expect(answer).toMatchObject({ answer: 'could-not-tell' });
    expect(JSON.stringify(answer)).not.toMatch(/mallory|hunter2/);
  });

  it('is failing when there is no such database, nobody listens, or nothing is said', async () => {
    expect(await sql({}, database.url.replace(/\/[^/?]+(\?|$)/, '/nowhere$1'))).toMatchObject({
      answer: 'failing',
      detail: 'has no such database',
    });
    expect(await sql({}, `postgresql://a:b@${(await nobody()).at}/c`)).toMatchObject({
      detail: 'refused the connection',
    });
    const silent = await listener(() => undefined);
    expect(await sql({ timeout: '50ms' }, `postgresql://a:b@${silent.at}/c`)).toMatchObject({
      answer: 'failing',
      detail: 'no answer within 50ms',
    });
    await silent.close();
    const rude = await listener((socket) => socket.on('data', () => socket.end()));
    expect(await sql({}, `postgresql://a:b@${rude.at}/c`)).toMatchObject({ detail: 'closed the connection' });
    await rude.close();
  });
});

describe('a query to SQLite', () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'checks-'));
    file = join(folder, 'app.db');
    const database = new DatabaseSync(file);
    database.exec("CREATE TABLE users (name TEXT); INSERT INTO users VALUES ('Alice'), ('Bob')");
    database.close();
  });
  afterAll(() => rm(folder, { recursive: true }));

  const sql = (written: Record<string, unknown>, url = file) =>
    look({ kind: 'sql', target: 'db', ...written }, { db: { kind: 'sqlite', url } });

  it('is ok or failing as its first value is', async () => {
    const query = 'SELECT count(*) FROM users';
    expect(await sql({ query, returns: '2' })).toMatchObject({ answer: 'ok' });
    expect(await sql({ query, returns: '3' })).toMatchObject({ answer: 'failing' });
  });

  it('cannot write, and cannot be told when it is wrong', async () => {
    expect(await sql({ query: 'DELETE FROM users' })).toMatchObject({
      answer: 'could-not-tell',
      detail: 'the query writes; only reads are allowed',
    });
    expect(await sql({ query: 'SELECT * FROM nothing' })).toMatchObject({ detail: 'the query is wrong' });
  });

  it('is failing where the file is missing or something else', async () => {
    expect(await sql({}, join(folder, 'none.db'))).toMatchObject({ answer: 'failing', detail: 'does not exist' });
    await writeFile(join(folder, 'text.db'), 'Dear Alice, '.repeat(100));
    expect(await sql({ query: 'SELECT * FROM users' }, join(folder, 'text.db'))).toMatchObject({
      answer: 'failing',
      detail: 'is not a SQLite database',
    });
  });

  it('is failing when the answer takes too long, and is given up', async () => {
    const query = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n';
    expect(await sql({ query, timeout: '200ms' })).toMatchObject({ detail: 'no answer within 200ms' });
    // Nothing goes on reckoning: a thread would, and whoever asks all threads for a report would wait for ever.
    await vi.waitFor(() => expect(children()).toEqual([]), { timeout: 10_000 });
  });
});

/** The processes of ours that read SQLite. */
function children(): string[] {
  const tasks = readdirSync(`/proc/${process.pid}/task`);
  const ids = tasks.flatMap((task) => readFileSync(`/proc/${process.pid}/task/${task}/children`, 'utf8').split(' '));
  return ids.filter((id) => id !== '' && readCommand(id).includes('sqlite-worker'));
}

function readCommand(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
