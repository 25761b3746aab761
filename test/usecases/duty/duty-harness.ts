import { createCheckStore } from '../../../src/adapters/postgres/check-store.ts';
import { createUptimeStore } from '../../../src/adapters/postgres/uptime-store.ts';
import type { Delivery, Message } from '../../../src/domain/delivery.ts';
import { apply } from '../../../src/domain/duty/apply.ts';
import type { RunEvent } from '../../../src/domain/duty/events.ts';
import type { DutyRun } from '../../../src/domain/duty/run.ts';
import type { StoredEvent } from '../../../src/domain/event.ts';
import type { Duty } from '../../../src/domain/spec/duty.ts';
import type { OperationsSpec } from '../../../src/domain/spec/types.ts';
import { followRuns } from '../../../src/usecases/duty/follow.ts';
import { planDuties } from '../../../src/usecases/duty/plan.ts';
import type { Caller } from '../../../src/usecases/ports.ts';
import { storeHarness } from '../../adapters/postgres/store-harness.ts';
import { specWith } from '../../support/duty-spec.ts';

/** A person who asks; without a request's key nothing is taken for a repetition. */
export function person(user: string, requestKey: string | null = null): Caller {
  return { actor: { kind: 'slack', user }, requestKey, groups: [] };
}

/** Duties on a real database, with a clock that stands until a test moves it and a spec that a test may replace. */
export async function dutyHarness(...duties: readonly Duty[]) {
  const stored = await storeHarness();
  const time = { now: new Date('2026-03-02T00:00:00.000Z') };
  const rules: { spec: OperationsSpec } = { spec: specWith(...duties) };
  const deps = {
    store: stored.store,
    checks: createCheckStore(stored.db),
    uptime: createUptimeStore(stored.db),
    clock: { now: () => time.now },
    spec: { current: () => rules.spec },
  };
  const tick = async () => {
    await planDuties(deps);
    await followRuns(deps);
  };
  const promises = async (): Promise<Delivery[]> => {
    const { rows } = await stored.db.pool.query<{ intent: Delivery }>('select intent from "Delivery" order by id');
    return rows.map(({ intent }) => intent);
  };
  const events = async (number: number): Promise<StoredEvent<RunEvent>[]> => {
    const all: StoredEvent<RunEvent>[] = [];
    for await (const event of stored.store.runEvents(number)) all.push(event);
    return all;
  };
  return {
    ...stored,
    deps,
    rules,
    tick,
    promises,
    events,
    /** Moves the clock, and does what each minute does. */
    at: async (instant: string) => {
      time.now = new Date(instant);
      await tick();
    },
    moveTo: (instant: string) => {
      time.now = new Date(instant);
    },
    /** All runs, in the order in which they are due. */
    runs: (): Promise<DutyRun[]> => stored.store.runs({}, 'soonest', 100_000),
    kinds: async (number: number) => (await events(number)).map(({ kind }) => kind),
    /** The messages that were promised, where and what, in order. */
    messages: async (): Promise<{ to: string; message: Message }[]> =>
      (await promises()).flatMap((promise) =>
        promise.kind === 'post' ? [{ to: destination(promise.to), message: promise.message }] : [],
      ),
    /** What the events of a run lead to. */
    fold: async (number: number) =>
      (await events(number)).reduce<DutyRun | null>((state, event) => apply(state, event), null),
  };
}

function destination(to: Extract<Delivery, { kind: 'post' }>['to']): string {
  if (to.to === 'user') return to.user;
  return to.to === 'channel' ? `#${to.channel}` : `INC-${to.number}`;
}

export type DutyHarness = Awaited<ReturnType<typeof dutyHarness>>;
