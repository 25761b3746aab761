import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../../src/adapters/files/folder.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mainstay-folder-'));
});
afterEach(() => rm(dir, { recursive: true }));

describe('a folder', () => {
  it('is made with those on the way to it, of which the outermost is named', async () => {
    expect(await makeFolder(join(dir, 'a', 'b', 'c'), 0o700)).toBe(join(dir, 'a'));
    const modes = await Promise.all(['a', 'a/b', 'a/b/c'].map((name) => stat(join(dir, name))));
    expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o700, 0o700, 0o700]);
    expect(await makeFolder(join(dir, 'a', 'b', 'd'))).toBe(join(dir, 'a', 'b', 'd'));
    expect(await makeFolder(join(dir, 'a', 'b', 'd'))).toBeUndefined();
  });

  it('is made once by many at the same time', async () => {
    const path = join(dir, 'a', 'b');
    await Promise.all(Array.from({ length: 10 }, () => makeFolder(path)));
    expect((await stat(path)).isDirectory()).toBe(true);
  });

  it('is not made where a file is, nor where none can be: that is said at once', async () => {
    const file = join(dir, 'file');
    await writeFile(file, '');
    await expect(makeFolder(file)).rejects.toThrow('EEXIST');
    await expect(makeFolder(join(file, 'a'))).rejects.toThrow('ENOTDIR');
    await expect(makeFolder('/proc/mainstay/a')).rejects.toThrow('ENOENT');
  });
});
