import { execFile, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';
import { type Cluster, explainFailure, runAs } from './cluster.ts';
import { bareEnvironment } from './service-user.ts';

const run = promisify(execFile);

/** Modest, as this server has one application; everything about safety (fsync, checksums) stays at its default. */
const SETTINGS = {
  listen_addresses: '',
  shared_buffers: '64MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // The details of an error can quote what people wrote; the log keeps the message only.
  log_error_verbosity: 'terse',
};
const STOP_SECONDS = 60;
/** What PostgreSQL says when another server has these files, is just leaving them, or died a moment ago. */
const SOMEBODY_THERE = /lock file ".*" (already exists|is empty)|pre-existing shared memory block/;

/** A server that was launched: `exit` stays null while it runs. */
export interface Launch {
  exit: { readonly reason: string; readonly somebodyThere: boolean } | null;
}

/**
 * Starts PostgreSQL on the cluster's files, in a session of its own, so that neither Ctrl-C nor our death reaches it.
 * Returns at once; PostgreSQL itself makes sure that only one server has the files.
 * @throws when the program cannot be run
 */
export async function launch(cluster: Cluster, binaries: Binaries): Promise<Launch> {
  const log = await open(cluster.serverLog, 'a', 0o600);
  try {
    await log.chown(cluster.user.uid, cluster.user.gid);
    const { size } = await log.stat();
    const settings = { ...SETTINGS, unix_socket_directories: cluster.socketDir };
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const server = spawn(binaries.postgres, ['-D', cluster.dataDir, ...args], {
      ...runAs(cluster.user),
      cwd: '/',
      env: { ...bareEnvironment, ...(await strangerInLockFile(cluster)) },
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    const launched: Launch = { exit: null };
    server.once('exit', async () => {
      const written = await readFile(cluster.serverLog).catch(() => Buffer.alloc(0));
      const reason = written.subarray(size).toString().trim();
      launched.exit = { reason, somebodyThere: SOMEBODY_THERE.test(reason) };
    });
    await new Promise<void>((spawned, failed) => {
      server.once('spawn', spawned);
      server.once('error', failed);
    });
    server.unref();
    return launched;
  } catch (cause) {
    throw await explainFailure('PostgreSQL could not be started', cause, [binaries.postgres], cluster.user);
  } finally {
    await log.close();
  }
}

/**
 * Stops the server: what runs is rolled back, what was committed is kept. Returns when it is gone.
 * @throws when it could not be reached or did not end within a minute
 */
export async function stop(cluster: Cluster, binaries: Binaries): Promise<void> {
  const args = ['stop', '-D', cluster.dataDir, '-m', 'fast', '-w', '-t', String(STOP_SECONDS)];
  try {
    await run(binaries.pg_ctl, args, { ...runAs(cluster.user), cwd: '/', env: bareEnvironment });
  } catch (cause) {
    throw await explainFailure('PostgreSQL could not be stopped', cause, [cluster.dataDir], cluster.user);
  }
}

/**
 * After a crash the process id in the lock file may by now belong to a stranger, and PostgreSQL, seeing it alive,
 * would refuse to start for ever. It ignores an id that it is told is its grandparent's; its check for processes that
 * still use the old shared memory remains.
 */
async function strangerInLockFile(cluster: Cluster): Promise<{ PG_GRANDPARENT_PID?: string }> {
  const lines = await readFile(`${cluster.dataDir}/postmaster.pid`, 'utf8').catch(() => '');
  const pid = Number(lines.split('\n')[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return {};
  const command = await commandLine(pid);
  return command === null || command.includes(cluster.dataDir) ? {} : { PG_GRANDPARENT_PID: String(pid) };
}

/** The command line of a process, or null when there is none that we can see. */
async function commandLine(pid: number): Promise<string | null> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  const found = await run('ps', ['-o', 'command=', '-p', String(pid)], { env: bareEnvironment }).catch(() => null);
  return found?.stdout ?? null;
}
