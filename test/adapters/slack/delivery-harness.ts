import { expect, vi } from 'vitest';
import type { Manifest } from '../../../demo/slack/manifest.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import type { Declaration } from '../../../src/domain/incident/declare.ts';
import type { Incident } from '../../../src/domain/incident/state.ts';
import type { OperationsSpec } from '../../../src/domain/spec/types.ts';
import { declareIncident } from '../../../src/usecases/incident/declare.ts';
import type { Caller, Clock } from '../../../src/usecases/ports.ts';
import { startSlack, type TestSlack } from '../../support/emulate.ts';
import { alice, incidentSpec } from '../../support/incident-spec.ts';
import { aDeclaration } from '../../support/incident-story.ts';
import { testLogger } from '../../support/logger.ts';
import { freshDatabase } from '../../support/postgres.ts';
import { TINY_MANIFEST } from '../../support/tiny-app.ts';
import type { CapturedLog } from '../../support/unexpected-errors.ts';
import { type Delivering, startDelivering } from './delivering.ts';

const SCOPES =
  'chat:write channels:read channels:history channels:join channels:manage groups:read groups:history groups:write ' +
  'im:write im:history users:read usergroups:read reactions:read reactions:write pins:write bookmarks:read bookmarks:write files:write';

const MANIFEST: Manifest = { ...TINY_MANIFEST, scopes: SCOPES.split(' ') };

export const PATIENCE = { timeout: 20_000, interval: 20 };

/** One row of the promises, as a test looks at it. */
interface PromiseRow {
  readonly lane: string;
  readonly intent: Delivery;
  readonly status: string;
  readonly attempts: number;
  readonly error: string | null;
}

export interface DeliveryHarness {
  readonly url: string;
  readonly slack: TestSlack;
  readonly log: CapturedLog;
  /** The real time, and as much more as the test says. */
  readonly clock: Clock & { ahead(milliseconds: number): void };
  /** The instance that runs from the start. */
  readonly first: Delivering;
  readonly caller: Caller;
  readonly deps: { store: Delivering['store']; clock: Clock; spec: { current(): OperationsSpec } };
  /** One more instance. */
  instance(): Promise<Delivering>;
  declare(declaration?: Partial<Declaration>): Promise<Incident>;
  /** Promises these in one transaction. */
  promise(...deliveries: Delivery[]): Promise<void>;
  promises(): Promise<PromiseRow[]>;
  /** Waits until every promise was kept or given up. */
  settled(): Promise<PromiseRow[]>;
  close(): Promise<void>;
}

/**
 * Slack, a database and an instance of Mainstay that delivers from one to the other; an idle one leaves that to others.
 * `reach` gives the way on which the instances reach the database.
 */
export async function deliveryHarness(
  options: { idle?: boolean; reach?: (url: string) => Promise<string> } = {},
): Promise<DeliveryHarness> {
  const fresh = await freshDatabase();
  const url = (await options.reach?.(fresh.url)) ?? fresh.url;
  const slack = await startSlack({ manifest: MANIFEST, userGroups: { platform: ['bob', 'charlie'] } });
  const { logger, log } = testLogger();
  let moved = 0;
  const clock = {
    now: () => new Date(Date.now() + moved),
    ahead: (milliseconds: number) => {
      moved += milliseconds;
    },
  };
  const spec = incidentSpec;
  const { apiUrl, token } = slack;
  const instances: Delivering[] = [];
  const instance = async (parallel = 4) => {
    const started = await startDelivering({
      ...{ url, apiUrl, token, bot: slack.users.bot },
      ...{ spec, log: logger, clock, parallel },
    });
    let stopped: Promise<void> | undefined;
    const stop = () => {
      stopped ??= started.stop();
      return stopped;
    };
    instances.push({ ...started, stop });
    return { ...started, stop };
  };
  const first = await instance(options.idle ? 0 : undefined);
  const deps = { store: first.store, clock, spec: { current: () => spec } };
  const caller: Caller = { actor: { kind: 'slack', user: alice }, requestKey: null, groups: [] };
  const promises = async () => {
    const { rows } = await first.database.pool.query<PromiseRow>(
      'select lane, intent, status, attempts, error from "Delivery" order by id',
    );
    return rows;
  };
  return {
    ...{ url, slack, log, clock, first, caller, deps, instance, promises },
    declare: async (declaration = {}) => {
      const declared = await declareIncident(deps, caller, { ...aDeclaration, ...declaration });
      if (!declared.ok) throw new Error(declared.refusal.message);
      return declared.value;
    },
    promise: (...deliveries) => first.store.once(null, (tx) => tx.save({ events: [], deliveries })),
    settled: async () => {
      await vi.waitFor(async () => {
        const open = (await promises()).filter(({ status }) => status === 'pending');
        expect(open).toEqual([]);
      }, PATIENCE);
      return promises();
    },
    close: async () => {
      await Promise.all(instances.map(({ stop }) => stop()));
      await fresh.drop();
      await slack.stop();
    },
  };
}

/** A line in a channel that tells itself apart by its number. */
export function line(n: number, channel = 'incidents'): Delivery {
  return {
    kind: 'post',
    to: { to: 'channel', channel },
    message: { type: 'anchor', root: `line ${n}`, heads: n, at: '2026-11-21T14:00:00.000Z' },
  };
}

/** The numbers of the lines a channel holds, in order. */
export function linesIn(slack: TestSlack, channel = 'incidents'): number[] {
  return slack.history(channel).flatMap(({ text }) => {
    const found = /line (\d+)/.exec(text);
    return found === null ? [] : [Number(found[1])];
  });
}
