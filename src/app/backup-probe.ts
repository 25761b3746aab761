import { encryptTo } from '../adapters/age/encrypt.ts';
import { freeSpace } from '../adapters/files/free-space.ts';
import { versionOf } from '../adapters/pgdump/program.ts';
import { programsReach } from '../adapters/pgdump/reach.ts';
import { withClient } from '../adapters/postgres/look.ts';
import { whyNot } from '../domain/backup/request.ts';
import { reveal } from '../domain/spec/secret.ts';
import type { OperationsSpec } from '../domain/spec/types.ts';
import { sizeWords } from '../domain/text/size-words.ts';
import type { Finding } from '../usecases/ops/doctor.ts';
import { programEnvironment } from './backups.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a backup needs: its programs, a pg_dump as new as each server, who can read it, and room. */
export async function backupProbe(
  spec: OperationsSpec,
  home: string,
  env: Environment,
  ownUrl: () => Promise<string>,
): Promise<Finding> {
  const made = spec.backups.filter((backup) => whyNot(backup, spec) === null);
  if (spec.backups.length === 0) return { state: 'skipped', detail: 'the spec has no backups' };
  const others = spec.backups.filter((backup) => !made.includes(backup));
  const notMade = others.map((backup) => `${backup.key} is not made here: ${whyNot(backup, spec)}`);
  if (made.length === 0) return { state: 'skipped', detail: notMade.join('\n') };
  const programs = programEnvironment(env);
  const pgDump = await versionOf('pg_dump', programs);
  await versionOf('pg_dumpall', programs);
  await versionOf('zstd', programs);
  const lines: string[] = [];
  const { freeBytes } = await freeSpace(home);
  for (const { key, source, recipients } of made) {
    await encryptTo(recipients.map(reveal));
    const target = spec.targets[source];
    if (target === undefined || 'notConnected' in target) continue;
    const url = target.kind === 'mainstay' ? await ownUrl() : reveal(target.url);
    const { database, server, bytes } = await lookAt(url);
    if (Math.floor(pgDump.number / 10_000) < Math.floor(server / 10_000)) {
      const detail = `pg_dump is of PostgreSQL ${pgDump.text} and ${source} is of ${Math.floor(server / 10_000)}`;
      return {
        state: 'failed',
        detail,
        remedy: `Install pg_dump ${Math.floor(server / 10_000)} or newer: an old one leaves things out.`,
      };
    }
    await programsReach(url, database, programs);
    if (freeBytes < bytes) {
      const detail = `${sizeWords(freeBytes)} free at ${home}, and ${source} takes ${sizeWords(bytes)}`;
      return { state: 'warning', detail, remedy: 'Make room: a backup is refused where there is too little.' };
    }
    lines.push(`${key}: ${source} takes ${sizeWords(bytes)}, ${recipients.length} can read it`);
  }
  return { state: 'ok', detail: [`pg_dump ${pgDump.text}, zstd`, ...lines, ...notMade].join('\n') };
}

async function lookAt(url: string): Promise<{ database: string; server: number; bytes: number }> {
  const [row] = await withClient(url, (query) =>
    query<{ database: string; server: number; bytes: number }>(
      `select current_database() as database, current_setting('server_version_num')::int as server, pg_database_size(current_database())::float8 as bytes`,
    ),
  );
  if (row === undefined) throw new Error('the database told nothing of itself');
  return row;
}
