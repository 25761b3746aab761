import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLogFiles, tidyLogFiles } from '../../../src/adapters/log/files.ts';
import { createLogger } from '../../../src/adapters/log/logger.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mainstay-log-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(dir, { recursive: true });
});

const names = async (folder = dir) => (await readdir(folder)).sort();
const modeOf = async (file: string) => (await stat(file)).mode & 0o777;
const neverFails = (error: Error) => {
  throw error;
};
const unzipped = async (name: string) => gunzipSync(await readFile(join(dir, name))).toString();
const put = (name: string, text = `${name}\n`) => writeFile(join(dir, name), text);
/** Days are those of the machine's time zone, so these tests are too. */
const local = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute);

describe('log files', () => {
  it('begin a new file at midnight, which only their owner can read', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: local(21, 23, 59) });
    const logs = join(dir, 'deep', 'logs');
    const log = createLogger({ level: 'info', destination: await openLogFiles(logs, neverFails) });
    log.info({}, 'before midnight');
    vi.advanceTimersByTime(2 * 60_000);
    log.info({}, 'after midnight');
    vi.advanceTimersByTime(24 * 60 * 60_000);
    log.info({}, 'a day later');

    expect(await names(logs)).toEqual([
      'mainstay.2026-11-21.1.log',
      'mainstay.2026-11-22.1.log',
      'mainstay.2026-11-23.1.log',
    ]);
    const files = (await names(logs)).map((name) => join(logs, name));
    const messages = await Promise.all(files.map(async (file) => JSON.parse(await readFile(file, 'utf8')).msg));
    expect(messages).toEqual(['before midnight', 'after midnight', 'a day later']);
    expect(await Promise.all(files.map(modeOf))).toEqual([0o600, 0o600, 0o600]);
    expect(await modeOf(logs)).toBe(0o700);
  });

  it('go on with the same file after a restart', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: local(21, 9) });
    for (const message of ['first run', 'second run']) {
      createLogger({ level: 'info', destination: await openLogFiles(dir, neverFails) }).info({}, message);
    }
    expect(await names()).toEqual(['mainstay.2026-11-21.1.log']);
    expect((await readFile(join(dir, 'mainstay.2026-11-21.1.log'), 'utf8')).match(/(first|second) run/g)).toHaveLength(
      2,
    );
  });

  it('tell of a full disk and let the process go on', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: local(21, 9) });
    await symlink('/dev/full', join(dir, 'mainstay.2026-11-21.1.log'));
    const faults: string[] = [];
    const destination = await openLogFiles(dir, (error) => faults.push(error.message));
    createLogger({ level: 'info', destination }).info({}, 'no room for this');
    expect(faults).toEqual([expect.stringContaining('ENOSPC')]);
  });

  it('say so when the folder cannot be made', async () => {
    await put('file');
    await expect(openLogFiles(join(dir, 'file', 'logs'), neverFails)).rejects.toThrow(/ENOTDIR/);
  });
});

describe('tidyLogFiles', () => {
  it('compresses days that are over and leaves today alone', async () => {
    await put('mainstay.2026-11-20.1.log', 'yesterday\n');
    await put('mainstay.2026-11-20.2.log');
    await put('mainstay.2026-11-21.1.log', 'today\n');
    expect(await tidyLogFiles(dir, local(21, 9))).toEqual({
      compressed: ['mainstay.2026-11-20.1.log', 'mainstay.2026-11-20.2.log'],
      deleted: [],
    });
    expect(await names()).toEqual([
      'mainstay.2026-11-20.1.log.gz',
      'mainstay.2026-11-20.2.log.gz',
      'mainstay.2026-11-21.1.log',
    ]);
    expect(await unzipped('mainstay.2026-11-20.1.log.gz')).toBe('yesterday\n');
    expect(await modeOf(join(dir, 'mainstay.2026-11-20.1.log.gz'))).toBe(0o600);
  });

  it('leaves a day alone for its first hour, while its last lines may still be written', async () => {
    await put('mainstay.2026-11-20.1.log');
    expect((await tidyLogFiles(dir, local(21, 0, 59))).compressed).toEqual([]);
    expect((await tidyLogFiles(dir, local(21, 1, 0))).compressed).toEqual(['mainstay.2026-11-20.1.log']);
  });

  it('deletes what is older than 30 days, compressed or not, and nothing else', async () => {
    await put('mainstay.2026-10-21.1.log.gz');
    await put('mainstay.2026-10-20.1.log.gz');
    await put('mainstay.2026-10-20.2.log');
    await put('mainstay.2026-10-20.1.log.gz.77.partial');
    await put('someone-else.2020-01-01.1.log');
    await put('mainstay.log');
    expect(await tidyLogFiles(dir, local(20, 9))).toEqual({
      compressed: [],
      deleted: ['mainstay.2026-10-20.1.log.gz', 'mainstay.2026-10-20.1.log.gz.77.partial', 'mainstay.2026-10-20.2.log'],
    });
    expect(await names()).toEqual(['mainstay.2026-10-21.1.log.gz', 'mainstay.log', 'someone-else.2020-01-01.1.log']);
  });

  it.each([
    ['while compressing', ['mainstay.2026-11-20.1.log.gz.77.partial']],
    ['before removing the original', ['mainstay.2026-11-20.1.log.gz']],
  ])('makes up for a crash %s', async (_when, left) => {
    await put('mainstay.2026-11-20.1.log', 'all of it\n');
    for (const name of left) await put(name, 'half');
    await tidyLogFiles(dir, local(21, 9));
    expect(await names()).toContain('mainstay.2026-11-20.1.log.gz');
    expect(await names()).not.toContain('mainstay.2026-11-20.1.log');
    expect(await unzipped('mainstay.2026-11-20.1.log.gz')).toBe('all of it\n');
  });

  it('can be run again at once without doing anything', async () => {
    await put('mainstay.2026-11-20.1.log');
    await tidyLogFiles(dir, local(21, 9));
    expect(await tidyLogFiles(dir, local(21, 9))).toEqual({ compressed: [], deleted: [] });
  });
});
