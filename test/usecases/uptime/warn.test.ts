import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCheckStore } from '../../../src/adapters/postgres/check-store.ts';
import { createUptimeStore } from '../../../src/adapters/postgres/uptime-store.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import { muteCheck, unmuteCheck } from '../../../src/usecases/health/mute.ts';
import { type WarnDeps, warnOfBudgets } from '../../../src/usecases/uptime/warn.ts';
import { storeHarness } from '../../adapters/postgres/store-harness.ts';
import { clock, uptimeSpec } from '../../support/uptime-facts.ts';
import { recordLooks } from '../../support/uptime-record.ts';
import { person } from '../health/health-harness.ts';

const MINUTE = 60_000;

let harness: Awaited<ReturnType<typeof storeHarness>>;
beforeAll(async () => {
  harness = await storeHarness();
});
afterAll(() => harness.close());

describe('warnings', () => {
  it('are told once by however many look, not while a check is muted, and after it', async () => {
    const { db, store } = harness;
    const time = { now: new Date(clock('21 14:00')) };
    const spec = uptimeSpec({ slo: { uptime: null, owner: 'platform' } });
    const checks = createCheckStore(db);
    const deps = {
      store,
      checks,
      uptime: createUptimeStore(db),
      clock: { now: () => time.now },
      spec: { current: () => spec },
    };
    const look = (of: WarnDeps = deps) => warnOfBudgets(of);
    const reasons = async () => (await look()).flatMap(({ decisions }) => decisions.map(({ reason }) => reason));
    const minutes = (from: string, count: number, answer: 'ok' | 'failing') =>
      recordLooks(
        db.pool,
        'checkout',
        MINUTE,
        Array.from({ length: count }, (_, index) => ({ at: clock(from) + index * MINUTE, answer })),
      );
    const promised = async () => {
      const { rows } = await db.pool.query<{ intent: Extract<Delivery, { kind: 'post' }> }>(
        'select intent from "Delivery" order by id',
      );
      return rows.map(({ intent }) => intent);
    };

    await minutes('21 14:00', 60, 'ok');
    await minutes('21 15:00', 31, 'failing');
    time.now = new Date(clock('21 14:59'));
    expect(await reasons()).toEqual(['within-budget']);

    time.now = new Date(clock('21 15:31'));
    const until = new Date(clock('21 20:00'));
    await muteCheck(deps, person('U0ALICE'), { key: 'checkout', until, reason: 'We know' });
    expect(await reasons()).toEqual(['quiet-muted']);
    expect(await promised()).toEqual([]);

    await unmuteCheck(deps, person('U0ALICE'), { key: 'checkout' });
    const news = async () =>
      (await promised()).flatMap(({ message }) => (message.type === 'budget-warning' ? [message] : []));
    await Promise.all([look(), look(), look()]);
    expect((await news()).map(({ warning }) => warning.news.map((one) => one.warning))).toEqual([['half']]);
    expect((await promised()).find(({ message }) => message.type === 'budget-warning')).toMatchObject({
      to: { to: 'channel', channel: 'platform' },
      message: { warning: { service: 'Checkout', period: { key: '2026-Q4' } } },
    });
    expect(await reasons()).toEqual(['told-already']);

    await minutes('21 15:31', 31, 'failing');
    time.now = new Date(clock('21 16:02'));
    await Promise.all([look(), look()]);
    expect((await news()).map(({ warning }) => warning.news.map((one) => one.warning))).toEqual([['half'], ['all']]);
  });
});
