import { access, constants } from 'node:fs/promises';
import { makeFolder } from '../adapters/files/folder.ts';
import { freeSpace } from '../adapters/files/free-space.ts';
import { mailFault } from '../adapters/pagers/mail.ts';
import { findBinaries } from '../adapters/postgres/binaries.ts';
import { withClient } from '../adapters/postgres/look.ts';
import { migrationStatus } from '../adapters/postgres/migrate.ts';
import { identifyToken } from '../adapters/slack/identity.ts';
import { SlackStartError } from '../adapters/slack/start-error.ts';
import { type Config, ConfigError, loadConfig, loadStoreConfig, type StoreConfig } from '../config.ts';
import { OWN_LIMITS } from '../domain/own/judge.ts';
import { teamOfCheck } from '../domain/page/checks.ts';
import { contactsOf } from '../domain/page/terms.ts';
import { shortHash } from '../domain/spec/in-force.ts';
import type { OperationsSpec } from '../domain/spec/types.ts';
import type { Logger } from '../usecases/log.ts';
import type { Finding, Probe } from '../usecases/ops/doctor.ts';
import { backupProbe } from './backup-probe.ts';
import { type Location, locateData } from './data.ts';
import { drillProbe } from './drill-probe.ts';
import { readSpec, SpecError } from './spec.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Promises to Slack that wait longer than this hint at a fault, in minutes. */
const WAITING_WANTED = 5;

const ok = (detail: string): Finding => ({ state: 'ok', detail });
const skipped = (detail: string): Finding => ({ state: 'skipped', detail });
const failed = (detail: string, remedy: string): Finding => ({ state: 'failed', detail, remedy });
const warning = (detail: string, remedy: string): Finding => ({ state: 'warning', detail, remedy });

/**
 * What `mainstay doctor` looks at, in the order a start needs them. The database is found once and shared; `release`
 * gives it back when all have looked.
 */
export function doctorProbes(
  env: Environment,
  scopes: readonly string[],
  log: Logger,
): { probes: Probe[]; release(): Promise<void> } {
  let located: Promise<Location> | undefined;
  const store = () => loadStoreConfig(env);
  const location = () => {
    located ??= locateData(store(), log);
    return located;
  };
  return {
    probes: [
      { name: 'environment', look: async () => environment(env) },
      { name: 'spec', look: async () => spec(store(), env) },
      { name: 'paging', look: async () => paging(store(), env) },
      { name: 'mail', look: () => mail(env) },
      { name: 'binaries', look: () => binaries(store()) },
      { name: 'disk', look: () => disk(store().home) },
      { name: 'database', look: async () => database((await location()).url) },
      { name: 'migrations', look: async () => migrations(await location()) },
      { name: 'queue', look: async () => queue((await location()).url) },
      { name: 'backups', look: async () => backups(store(), env, async () => (await location()).url) },
      { name: 'drills', look: () => drillProbe(env) },
      { name: 'slack', look: () => slack(env, scopes, log) },
      { name: 'heartbeat', look: async () => outside(env) },
    ],
    release: async () => (await located?.catch(() => undefined))?.release(),
  };
}

function environment(env: Environment): Finding {
  try {
    const config = loadConfig(env);
    const way = config.slack.wayIn.kind === 'socket' ? 'Socket Mode' : 'HTTP';
    return ok([`complete; Slack reaches us by ${way}`, ...config.notes].join('. '));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return failed(error.faults.join('\n'), 'Set what is named; the README says where to get each.');
  }
}

function spec(store: StoreConfig, env: Environment): Finding {
  try {
    const loaded = readSpec(store.specPath, env);
    return ok(`${loaded.file}, ${shortHash(loaded.hash)}`);
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return failed(error.faults.join('\n'), 'Mend the lines named.');
  }
}

const SPEC_FIRST = 'not looked at before the spec can be used';

/** The spec, for probes of what it names; null while it has faults, of which its own probe tells. */
function usableSpec(store: StoreConfig, env: Environment): OperationsSpec | null {
  try {
    return readSpec(store.specPath, env).spec;
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return null;
  }
}

function paging(store: StoreConfig, env: Environment): Finding {
  const loaded = usableSpec(store, env);
  if (loaded === null) return skipped(SPEC_FIRST);
  const teams = Object.keys(loaded.teams);
  const silent = teams.filter((team) => contactsOf(loaded, team).length === 0);
  const mailed = teams.filter((team) => loaded.teams[team]?.paging?.email === true);
  if (teams.length === 0) return skipped('the spec has no teams, so nobody is woken');
  if (silent.length > 0) {
    return warning(
      `nobody can be called of: ${silent.join(', ')}`,
      'Give their members a Slack user id (`contacts.<key>.slack`), or the team a `paging.webhook`.',
    );
  }
  const nobodys = loaded.checks.filter(
    (check) =>
      check.severity !== undefined && loaded.severities[check.severity].page && teamOfCheck(check, loaded) === null,
  );
  if (nobodys.length > 0) {
    return warning(
      `would wake somebody and have no team: ${nobodys.map(({ key }) => key).join(', ')}`,
      'Give each such check an `owner`, or a service with a team.',
    );
  }
  if (mailed.length > 0 && (env['SMTP_URL'] ?? '').trim() === '') {
    return warning(`to be mailed: ${mailed.join(', ')}; SMTP_URL is not set`, 'Set SMTP_URL and SMTP_FROM.');
  }
  return ok(`somebody of each of ${teams.length} teams can be called`);
}

async function backups(store: StoreConfig, env: Environment, ownUrl: () => Promise<string>): Promise<Finding> {
  const loaded = usableSpec(store, env);
  if (loaded === null) return skipped(SPEC_FIRST);
  return backupProbe(loaded, store.home, env, ownUrl);
}

/** The settings; null when they have faults, of which the first probe tells. */
function configOf(env: Environment): Config | null {
  try {
    return loadConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return null;
  }
}

async function mail(env: Environment): Promise<Finding> {
  const config = configOf(env);
  if (config === null) return skipped('not asked before the environment is complete');
  if (config.mail === null) return skipped('SMTP_URL is not set; nobody is mailed');
  const fault = await mailFault(config.mail.url);
  if (fault === null) return ok('the mail server takes us');
  return failed(fault, 'Mend SMTP_URL, or the mail server: whoever is to be mailed is not.');
}

async function binaries(store: StoreConfig): Promise<Finding> {
  if (store.databaseUrl !== null) return skipped('none needed with DATABASE_URL');
  const found = await findBinaries();
  return ok(`embedded PostgreSQL: ${found.postgres}`);
}

async function disk(home: string): Promise<Finding> {
  await makeFolder(home);
  await access(home, constants.W_OK);
  const { freeBytes } = await freeSpace(home);
  const detail = `${(freeBytes / 1024 ** 3).toFixed(1)} GiB free at ${home}`;
  return freeBytes >= OWN_LIMITS.littleRoom
    ? ok(detail)
    : warning(detail, 'Free at least 1 GiB, or move MAINSTAY_HOME.');
}

async function database(url: string): Promise<Finding> {
  const [row] = await withClient(url, (query) =>
    query<{ version: string }>("SELECT current_setting('server_version') AS version"),
  );
  return ok(`PostgreSQL ${row?.version ?? 'of unknown version'}`);
}

async function migrations({ url, embedded }: Location): Promise<Finding> {
  const { applied, pending } = await migrationStatus(url);
  if (pending.length === 0) return ok(`${applied.length} applied, none pending`);
  if (embedded) return ok(`${pending.length} pending; the next start applies them to the embedded database`);
  return failed(`pending: ${pending.join(', ')}`, 'Run `npm run -s mainstay -- migrate`.');
}

async function queue(url: string): Promise<Finding> {
  const { pending } = await migrationStatus(url);
  if (pending.length > 0) return skipped('nothing to look at before the migrations are applied');
  const [row] = await withClient(url, (query) =>
    query<{ waiting: number; stale: number; undeliverable: number }>(
      `SELECT count(*) FILTER (WHERE status = 'pending')::int AS waiting,
              count(*) FILTER (WHERE status = 'pending' AND "createdAt" < now() - make_interval(mins => $1))::int AS stale,
              count(*) FILTER (WHERE status = 'undeliverable')::int AS undeliverable
       FROM "Delivery"`,
      [WAITING_WANTED],
    ),
  );
  const { waiting = 0, stale = 0, undeliverable = 0 } = row ?? {};
  const detail = `${waiting} waiting, ${undeliverable} undeliverable`;
  if (stale === 0) return ok(detail);
  return warning(`${detail}; ${stale} wait for over ${WAITING_WANTED} min`, 'Look at `/ops queue` for the reason.');
}

function outside(env: Environment): Finding {
  const config = configOf(env);
  if (config === null) return skipped('not looked at before the environment is complete');
  if (config.heartbeatUrl === null) {
    return skipped('HEARTBEAT_URL is not set: nobody outside notices when Mainstay is gone');
  }
  // One sent from here would say of a dead Mainstay that it lives.
  return ok('set; a running Mainstay calls it each minute while it works, and its log says when it is not heard');
}

async function slack(env: Environment, scopes: readonly string[], log: Logger): Promise<Finding> {
  const config = configOf(env);
  if (config === null) return skipped('not asked before the environment is complete');
  const { botToken, apiUrl } = config.slack;
  try {
    const bot = await identifyToken(botToken, apiUrl, scopes, log);
    return ok(`the token is good at ${bot.url || bot.teamId} and has every scope of manifest.yml`);
  } catch (error) {
    if (!(error instanceof SlackStartError)) throw error;
    return failed(error.message, 'Nothing starts before Slack takes the token.');
  }
}
