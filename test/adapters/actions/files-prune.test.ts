import { link, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { filesPrune } from '../../../src/adapters/actions/files-prune.ts';
import type { ActionInput } from '../../../src/domain/spec/action.ts';
import type { ActionContext } from '../../../src/usecases/action-port.ts';
import { context } from './target-database.ts';

const HOUR = 3600 * 1000;
const NOW = new Date('2026-03-02T08:00:00Z');

let home: string;
let root: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'mainstay-files-prune-'));
  root = join(home, 'temp');
  await mkdir(root);
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function file(path: string, hoursOld: number, bytes = 1000): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, 'x'.repeat(bytes));
  const at = new Date(NOW.getTime() - hoursOld * HOUR);
  await utimes(path, at, at);
}

function run(input: Partial<ActionInput<'files.prune'>> = {}, more: Partial<ActionContext> & { url?: string } = {}) {
  const { url = root, ...rest } = more;
  const whole = {
    action: 'files.prune' as const,
    target: 'temp',
    timeout: 1000,
    glob: '**/*',
    olderThan: 24 * HOUR,
    cap: 100,
  };
  return filesPrune(
    { ...whole, ...input },
    { key: 'temp', kind: 'files', title: 'Temporary files', url },
    context({ now: NOW, ...rest }),
  );
}

const left = async (path = root) =>
  (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .toSorted();

it('deletes what is older, down through all folders, and counts files and bytes', async () => {
  await file(join(root, 'old'), 25);
  await file(join(root, 'a/b/older.tmp'), 48, 500);
  await file(join(root, 'a/young'), 23);
  expect(await run()).toEqual({
    outcome: 'succeeded',
    summary: 'Temporary files: 2 files of 1.5 kB deleted',
    output: 'a/b/older.tmp (500 B)\nold (1.0 kB)',
  });
  expect(await left()).toEqual(['a/young']);
});

it('deletes only what the pattern matches; a name that begins with a dot only where the pattern has the dot', async () => {
  await file(join(root, 'a/x.tmp'), 48);
  await file(join(root, 'a/x.log'), 48);
  await file(join(root, '.hidden.tmp'), 48);
  await run({ glob: '**/*.tmp' });
  expect(await left()).toEqual(['.hidden.tmp', 'a/x.log']);
  await run({ glob: '.*' });
  expect(await left()).toEqual(['a/x.log']);
});

it('takes names as they are, whatever is in them', async () => {
  const names = ['-rf', '; rm -rf x', '$(touch y)', '`z`', 'it\'s "so"', 'line\nbreak', '*', '\u202etxt.exe'];
  for (const name of names) await file(join(root, name), 48, 1);
  const told = await run();
  expect(told).toMatchObject({ outcome: 'succeeded', summary: 'Temporary files: 8 files of 8 B deleted' });
  expect(told.output.split('\n')).toHaveLength(8);
  expect(told.output).not.toContain('\u202e');
  expect(await left()).toEqual([]);
});

it('neither follows nor deletes a symbolic link, to a file or a folder, inside or outside', async () => {
  await file(join(home, 'outside/precious'), 48);
  await file(join(home, 'also-precious'), 48);
  await file(join(root, 'kept/young'), 1);
  await symlink(join(home, 'outside'), join(root, 'folder'));
  await symlink(join(home, 'also-precious'), join(root, 'file'));
  await symlink('..', join(root, 'up'));
  await symlink(join(root, 'kept'), join(root, 'inside'));
  const told = await run();
  expect(told).toMatchObject({ outcome: 'succeeded', summary: 'Temporary files: 0 files of 0 B deleted' });
  expect(told.output).toBe('4 symbolic links were left alone');
  expect(await left(home)).toEqual([
    'also-precious',
    'outside/precious',
    'temp/file',
    'temp/folder',
    'temp/inside',
    'temp/kept/young',
    'temp/up',
  ]);
});

it('deletes the name of a file that has another one outside, which stays', async () => {
  await file(join(home, 'outside'), 48);
  await link(join(home, 'outside'), join(root, 'inside'));
  await run();
  expect(await left(home)).toEqual(['outside']);
});

it('works in the folder a link leads to, where the spec names the link', async () => {
  await file(join(root, 'old'), 48);
  await symlink(root, join(home, 'current'));
  expect(await run({}, { url: join(home, 'current') })).toMatchObject({ outcome: 'succeeded' });
  expect(await left()).toEqual([]);
});

it('deletes nothing above the cap, says how many there are and has failed', async () => {
  for (const name of ['a', 'b', 'c']) await file(join(root, name), 48);
  const told = await run({ cap: 2 });
  expect(told).toMatchObject({
    outcome: 'failed',
    summary: 'Temporary files: 3 files of 3.0 kB older than 1d, more than the cap of 2; none is deleted',
  });
  expect(await left()).toEqual(['a', 'b', 'c']);
});

it('says in a preview what it would delete, and deletes nothing', async () => {
  await file(join(root, 'old'), 48);
  expect(await run({}, { mode: 'preview' })).toEqual({
    outcome: 'succeeded',
    summary: 'Temporary files: would delete 1 files of 1.0 kB older than 1d',
    output: 'old (1.0 kB)',
  });
  expect(await left()).toEqual(['old']);
});

it('has failed where a file cannot be deleted, and names it', async () => {
  // Files the kernel lets nobody delete, whoever asks.
  const url = '/proc/sys/kernel/random';
  const told = await run({ glob: 'boot_id' }, { url, now: new Date('2200-01-01T00:00:00Z') });
  expect(told.outcome).toBe('failed');
  expect(told.summary).toMatch(/^Temporary files: 0 files of 0 B deleted; 1 faults, first boot_id: E[A-Z]+: /);
});

it('deletes nothing more once it is stopped', async () => {
  await file(join(root, 'old'), 48);
  expect(await run({}, { signal: AbortSignal.abort() })).toMatchObject({
    outcome: 'failed',
    summary: expect.stringContaining('stopped'),
  });
  expect(await left()).toEqual(['old']);
});

it.each([
  ['a folder that is not there', () => join(home, 'nowhere'), /^Temporary files: cannot be reached: ENOENT/],
  ['a file', () => join(home, 'file'), /^Temporary files: is no folder$/],
  ['the whole file system', () => '/', /^Temporary files: is the whole file system; name a folder in it$/],
])('could not run on %s', async (_what, url, reason) => {
  await file(join(home, 'file'), 1);
  expect(await run({}, { url: url() })).toMatchObject({
    outcome: 'could-not-run',
    summary: expect.stringMatching(reason),
  });
});
