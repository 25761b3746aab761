import { versionOf } from '../adapters/pgdump/program.ts';
import { findBinaries } from '../adapters/postgres/binaries.ts';
import type { Finding } from '../usecases/ops/doctor.ts';
import { programEnvironment } from './backups.ts';
import { identitiesIn } from './drills.ts';

/** What a drill needs, where one is made: a key that nobody else has, its programs and a server. */
export async function drillProbe(env: Readonly<Record<string, string | undefined>>): Promise<Finding> {
  const file = (env['DRILL_IDENTITY_FILE'] ?? '').trim();
  if (file === '') return { state: 'skipped', detail: 'no drills are made here: DRILL_IDENTITY_FILE is not set' };
  if ((env['SLACK_BOT_TOKEN'] ?? '').trim() !== '') {
    return {
      state: 'warning',
      detail: 'DRILL_IDENTITY_FILE is in the environment of the bot: whoever gets into it can read every backup',
      remedy: 'Name it in the environment of `mainstay drill-worker` alone; docs/backups.md says how.',
    };
  }
  const identities = await identitiesIn(file);
  const programs = programEnvironment(env);
  const pgRestore = await versionOf('pg_restore', programs);
  await versionOf('zstd', programs);
  const server = await versionOf((await findBinaries()).postgres, programs);
  const keys = `${identities.length} ${identities.length === 1 ? 'identity' : 'identities'}`;
  return { state: 'ok', detail: `${keys}, pg_restore ${pgRestore.text}, zstd, a server of PostgreSQL ${server.text}` };
}
