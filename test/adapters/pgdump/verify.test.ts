import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { encryptTo } from '../../../src/adapters/age/encrypt.ts';
import { filesAsWritten, readsThrough } from '../../../src/adapters/pgdump/verify.ts';
import { type Keys, makeKeys, SURROUNDINGS, withProgram } from '../../support/backup-story.ts';

let folder: string;
let keys: Keys;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verify-'));
  keys = await makeKeys();
  await seal('dump.zst.age', zstdCompressSync(Buffer.alloc(300_000, 'no archive')));
  await seal('globals.sql.age', Buffer.from('create role orders_reader;'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function seal(name: string, inside: Buffer): Promise<void> {
  await writeFile(join(folder, name), Readable.from([inside]).pipe(await encryptTo(keys.recipients)));
}

const reads = (environment = SURROUNDINGS as Readonly<Record<string, string>>) =>
  readsThrough(folder, [keys.drill], environment);
const READS_ALL = 'cat >/dev/null';

it('what pg_restore reads to its end is good', async () => {
  expect(await reads(withProgram('pg_restore', READS_ALL))).toEqual([]);
});

it('what pg_restore cannot read is a fault of the dump', async () => {
  expect(await reads()).toEqual([{ file: 'dump.zst.age', what: expect.stringContaining('pg_restore ended with 1') }]);
});

it.each([
  [
    'is older than the pg_dump was',
    withProgram('pg_restore', 'echo "pg_restore: error: unsupported version (1.16) in file header" >&2; exit 1'),
    'unsupported version (1.16)',
  ],
  ['was killed', withProgram('pg_restore', 'kill -9 $$'), 'was ended by SIGKILL'],
  ['is not here', { PATH: '/nowhere' }, 'is not here; install'],
])('when pg_restore %s, it is not known, and no fault of the backup', async (_what, environment, words) => {
  await expect(reads(environment)).rejects.toThrow(words);
  await expect(reads(environment)).rejects.toThrow('could not verify');
});

it('roles that cannot be decrypted are a fault', async () => {
  const path = join(folder, 'globals.sql.age');
  const bytes = readFileSync(path);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(path, bytes);
  expect(await reads(withProgram('pg_restore', READS_ALL))).toEqual([
    { file: 'globals.sql.age', what: expect.stringContaining('altered') },
  ]);
});

it('RESTORE.txt is as it was written', async () => {
  writeFileSync(join(folder, 'RESTORE.txt'), 'rm -rf /');
  const notes = { name: 'RESTORE.txt', bytes: 8, sha256: 'ab' };
  expect(await filesAsWritten(folder, { files: [], notes })).toEqual([
    { file: 'RESTORE.txt', what: 'its bytes are not those that were written' },
  ]);
});
