import { afterEach, describe, expect, it } from 'vitest';
import { createAuditLog } from '../../../src/adapters/postgres/audit-log.ts';
import { NO_PULSE } from '../../../src/domain/health/pulse.ts';
import { nextLook } from '../../../src/domain/health/schedule.ts';
import { eraseEvent } from '../../../src/usecases/audit/erase.ts';
import type { RunCheck } from '../../../src/usecases/check-port.ts';
import { followChecks } from '../../../src/usecases/health/follow.ts';
import { muteCheck, unmuteCheck } from '../../../src/usecases/health/mute.ts';
import { aCheck, MINUTE } from '../../support/check-story.ts';
import { alice } from '../../support/incident-spec.ts';
import { type HealthHarness, healthHarness, person } from './health-harness.ts';

const HOUR = 60 * MINUTE;

let health: HealthHarness;
afterEach(() => health.close());

const many = Array.from({ length: 20 }, (_, index) => aCheck({ key: `check-${index}`, failAfter: 2 }));

/** A check that never answers; it hears when nobody waits any more. */
const untilAborted: RunCheck = (_check, signal) =>
  new Promise((resolve) => {
    const answer = { answer: 'failing', detail: '', latencyMs: null, figures: {} } as const;
    signal.addEventListener('abort', () => resolve(answer));
  });

describe('checks', () => {
  it('are each asked once in an interval, whichever of two instances asks', async () => {
    health = await healthHarness(...many);
    await health.start('one');
    await health.start('two');
    for (let round = 1; round <= 4; round += 1) {
      health.later(MINUTE);
      for (const { key } of many) await health.sampled(key, round);
    }
    for (const { key } of many) expect(health.asked.filter((look) => look.key === key)).toHaveLength(4);
    expect(health.log.lines.filter(({ level }) => Number(level) >= 40)).toEqual([]);
  });

  it('of an instance that died are taken over when its claim has ended, and no sooner', async () => {
    health = await healthHarness(aCheck());
    const dead = await health.start('dead', untilAborted);
    health.later(MINUTE);
    await health.until(() => health.asked.length === 1);
    // A dead process gives nothing back and asks nothing more.
    health.deps.checks.release = async () => {};
    void dead.stop();
    health.later(10_000);
    await health.start('heir');
    expect((await health.deps.checks.take('third', health.now(), 10)).taken).toEqual([]);
    health.later(15_000);
    await health.sampled('checkout', 1);
    expect(health.asked.map(({ instance }) => instance)).toEqual(['dead', 'heir']);
  });

  it('that were missed in an outage are asked once, not twenty times, and keep their beat', async () => {
    health = await healthHarness(aCheck());
    await health.start('one');
    health.later(MINUTE);
    await health.sampled('checkout', 1);
    health.later(20 * MINUTE);
    await health.sampled('checkout', 2);
    const [row] = (await health.db.pool.query('select "dueAt" from "CheckSchedule"')).rows;
    expect(row.dueAt).toEqual(nextLook(aCheck(), health.now()));
    expect(health.asked).toHaveLength(2);
  });

  it('follow the spec when it is read again', async () => {
    health = await healthHarness(aCheck(), aCheck({ key: 'db', every: 5_000 }));
    await health.start('one');
    health.later(MINUTE);
    await health.sampled('db', 1);
    health.rules.spec = { ...health.rules.spec, checks: [aCheck({ key: 'new' })] };
    await health.until(async () => {
      const { rows } = await health.db.pool.query('select key from "CheckSchedule" where active');
      return rows.length === 1 && rows[0].key === 'new';
    });
    health.later(MINUTE);
    await health.sampled('new', 1);
    health.later(MINUTE);
    await health.sampled('new', 2);
    expect((await health.samples('db')).length).toBe(1);
  });

  it('never answer twice for one claim: what comes after another has taken over is thrown away', async () => {
    health = await healthHarness(aCheck());
    const { checks } = health.deps;
    await checks.schedule([{ key: 'checkout', every: MINUTE, lease: 1000, firstAt: health.now() }]);
    const [taken] = (await checks.take('slow', health.now(), 1)).taken;
    health.later(1000);
    expect((await checks.take('quick', health.now(), 1)).taken).toHaveLength(1);
    const sample = { at: health.now().toISOString(), answer: 'ok', detail: '', latencyMs: 1, severity: null } as const;
    const look = { key: 'checkout', sample, figures: {}, pulse: taken?.pulse, dueAt: health.now() } as never;
    expect(await checks.finish('slow', [look])).toEqual([]);
    expect(await checks.finish('quick', [look])).toEqual(['checkout']);
    expect(await health.samples('checkout')).toHaveLength(1);
  });
});

describe('a dead database', () => {
  it('is told of alone: its ten clients are held, and looked at again when it is back', async () => {
    const clients = Array.from({ length: 10 }, (_, index) => aCheck({ key: `client-${index}`, dependsOn: ['db'] }));
    health = await healthHarness(...clients, aCheck({ key: 'db', target: 'db', title: 'Database answers' }));
    await health.start('one');
    await health.start('two');
    health.later(MINUTE);
    for (const { key } of clients) await health.becomes(key, 'ok');
    await health.becomes('db', 'ok');
    for (const { key } of [...clients, { key: 'db' }]) health.answers.set(key, 'failing');
    await health.until(async () => {
      health.later(20_000);
      const states = await Promise.all(clients.map(({ key }) => health.state(key)));
      return states.every(({ status }) => status === 'held') && (await health.state('db')).status === 'failing';
    });
    const posts = (await health.promises()).filter(({ kind }) => kind === 'post');
    expect(posts).toHaveLength(1);
    health.answers.clear();
    health.later(MINUTE);
    for (const { key } of [...clients, { key: 'db' }]) await health.becomes(key, 'ok');
    for (const { key } of clients) expect(await health.fold(key)).toEqual(await health.state(key));
    expect((await health.promises()).filter(({ kind }) => kind === 'post')).toHaveLength(1);
  });
});

describe('a muted check', () => {
  it('is asked and told of to nobody; when the mute is over and it still fails, it is told of', async () => {
    health = await healthHarness(aCheck());
    await health.start('one');
    health.later(MINUTE);
    await health.becomes('checkout', 'ok');
    const until = new Date(health.now().getTime() + HOUR);
    const muted = await muteCheck(health.deps, person(alice), { key: 'checkout', until, reason: 'Moving racks' });
    expect(muted).toMatchObject({ ok: true, value: { mute: { reason: 'Moving racks' } } });
    health.answers.set('checkout', 'failing');
    health.later(MINUTE);
    await health.becomes('checkout', 'failing');
    expect(await health.promises()).toEqual([]);
    health.later(HOUR);
    expect((await followChecks(health.deps)).unmuted).toEqual(['checkout']);
    expect(await health.promises()).toMatchObject([{ kind: 'post', message: { type: 'checks-failing' } }]);
    expect(await health.fold('checkout')).toEqual(await health.state('checkout'));
  });

  it('forgets why, when that is erased by law; its state still is the fold of its chain', async () => {
    health = await healthHarness(aCheck());
    const until = new Date(health.now().getTime() + HOUR);
    await muteCheck(health.deps, person(alice), { key: 'checkout', until, reason: 'Charlie is ill' });
    const log = createAuditLog(health.db, { enqueue: async () => {} });
    const bob = { kind: 'cli', user: 'bob' } as const;
    const erased = await eraseEvent({ log, clock: health.deps.clock }, bob, {
      subject: 'CHK-checkout',
      seq: 1,
      reason: 'Charlie asked for it',
    });
    expect(erased.ok).toBe(true);
    const state = await health.state('checkout');
    expect(JSON.stringify(state)).not.toContain('ill');
    expect(state).toEqual(await health.fold('checkout'));
  });

  it.each([
    ['without a reason', { reason: ' ', minutes: 5 }, 'empty-text'],
    ['until a time that has passed', { reason: 'x', minutes: 0 }, 'not-in-future'],
    ['for ever', { reason: 'x', minutes: 60 * 24 * 91 }, 'too-long'],
  ])('is refused %s', async (_what, { reason, minutes }, code) => {
    health = await healthHarness(aCheck());
    const until = new Date(health.now().getTime() + minutes * MINUTE);
    const refusal = await muteCheck(health.deps, person(alice), { key: 'checkout', until, reason });
    expect(refusal).toMatchObject({ ok: false, refusal: { code } });
    expect(await unmuteCheck(health.deps, person(alice), { key: 'checkout' })).toMatchObject({
      refusal: { code: 'not-muted' },
    });
    expect(await unmuteCheck(health.deps, person(alice), { key: 'nothing' })).toMatchObject({
      refusal: { code: 'unknown-check' },
    });
  });
});

describe('what was answered', () => {
  it('is summed up by days: an answer stands until the next one, for two intervals at most', async () => {
    health = await healthHarness(aCheck({ every: HOUR }));
    const { checks } = health.deps;
    await checks.schedule([{ key: 'checkout', every: HOUR, lease: 1, firstAt: health.now() }]);
    const insert = (at: string, answer: string, every = HOUR) =>
      health.db.pool.query(
        'insert into "CheckSample" (key, at, "everyMs", answer, "latencyMs") values ($1, $2, $3, $4, 8)',
        ['checkout', at, every, answer],
      );
    await insert('2026-11-20T01:00:00Z', 'ok');
    await insert('2026-11-20T02:00:00Z', 'failing');
    await insert('2026-11-20T02:30:00Z', 'ok');
    await insert('2026-11-20T23:00:00Z', 'could-not-tell');
    await insert('2026-11-21T13:00:00Z', 'ok');
    await checks.rollUp(health.now(), new Date('2026-11-01T00:00:00Z'));
    await checks.rollUp(health.now(), new Date('2026-11-20T01:30:00Z'));
    expect(await checks.days(['checkout'], '2026-11-01', health.now())).toMatchObject([
      { day: '2026-11-20', good: 2, bad: 1, unclear: 1, goodMs: 3 * HOUR, badMs: HOUR / 2, unclearMs: HOUR },
      { day: '2026-11-21', good: 1, goodMs: HOUR, badMs: 0, latencyAvgMs: 8 },
    ]);
    expect(await health.samples('checkout')).toHaveLength(4);
  });

  it('stands as long as it was asked for then, whatever the interval is now', async () => {
    health = await healthHarness(aCheck({ every: HOUR }));
    const { checks } = health.deps;
    const asked = { key: 'checkout', lease: 1, firstAt: health.now() };
    await checks.schedule([{ ...asked, every: HOUR }]);
    await checks.take('one', health.now(), 1);
    const sample = { at: health.now().toISOString(), answer: 'ok', latencyMs: 8, detail: '', severity: null } as const;
    await checks.finish('one', [{ key: 'checkout', sample, figures: {}, pulse: NO_PULSE, dueAt: health.now() }]);
    await checks.schedule([{ ...asked, every: MINUTE }]);
    health.later(2 * HOUR);
    const [day] = await checks.days(['checkout'], '2026-11-01', health.now());
    const { rows } = await health.db.pool.query('select "everyMs"::int as every from "CheckSample"');
    expect({ day, rows }).toMatchObject({ day: { good: 1, goodMs: 2 * HOUR }, rows: [{ every: HOUR }] });
  });
});
