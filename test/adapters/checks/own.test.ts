import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { postgresCheckMemory } from '../../../src/adapters/postgres/check-memory.ts';
import { freshDatabase } from '../../support/postgres.ts';
import { look, looker, NOON, nobody, webServer } from './looking.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checks-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a command', () => {
  const env = { GREETING: 'hello', SECRET: 'hunter2' };
  const run = (argv: string[], written: Record<string, unknown> = {}) =>
    look({ kind: 'command', argv, folder, ...written }, {}, { env });

  it('is ok when it ends as it should, with only the variables it is given, and without a shell', async () => {
    const prints = (pattern: string, pass: string[]) => run(['/usr/bin/env'], { prints: pattern, pass });
    expect(await prints('^GREETING=hello$', ['GREETING'])).toMatchObject({ answer: 'ok', detail: 'ended with 0' });
    expect(await prints('^SECRET=', ['GREETING'])).toMatchObject({
      answer: 'failing',
      detail: 'printed nothing like ^SECRET=',
    });
    expect(await run(['/bin/echo', '$(id); *'], { prints: '^\\$\\(id\\); \\*$' })).toMatchObject({ answer: 'ok' });
    expect(await run(['/bin/pwd'], { prints: `^${folder}$` })).toMatchObject({ answer: 'ok' });
  });

  it('is failing when it ends otherwise', async () => {
    expect(await run(['/bin/false'])).toMatchObject({ answer: 'failing', detail: 'ended with 1 instead of 0' });
    expect(await run(['/bin/false'], { exit: 1 })).toMatchObject({ answer: 'ok' });
    expect(await run(['/bin/sh', '-c', 'kill -SEGV $$'])).toMatchObject({ detail: 'was ended by SIGSEGV' });
  });

  it('is ended with all it started when it takes too long', async () => {
    const mark = join(folder, 'child');
    const script = `/bin/sleep 77 & echo $! > ${mark}; wait`;
    expect(await run(['/bin/sh', '-c', script], { timeout: '300ms' })).toMatchObject({
      answer: 'failing',
      detail: 'no answer within 300ms',
    });
    const child = (await readFile(mark, 'utf8')).trim();
    await vi.waitFor(async () => {
      const state = await readFile(`/proc/${child}/stat`, 'utf8').catch(() => ') Z');
      expect(state).toMatch(/\) Z/);
    });
  });

  it('cannot be told when there is no such program or folder; its output is never shown', async () => {
    expect(await run(['/usr/bin/nothing-here'])).toMatchObject({
      answer: 'could-not-tell',
      detail: 'the program is not on this machine',
    });
    expect(await run(['/bin/true'], { folder: '/nowhere' })).toMatchObject({ answer: 'could-not-tell' });
    expect(JSON.stringify(await run(['/bin/echo', 'hunter2'], { prints: 'x' }))).not.toContain('hunter2');
  });
});

describe('a process', () => {
  it('is told by its memory, and by its CPU from the second look on', async () => {
    let now = NOON;
    const own = looker(
      { kind: 'process', of: 'mainstay', memory: '> 100GB', cpu: '> 0.0001%' },
      {},
      { now: () => now },
    );
    expect(await own.look()).toMatchObject({ answer: 'ok', figures: { processes: 1, memory: expect.any(Number) } });
    const busyUntil = process.cpuUsage().user + 50_000;
    while (process.cpuUsage().user < busyUntil);
    now = new Date(NOON.getTime() + 1000);
    expect(await own.look()).toMatchObject({
      answer: 'failing',
      detail: expect.stringMatching(/^CPU [\d.]+%, bad above/),
    });
    expect(await look({ kind: 'process', of: 'mainstay', memory: '> 1MB' })).toMatchObject({
      detail: expect.stringMatching(/^memory [\d.]+(M|G)B, bad above 1MB$/),
    });
  });

  it('is found by its name or the file with its number, and failing when it does not run', async () => {
    const pidFile = join(folder, 'sleep.pid');
    const sleeper = spawn('/bin/sleep', ['77'], { stdio: 'ignore' });
    await writeFile(pidFile, `${sleeper.pid}\n`);
    const by = (of: unknown) => look({ kind: 'process', of });
    await vi.waitFor(async () => expect(await by({ name: 'sleep' })).toMatchObject({ answer: 'ok' }));
    expect(await by({ pidFile })).toMatchObject({ answer: 'ok', figures: { processes: 1 } });
    const ended = new Promise((resolve) => sleeper.on('exit', resolve));
    sleeper.kill('SIGKILL');
    await ended;
    expect(await by({ pidFile })).toMatchObject({ answer: 'failing', detail: 'does not run' });
    expect(await by({ name: 'nobody-runs-this' })).toMatchObject({ answer: 'failing', detail: 'does not run' });
    await writeFile(pidFile, 'none');
    expect(await by({ pidFile })).toMatchObject({ answer: 'could-not-tell' });
  });
});

describe('parity', () => {
  const parity = async (first: string, second: string, at?: string) => {
    const peers = await Promise.all([first, second].map((body) => webServer((_, answer) => answer.end(body))));
    const targets = Object.fromEntries(peers.map(({ url }, index) => [`e${index}`, { kind: 'http', url }]));
    const source = (name: string, index: number) => ({ name, target: `e${index}`, path: '/v', ...(at ? { at } : {}) });
    const answer = await look({ kind: 'parity', between: [source('production', 0), source('staging', 1)] }, targets);
    for (const peer of peers) peer.close();
    return answer;
  };

  it('is ok when environments say the same', async () => {
    expect(await parity('1.4.2\n', '1.4.2')).toMatchObject({ answer: 'ok', detail: 'all say 1.4.2' });
    expect(await parity('["a","b"]', '["b","a"]')).toMatchObject({ answer: 'ok', detail: 'all say the same 2' });
  });

  it('says how they differ; of variables the names alone', async () => {
    expect(await parity('{"app":{"version":"2.0"}}', '{"app":{"version":"1.9"}}', 'app.version')).toMatchObject({
      answer: 'failing',
      detail: 'staging says 1.9, production 2.0',
    });
    const variables = await parity('{"A":"hunter2","B":"x"}', '{"A":"other","C":"y"}');
    expect(variables).toMatchObject({ detail: 'staging lacks B and has C, which production has not' });
    expect(JSON.stringify(variables)).not.toMatch(/hunter2|other/);
    expect(await parity('{"A":"hunter2"}', '{"A":"other"}')).toMatchObject({ answer: 'ok' });
  });

  it('cannot be told when one of them cannot be asked', async () => {
    const { url } = await nobody();
    const source = { name: 'production', target: 'e', path: '/' };
    const written = { kind: 'parity', between: [source, { ...source, name: 'staging' }] };
    expect(await look(written, { e: { kind: 'http', url } })).toMatchObject({
      answer: 'could-not-tell',
      detail: 'production refused the connection',
    });
    expect(await parity('{}', '{}', 'version')).toMatchObject({ detail: 'production has nothing at version' });
  });
});

describe('what a look leaves for the next one', () => {
  it('is kept in the database, the latest alone', async () => {
    const database = await freshDatabase();
    const pool = new pg.Pool({ connectionString: database.url });
    const memory = postgresCheckMemory(pool);
    expect(await memory.recall('certificate')).toBeUndefined();
    await memory.keep('certificate', { serial: 'A1' });
    await memory.keep('certificate', { serial: 'B2', from: NOON });
    expect(await memory.recall('certificate')).toEqual({ serial: 'B2', from: NOON.toISOString() });
    expect(await memory.recall('other')).toBeUndefined();
    await pool.end();
    await database.drop();
  });
});
