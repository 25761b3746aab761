/** The whole app in as many processes as a test needs, on one database and one Slack, with the account of both at the end. */
import { rm } from 'node:fs/promises';
import { expect, vi } from 'vitest';
import { findBinaries } from '../../../src/adapters/postgres/binaries.ts';
import { clusterUrl, DATABASE_NAME, openCluster } from '../../../src/adapters/postgres/cluster.ts';
import { readSpec } from '../../../src/app/spec.ts';
import { startSlack, type TestSlack } from '../../support/emulate.ts';
import { type MainstayProcess, startProcess } from '../../support/mainstay-process.ts';
import { freshDatabase } from '../../support/postgres.ts';
import { createDriver, type Driver } from '../../support/slack-driver.ts';
import { asAdmin, temporaryHome } from '../../support/test-server.ts';
import { type Account, accountOf } from './account.ts';

/** Services with links, teams to be called in, and a managers' channel. */
export const SPEC_FILE = new URL('../../../demo/northwind.yml', import.meta.url).pathname;
const SPEC = readSpec(SPEC_FILE, {}).spec;

/** As long as anything may take that is under way, on a busy machine: a delivery waits up to 15 s before it is tried again. */
export const PATIENCE = { timeout: 60_000, interval: 20 };

/** Gives the tests of the file that calls it the time that processes and outages take. Called by each file for itself: files share what they import. */
export function patiently(): void {
  vi.setConfig({ testTimeout: 10 * PATIENCE.timeout, hookTimeout: 2 * PATIENCE.timeout });
}

export interface Stage {
  readonly slack: TestSlack;
  readonly driver: Driver;
  readonly databaseUrl: string;
  readonly home: string;
  /** Those who take requests, in turns. */
  readonly instances: MainstayProcess[];
  /** One more process, which takes requests from now on; with the spec of `SPEC_FILE` unless told. */
  start(specFile?: string): Promise<MainstayProcess>;
  /** SIGKILL; nobody sends it anything any more. */
  kill(instance: MainstayProcess): Promise<void>;
  rows<Row extends object>(query: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Promises to Slack that are neither kept nor given up. */
  pending(): Promise<number>;
  /** Resolves when every event is answered and no promise waits; gives the account. */
  settled(): Promise<Account>;
  stop(): Promise<void>;
}

/** Where the app's data is: a database of the tests' server, one that the test itself runs, or the app's own in its home. */
type Storage = 'fresh' | 'embedded' | { readonly url: string };

/** Sets it up without any process; `stop` in `afterAll` or `afterEach`. */
export async function faultStage(storage: Storage = 'fresh'): Promise<Stage> {
  const [slack, home] = await Promise.all([startSlack(), temporaryHome()]);
  const own = storage === 'fresh' ? await freshDatabase() : null;
  const databaseUrl = own?.url ?? (typeof storage === 'object' ? storage.url : await embeddedUrl(home));
  const instances: MainstayProcess[] = [];
  const started: Promise<MainstayProcess>[] = [];
  let turn = 0;
  const url = () => {
    turn += 1;
    const instance = instances[turn % instances.length];
    if (instance === undefined) throw new Error('No instance runs: start one before anybody does anything.');
    return instance.url;
  };
  const driver = createDriver({ url, slack });
  const rows = <Row extends object>(query: string, values: readonly unknown[] = []) =>
    asAdmin(databaseUrl, async (client) => (await client.query<Row>(query, [...values])).rows);
  const pending = async () => (await rows(`select 1 from "Delivery" where status = 'pending'`)).length;
  const drop = (instance: MainstayProcess) => {
    const at = instances.indexOf(instance);
    if (at >= 0) instances.splice(at, 1);
  };
  return {
    ...{ slack, driver, databaseUrl, home, instances, rows, pending },
    start: async (specFile = SPEC_FILE) => {
      const given = storage === 'embedded' ? null : databaseUrl;
      const starting = startProcess({ slack, databaseUrl: given, home, specFile });
      started.push(starting);
      const instance = await starting;
      instances.push(instance);
      return instance;
    },
    kill: async (instance) => {
      drop(instance);
      await instance.kill();
    },
    settled: async () => {
      await driver.settled();
      const undone = `select 1 from pgboss.job where name = 'daily' and state < 'completed'`;
      await vi.waitFor(async () => expect([await pending(), await rows(undone)]).toEqual([0, []]), PATIENCE);
      return accountOf(slack, databaseUrl, home, SPEC);
    },
    stop: async () => {
      await driver.settled();
      // The last one out stops the embedded database; no other needs an end that takes time.
      const leave = storage === 'embedded' ? 'end' : 'kill';
      // Also those a test left starting; what failed to start has told so, and is gone.
      await Promise.allSettled(started.map(async (starting) => (await starting)[leave]()));
      await slack.stop();
      await own?.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** The address the app's own database will have: its files are made here, and the app finds them. */
async function embeddedUrl(home: string): Promise<string> {
  return clusterUrl(await openCluster(home, await findBinaries()), DATABASE_NAME);
}
