import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { BackupJob } from '../../src/adapters/pgdump/make.ts';

/** What programs of PostgreSQL find around them in tests. */
export const SURROUNDINGS = { PATH: process.env['PATH'] ?? '', HOME: tmpdir() };

/** Surroundings in which a program is another one, in bash. */
export function withProgram(program: string, script: string): BackupJob['environment'] {
  const folder = mkdtempSync(join(tmpdir(), 'programs-'));
  const path = join(folder, program);
  writeFileSync(path, `#!/bin/bash\n${script}\n`);
  chmodSync(path, 0o700);
  return { ...SURROUNDINGS, PATH: `${folder}:${SURROUNDINGS.PATH}` };
}

/** Those who can read the backups of a test, and the file that one of them keeps. */
export interface Keys {
  readonly recipients: readonly string[];
  readonly drill: string;
  /** Path of the identity of whoever restores by hand. */
  readonly escrowFile: string;
}

export async function makeKeys(): Promise<Keys> {
  const [drill, escrow] = [await generateX25519Identity(), await generateX25519Identity()];
  const escrowFile = join(mkdtempSync(join(tmpdir(), 'escrow-')), 'key.txt');
  writeFileSync(escrowFile, `${escrow}\n`, { mode: 0o600 });
  return { recipients: [await identityToRecipient(drill), await identityToRecipient(escrow)], drill, escrowFile };
}

/** A job of a test, with nothing special about it. */
export function aJob(
  url: string,
  root: string,
  keys: Pick<Keys, 'recipients'>,
  more: Partial<BackupJob> = {},
): BackupJob {
  return {
    root,
    backup: 'orders',
    id: '20260301T010000Z-0001',
    number: 1,
    url,
    recipients: keys.recipients,
    needsRoom: 0,
    stallAfter: 60_000,
    environment: SURROUNDINGS,
    version: '0.1.0',
    ...more,
  };
}

/** All that is in a dump, as its reader gets it. */
export function dumpOf(folder: string, keyFile: string): string {
  const script = 'age -d -i "$1" dump.zst.age | zstd -d';
  return execFileSync('bash', ['-o', 'pipefail', '-c', script, '-', keyFile], { cwd: folder, encoding: 'latin1' });
}

/** The rows, restored by age, zstd and pg_restore and nothing of Mainstay into an empty database that is there already. */
export function restoreByHand(folder: string, keyFile: string, url: string): void {
  execFileSync(
    'bash',
    [
      '-o',
      'pipefail',
      '-c',
      'age -d -i "$1" dump.zst.age | zstd -d | pg_restore --exit-on-error --dbname="$2"',
      '-',
      keyFile,
      url,
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
}
