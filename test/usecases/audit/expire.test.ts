import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACCESS_SUBJECT, type EventDraft, SPEC_SUBJECT } from '../../../src/domain/event.ts';
import { apply } from '../../../src/domain/incident/apply.ts';
import type { Incident } from '../../../src/domain/incident/state.ts';
import { expireLog } from '../../../src/usecases/audit/expire.ts';
import { addTo, all, declare, draft, noon, note } from '../../adapters/postgres/store-harness.ts';
import { type AuditHarness, auditHarness } from './audit-harness.ts';

let harness: AuditHarness;
beforeEach(async () => {
  harness = await auditHarness();
});
afterEach(() => harness.close());

const closed = [
  draft({ kind: 'incident.resolved', summary: 'Charlie rolled back', postmortemDueAt: null }),
  draft({ kind: 'incident.documented', how: 'published', link: null }),
  draft({ kind: 'incident.closed' }),
] as const;
const yearsLater = (years: number, days = 0) => new Date(Date.UTC(2026 + years, 10, 20 + days, 12));
const at = <Body extends { kind: string }>(now: Date, event: EventDraft<Body>) => ({
  ...event,
  occurredAt: now,
  recordedAt: now,
});
const expireAt = (now: Date) => {
  harness.time.now = now;
  return expireLog(harness);
};
const bodies = async (subject: string) =>
  (await all(harness.store.events(subject))).map(({ body }) => body?.kind ?? 'gone');

describe('after seven years', () => {
  it('a closed incident keeps its events and loses their words, and the log still verifies', async () => {
    await harness.store.once(null, (tx) => declare(tx, note('Charlie called'), ...closed));
    await harness.anchor();
    expect(await expireAt(yearsLater(7))).toEqual([]);
    expect(await expireAt(yearsLater(7, 1))).toEqual(['INC-1']);
    expect(await bodies('INC-1')).toEqual([...Array(5).fill('gone'), 'event.expired']);
    expect(await harness.verify()).toMatchObject({ intact: true, erased: 5, anchors: 1 });
    const incident = await harness.store.incident(1);
    expect(incident).toMatchObject({ title: '[erased]', resolution: '[erased]', status: 'closed', version: 6 });
    let state: Incident | null = null;
    for await (const event of harness.store.events('INC-1')) state = apply(state, event);
    expect(incident).toEqual(state);
  });

  it('what came into force loses its words one by one, as the chain never ends', async () => {
    const load = (now: Date) =>
      harness.store.once(null, (tx) =>
        tx.save({ events: [{ subject: SPEC_SUBJECT, draft: at(now, draft({ kind: 'spec.loaded' })) }] }),
      );
    await load(noon);
    await load(yearsLater(3));
    expect(await expireAt(yearsLater(8))).toEqual([SPEC_SUBJECT]);
    expect(await bodies(SPEC_SUBJECT)).toEqual(['gone', 'spec.loaded', 'event.expired']);
    expect(await harness.verify()).toMatchObject({ intact: true });
  });

  it('it is done once', async () => {
    await harness.store.once(null, (tx) => declare(tx, ...closed));
    await expireAt(yearsLater(8));
    expect(await expireAt(yearsLater(16))).toEqual([]);
  });

  it('an incident to which something was added since is kept whole', async () => {
    await harness.store.once(null, (tx) => declare(tx, ...closed));
    await harness.store.once(null, (tx) => addTo(tx, 1, at(yearsLater(3), note('looked at again'))));
    expect(await expireAt(yearsLater(8))).toEqual([]);
    expect(await expireAt(yearsLater(11))).toEqual(['INC-1']);
  });

  it('an incident that is still open is kept', async () => {
    await harness.incident();
    expect(await expireAt(yearsLater(20))).toEqual([]);
  });

  it('refusals of permission expire one by one, and anchors never', async () => {
    const refusal = draft({ kind: 'permission.refused', verb: 'declare', reason: 'not in the team' });
    for (const now of [noon, yearsLater(3), yearsLater(6)]) {
      await harness.store.once(null, (tx) =>
        tx.save({ events: [{ subject: ACCESS_SUBJECT, draft: at(now, refusal) }] }),
      );
    }
    await harness.anchor();
    expect(await expireAt(yearsLater(11))).toEqual([ACCESS_SUBJECT]);
    expect(await bodies(ACCESS_SUBJECT)).toEqual(['gone', 'gone', 'permission.refused', 'event.expired']);
    expect(await expireAt(yearsLater(14))).toEqual([ACCESS_SUBJECT]);
    expect(await bodies(ACCESS_SUBJECT)).toEqual(['gone', 'gone', 'gone', 'event.expired', 'event.expired']);
    expect(await harness.verify()).toMatchObject({ intact: true, erased: 3, anchors: 1 });
  });

  it('a chain that is written to at the very moment is left alone', async () => {
    await harness.store.once(null, (tx) => declare(tx, ...closed));
    const { log } = harness;
    const expirable: typeof log.expirable = async (...asked) => {
      const found = await log.expirable(...asked);
      await harness.store.once(null, (tx) => addTo(tx, 1, at(yearsLater(8), note('just now'))));
      return found;
    };
    harness.time.now = yearsLater(8);
    expect(await expireLog({ clock: harness.clock, wall: harness.wall, log: { ...log, expirable } })).toEqual([]);
    expect(await bodies('INC-1')).not.toContain('gone');
  });
});

describe('sooner', () => {
  it('answers to requests are forgotten after a week, settled deliveries after 90 days, pending ones never', async () => {
    await harness.store.once('asked', declare);
    await harness.store.once('asked', declare);
    await harness.store.once(null, declare);
    await harness.sql(`update "Request" set at = $1`, [noon]);
    await harness.sql(
      `update "Delivery" set status = 'delivered', "settledAt" = $1 where id = (select min(id) from "Delivery")`,
      [noon],
    );
    const left = async () =>
      (
        await harness.sql(
          `select (select count(*)::int from "Request") as answers, (select count(*)::int from "Delivery") as deliveries`,
        )
      ).rows[0];
    const days = (count: number) => new Date(noon.getTime() + count * 86_400_000);
    await expireAt(days(7));
    expect(await left()).toEqual({ answers: 1, deliveries: 2 });
    await expireAt(days(8));
    expect(await left()).toEqual({ answers: 0, deliveries: 2 });
    await expireAt(days(91));
    expect(await left()).toEqual({ answers: 0, deliveries: 1 });
  });

  it('nothing is forgotten because a clock was moved ahead of the one on the wall', async () => {
    await harness.store.once('asked', declare);
    await harness.sql(`update "Request" set at = $1`, [noon]);
    harness.time.now = yearsLater(1);
    await expireLog({ ...harness, wall: { now: () => noon } });
    expect((await harness.sql('select 1 from "Request"')).rowCount).toBe(1);
  });
});
