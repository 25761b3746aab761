import { vi } from 'vitest';
import { createCheckStore } from '../../../src/adapters/postgres/check-store.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import { apply } from '../../../src/domain/health/apply.ts';
import { connectedChecks } from '../../../src/domain/health/connected.ts';
import type { Answer } from '../../../src/domain/health/sample.ts';
import { type CheckState, unknownCheck } from '../../../src/domain/health/state.ts';
import { measurements } from '../../../src/domain/health/threshold-checks.ts';
import type { OperationsSpec } from '../../../src/domain/spec/types.ts';
import type { Check } from '../../../src/domain/spec/watching.ts';
import { startCheckRunner } from '../../../src/jobs/check-runner.ts';
import type { RunCheck } from '../../../src/usecases/check-port.ts';
import type { Caller } from '../../../src/usecases/ports.ts';
import { storeHarness } from '../../adapters/postgres/store-harness.ts';
import { specWithChecks } from '../../support/check-story.ts';
import { testLogger } from '../../support/logger.ts';

const PATIENCE = { timeout: 5_000, interval: 10 };

export function person(user: string): Caller {
  return { actor: { kind: 'slack', user }, requestKey: null, groups: [] };
}

/** Checks on a real database, with a clock that stands until a test moves it, and answers that a test decides. */
export async function healthHarness(...checks: readonly Check[]) {
  const stored = await storeHarness();
  const time = { now: new Date('2026-11-21T14:00:00.000Z') };
  const rules: { spec: OperationsSpec } = { spec: specWithChecks(...checks) };
  const deps = {
    store: stored.store,
    checks: createCheckStore(stored.db),
    clock: { now: () => time.now },
    spec: { current: () => rules.spec },
  };
  const answers = new Map<string, Answer>();
  const asked: { readonly instance: string; readonly key: string; readonly at: string }[] = [];
  const { logger, log } = testLogger();
  const running: { stop(): Promise<void> }[] = [];

  const samples = async (key: string) => {
    const { rows } = await stored.db.pool.query<{ at: Date; answer: Answer; detail: string | null }>(
      'select at, answer, detail from "CheckSample" where key = $1 order by at',
      [key],
    );
    return rows;
  };
  const state = async (key: string): Promise<CheckState> =>
    (await deps.checks.rows([key]))[0]?.state ?? unknownCheck(key);

  return {
    ...stored,
    deps,
    rules,
    answers,
    asked,
    log,
    samples,
    state,
    now: () => time.now,
    later: (ms: number) => {
      time.now = new Date(time.now.getTime() + ms);
    },
    /** Another instance. What `runCheck` does instead of answering what the test decided, `ok` unless told. */
    start: async (instance: string, runCheck?: RunCheck) => {
      const scripted: RunCheck = async ({ key }) => ({
        answer: answers.get(key) ?? 'ok',
        detail: `${key} says ${answers.get(key) ?? 'ok'}`,
        latencyMs: 12,
        figures: { seen: 1 },
      });
      const counted: RunCheck = (check, signal) => {
        asked.push({ instance, key: check.key, at: time.now.toISOString() });
        return (runCheck ?? scripted)(check, signal);
      };
      const runner = startCheckRunner({ deps, runCheck: counted, instance, log: logger });
      running.push(runner);
      await vi.waitUntil(async () => {
        const { rows } = await stored.db.pool.query('select 1 from "CheckSchedule" where active');
        return rows.length === connectedChecks(rules.spec).length + measurements(rules.spec).length;
      }, PATIENCE);
      return runner;
    },
    /** Resolves when a check has so many samples. */
    sampled: (key: string, count: number) => vi.waitUntil(async () => (await samples(key)).length >= count, PATIENCE),
    /** Resolves when a check is in this state. */
    becomes: (key: string, status: CheckState['status']) =>
      vi.waitUntil(async () => (await state(key)).status === status, PATIENCE),
    until: (fact: () => boolean | Promise<boolean>) => vi.waitUntil(fact, PATIENCE),
    promises: async (): Promise<Delivery[]> => {
      const { rows } = await stored.db.pool.query<{ intent: Delivery }>('select intent from "Delivery" order by id');
      return rows.map(({ intent }) => intent);
    },
    fold: async (key: string): Promise<CheckState> => {
      let folded = unknownCheck(key);
      for await (const event of deps.checks.events(key)) folded = apply(folded, event);
      return folded;
    },
    close: async () => {
      for (const runner of running.splice(0)) await runner.stop();
      await stored.close();
    },
  };
}

export type HealthHarness = Awaited<ReturnType<typeof healthHarness>>;
