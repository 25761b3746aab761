import { mkdir, mkdtemp, open, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { look, NOON, nobody, webServer } from './looking.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checks-'));
});
afterAll(() => rm(folder, { recursive: true }));

const files = () => ({ here: { kind: 'files', url: folder } });
const minutesAgo = (minutes: number) => new Date(NOON.getTime() - minutes * 60_000);

async function write(name: string, content: string, at = NOON): Promise<void> {
  await writeFile(join(folder, name), content);
  await utimes(join(folder, name), at, at);
}

describe('the age of a file', () => {
  const age = (written: Record<string, unknown>) =>
    look({ kind: 'file age', target: 'here', maxAge: '1h', ...written }, files());

  it('is ok while it is recent, failing when it is old, missing, too small or of the future', async () => {
    await write('app.dump', 'x'.repeat(2000), minutesAgo(30));
    expect(await age({ file: 'app.dump', size: '< 1kB' })).toMatchObject({
      answer: 'ok',
      detail: 'is 30m old, 2kB',
      figures: { age: 1_800_000, size: 2000 },
    });
    expect(await age({ file: 'app.dump', size: '< 1MB' })).toMatchObject({ detail: 'size 2kB, bad below 1MB' });
    expect(await age({ file: 'none.dump' })).toMatchObject({ answer: 'failing', detail: 'does not exist' });
    await write('app.dump', 'x', minutesAgo(125));
    expect(await age({ file: 'app.dump' })).toMatchObject({ answer: 'failing', detail: 'is 2h5m old' });
    await write('app.dump', 'x', minutesAgo(-60));
    expect(await age({ file: 'app.dump' })).toMatchObject({ answer: 'failing', detail: 'is dated in the future' });
  });

  it('is that of the newest of several', async () => {
    await mkdir(join(folder, 'daily', 'folder.gz'), { recursive: true });
    await write('daily/monday.gz', 'x', minutesAgo(300));
    expect(await age({ newest: 'daily/*.gz' })).toMatchObject({ answer: 'failing', detail: 'is 5h old' });
    await write('daily/tuesday.gz', 'x', minutesAgo(10));
    expect(await age({ newest: 'daily/*.gz' })).toMatchObject({ answer: 'ok' });
    expect(await age({ newest: '*.zst' })).toMatchObject({ answer: 'failing', detail: 'has no file *.zst' });
  });
});

describe('the age of an object', () => {
  const age = async (headers: Record<string, string>, status = 200, written: Record<string, unknown> = {}) => {
    const peer = await webServer((_, answer) => answer.writeHead(status, headers).end());
    const target = { store: { kind: 'http', url: peer.url } };
    const answer = await look({ kind: 'object age', target: 'store', path: '/b/k', maxAge: '1d', ...written }, target);
    peer.close();
    return answer;
  };
  const modified = (minutes: number) => ({ 'last-modified': minutesAgo(minutes).toUTCString() });

  it('is told by the head of the answer', async () => {
    const large = { ...modified(60), 'content-length': '5000000' };
    expect(await age(large, 200, { size: '< 1MB' })).toMatchObject({ answer: 'ok', detail: 'is 1h old, 5MB' });
    expect(await age(modified(25 * 60))).toMatchObject({ answer: 'failing', detail: 'is 1d1h old' });
    expect(await age({}, 404)).toMatchObject({ answer: 'failing', detail: 'does not exist' });
  });

  it('cannot be told when nobody says it, or Mainstay may not ask', async () => {
    expect(await age({})).toMatchObject({
      answer: 'could-not-tell',
      detail: 'it does not say when it was last modified',
    });
    expect(await age({}, 403)).toMatchObject({ answer: 'could-not-tell' });
  });

  it('is failing when the store is down', async () => {
    const written = { kind: 'object age', target: 'store', path: '/b/k', maxAge: '1d' };
    const answer = await look(written, { store: { kind: 'http', url: (await nobody()).url } });
    expect(answer).toMatchObject({ answer: 'failing', detail: 'refused the connection' });
  });
});

describe('a disk', () => {
  const disk = (written: Record<string, unknown>, targets: Record<string, unknown> = files()) =>
    look({ kind: 'disk', target: 'here', ...written }, targets);

  it('is ok while enough is free, and failing when space or inodes are not', async () => {
    expect(await disk({ free: '< 0.01%' })).toMatchObject({ answer: 'ok', detail: expect.stringMatching(/B free$/) });
    expect(await disk({ free: '<= 100%' })).toMatchObject({
      answer: 'failing',
      detail: expect.stringMatching(/^free space [\d.]+%, bad at or below 100%$/),
    });
    expect(await disk({ free: '< 1000TB' })).toMatchObject({ answer: 'failing' });
    expect(await disk({ free: '< 1B', freeInodes: '<= 100%' })).toMatchObject({
      detail: expect.stringMatching(/^free inodes /),
    });
  });

  it('is failing when its folder is gone', async () => {
    const gone = { here: { kind: 'files', url: join(folder, 'gone') } };
    expect(await disk({ free: '< 1%' }, gone)).toMatchObject({ answer: 'failing', detail: 'does not exist' });
  });
});

describe('a SQLite file', () => {
  const sqlite = (name: string, written: Record<string, unknown> = {}) =>
    look({ kind: 'sqlite', target: 'db', ...written }, { db: { kind: 'sqlite', url: join(folder, name) } });
  beforeAll(() => {
    const database = new DatabaseSync(join(folder, 'app.db'));
    database.exec(`CREATE TABLE t (v TEXT); CREATE INDEX i ON t (v);
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000) INSERT INTO t SELECT 'Alice ' || i FROM n`);
    database.close();
  });

  it('is ok when it is whole and not too large', async () => {
    expect(await sqlite('app.db', { size: '> 1GB' })).toMatchObject({
      answer: 'ok',
      detail: 'is whole',
      figures: { size: expect.any(Number) },
    });
    expect(await sqlite('app.db', { size: '> 1kB', integrity: 'none' })).toMatchObject({
      answer: 'failing',
      detail: expect.stringMatching(/^size [\d.]+kB, bad above 1kB$/),
    });
  });

  it('is failing when it is damaged, though it still opens', async () => {
    const source = new DatabaseSync(join(folder, 'app.db'));
    source.exec(`VACUUM INTO '${join(folder, 'damaged.db')}'`);
    source.close();
    // Pages in the middle are lost; the first, with the schema, is whole.
    const file = await open(join(folder, 'damaged.db'), 'r+');
    await file.write(Buffer.alloc(8192, 0x55), 0, 8192, 4096 * 4);
    await file.close();
    expect(await sqlite('damaged.db', { integrity: 'none' })).toMatchObject({ answer: 'ok' });
    const damaged = { answer: 'failing', detail: expect.stringMatching(/^is damaged/) };
    expect(await sqlite('damaged.db')).toMatchObject(damaged);
    expect(await sqlite('damaged.db', { integrity: 'quick' })).toMatchObject(damaged);
  });

  it('is failing when it is missing or something else', async () => {
    expect(await sqlite('missing.db')).toMatchObject({ answer: 'failing', detail: 'does not exist' });
    await write('text.db', 'Dear Alice, '.repeat(100));
    expect(await sqlite('text.db')).toMatchObject({ answer: 'failing', detail: 'is not a SQLite database' });
  });
});
