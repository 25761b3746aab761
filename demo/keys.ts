/** Who can read the demo's backups: two identities of age that it makes for itself at its first start and keeps in its folder. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';

/** What a backup takes; the embedded server is of PostgreSQL 15. */
const PROGRAMS = ['pg_dump', 'zstd'];

/** Their recipients; null on a machine that lacks a program that backups take: then the demo says so instead of making one. */
export async function demoRecipients(home: string): Promise<string[] | null> {
  if (PROGRAMS.some((program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status !== 0)) return null;
  const recipients: string[] = [];
  for (const name of ['drill', 'escrow']) recipients.push(await identityToRecipient(await identity(home, name)));
  return recipients;
}

async function identity(home: string, name: string): Promise<string> {
  const file = join(home, `${name}-identity.txt`);
  if (!existsSync(file)) {
    mkdirSync(home, { recursive: true });
    writeFileSync(file, `${await generateX25519Identity()}\n`, { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}
