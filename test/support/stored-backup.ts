import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest } from '../../src/domain/backup/manifest.ts';

/** Of nobody: a test that only copies and compares needs no key. */
const RECIPIENTS = ['age1alice0drill', 'age1bob0escrow'];

const DATABASE: Manifest['database'] = {
  database: 'orders',
  server: 150_018,
  systemIdentifier: '7450000000000000001',
  lsn: '0/1A2B3C4',
  snapshotAt: '2026-03-01T01:00:00.000Z',
  bytes: 8_000_000,
  encoding: 'UTF8',
  collation: 'C.UTF-8',
  extensions: [],
  roles: ['orders'],
  migration: null,
};

/** A sealed backup with this dump, in a folder of its own; of what is in it nothing was dumped. */
export function sealedBackup(
  id: string,
  dump: Buffer,
  {
    backup = 'orders',
    number = 1,
    recipients = RECIPIENTS,
    globals = Buffer.from('create role orders;\n'),
  }: {
    readonly backup?: string;
    readonly number?: number;
    readonly recipients?: readonly string[];
    readonly globals?: Buffer;
  } = {},
): { readonly root: string; readonly folder: string; readonly manifest: Manifest; readonly manifestSha256: string } {
  const root = mkdtempSync(join(tmpdir(), 'sealed-'));
  const folder = join(root, backup, id);
  mkdirSync(folder, { recursive: true });
  const file = (name: string, body: Buffer) => {
    writeFileSync(join(folder, name), body);
    return { name, bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') };
  };
  const manifest: Manifest = {
    format: 1,
    id,
    backup,
    number,
    startedAt: '2026-03-01T01:00:00.000Z',
    finishedAt: '2026-03-01T01:00:04.000Z',
    tools: { mainstay: '0.1.0', pgDump: '15.18' },
    database: DATABASE,
    tables: [],
    sequences: [],
    structure: [],
    recipients,
    dump: { compressedBytes: dump.length, compressedSha256: '0'.repeat(64) },
    files: [file('dump.zst.age', dump), file('globals.sql.age', globals)],
  };
  file('RESTORE.txt', Buffer.from('HOW TO RESTORE THIS BACKUP BY HAND\n'));
  const { sha256 } = file('manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  return { root, folder, manifest, manifestSha256: sha256 };
}

/** So many bytes that no two parts of them are the same. */
export function bytesOf(length: number): Buffer {
  const block = Buffer.alloc(4096);
  return Buffer.concat(
    Array.from({ length: Math.ceil(length / 4096) }, (_, index) => {
      block.writeUInt32BE(index);
      return Buffer.from(block);
    }),
  ).subarray(0, length);
}
