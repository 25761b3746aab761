import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { acquireEmbedded } from '../src/adapters/postgres/embedded.ts';
import { migrate } from '../src/adapters/postgres/migrate.ts';
import { quiet } from './quiet.ts';

export interface BenchDatabase {
  /** A fresh, migrated database of its own. */
  url(): Promise<string>;
  /** The server's own process, whichever runs now. */
  serverPid(): number;
  /** MAINSTAY_HOME of what is measured. */
  readonly home: string;
  stop(): Promise<void>;
}

/** A real PostgreSQL for the benchmarks, with fsync on, in a folder that is deleted afterwards. */
export async function requirePostgres(): Promise<BenchDatabase> {
  const home = await mkdtemp(join(tmpdir(), 'mainstay-bench-'));
  await chmod(home, 0o755);
  const server = await acquireEmbedded({ home, log: quiet });
  let made = 0;
  return {
    serverPid: () => Number(readFileSync(join(server.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]),
    home,
    async url() {
      made += 1;
      const name = `bench_${made}`;
      const admin = new pg.Client({ connectionString: server.url });
      await admin.connect();
      await admin.query(`CREATE DATABASE ${name}`);
      await admin.end();
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      await migrate(url.toString());
      return url.toString();
    },
    async stop() {
      await server.release();
      await rm(home, { recursive: true, force: true });
    },
  };
}
