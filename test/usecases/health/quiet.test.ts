import { afterEach, describe, expect, it } from 'vitest';
import { createCheckStore } from '../../../src/adapters/postgres/check-store.ts';
import { openDatabase } from '../../../src/adapters/postgres/client.ts';
import { createStore } from '../../../src/adapters/postgres/store.ts';
import type { Message } from '../../../src/domain/delivery.ts';
import { beat } from '../../../src/domain/health/pulse.ts';
import type { Answer } from '../../../src/domain/health/sample.ts';
import { scheduleChecks } from '../../../src/usecases/health/look.ts';
import { muteCheck, unmuteCheck } from '../../../src/usecases/health/mute.ts';
import { releaseChecks } from '../../../src/usecases/health/release.ts';
import { settleChecks } from '../../../src/usecases/health/settle.ts';
import { showChecks } from '../../../src/usecases/health/show.ts';
import { finishWindow } from '../../../src/usecases/window/end.ts';
import { followWindows } from '../../../src/usecases/window/follow.ts';
import { planWindow } from '../../../src/usecases/window/plan.ts';
import { aCheck, MINUTE } from '../../support/check-story.ts';
import { alice } from '../../support/incident-spec.ts';
import { aDraft } from '../../support/window-story.ts';
import { type HealthHarness, healthHarness, person } from './health-harness.ts';

const HOUR = 60 * MINUTE;
const KEYS = ['a', 'b', 'c', 'd'];

let health: HealthHarness;
afterEach(() => health.close());

/** Four checks of checkout and one of payments, all well; then an hour's work on checkout that Alice leads, and all fail. */
async function inWindow(): Promise<number> {
  const checks = KEYS.map((key) => aCheck({ key, service: 'checkout' }));
  health = await healthHarness(...checks, aCheck({ key: 'other', service: 'payments' }));
  await scheduleChecks(health.deps);
  await answer({ a: 'ok', b: 'ok', c: 'ok', d: 'ok', other: 'ok' });
  const draft = aDraft({ startsAt: health.now(), length: '1h', shortNotice: 'The disk is full' });
  const planned = await planWindow(health.deps, person(alice), draft);
  if (!planned.ok) throw new Error(planned.refusal.message);
  expect(planned.value.status).toBe('started');
  await answer({ a: 'failing', b: 'failing', c: 'failing', d: 'failing', other: 'failing' });
  return planned.value.number;
}

/** A minute later whatever is due is asked, and answers so. */
async function answer(answers: Readonly<Record<string, Answer>>): Promise<void> {
  health.later(MINUTE);
  const { taken } = await health.deps.checks.take('one', health.now(), 10);
  const looks = taken.flatMap(({ key, pulse }) => {
    const said = answers[key];
    if (said === undefined) return [];
    const sample = { at: health.now().toISOString(), answer: said, detail: '', latencyMs: 1, severity: null };
    const dueAt = new Date(health.now().getTime() + MINUTE);
    return [{ key, sample, figures: {}, pulse: beat(pulse, sample), dueAt }];
  });
  await health.deps.checks.finish('one', looks);
  await health.deps.checks.release('one');
  await settleChecks(health.deps, Object.keys(answers));
}

/** What was posted about checks: the type, and the channel. */
async function told(): Promise<Message['type'][]> {
  return (await health.promises()).flatMap((one) =>
    one.kind === 'post' && one.message.type.startsWith('checks') ? [one.message.type] : [],
  );
}

describe('checks of a service in a maintenance window', () => {
  it('are told of at its end, all that still fail in one message; what recovered within, and what is asked again, is not', async () => {
    const number = await inWindow();
    // The one that no window covers, at once.
    expect(await told()).toEqual(['checks-failing']);
    expect(await showChecks(health.deps, ['a', 'other'])).toMatchObject([{ window: number }, { window: null }]);
    await answer({ a: 'ok' });
    expect((await releaseChecks(health.deps)).map(({ reason }) => reason)).toEqual(KEYS.map(() => 'still-covered'));
    expect(await health.deps.checks.quietInWindows()).toEqual(KEYS);

    health.later(MINUTE);
    await finishWindow(health.deps, person(alice), { number });
    expect((await releaseChecks(health.deps)).map(({ reason }) => reason)).toEqual(KEYS.map(() => 'asked-again'));
    expect(await told()).toHaveLength(1);
    await answer({ a: 'ok', b: 'failing', c: 'failing', d: 'failing' });
    const released = await releaseChecks(health.deps);
    expect(released.map(({ check, reason }) => `${check} ${reason}`).sort()).toEqual([
      'a recovered',
      'b still-fails',
      'c still-fails',
      'd still-fails',
    ]);
    expect(await told()).toEqual(['checks-failing', 'checks-failing']);
    expect(await health.deps.checks.quietInWindows()).toEqual([]);
    const state = await health.state('b');
    expect(state).toMatchObject({ status: 'failing', window: null, after: number });
    expect(await health.deps.checks.inGroup(state.group ?? 0)).toEqual(['b', 'c', 'd']);
    expect(await health.state('a')).toMatchObject({ status: 'ok', window: null, after: null });
    for (const key of KEYS) expect(await health.fold(key)).toEqual(await health.state(key));
    // Once, however often it is looked at.
    expect(await releaseChecks(health.deps)).toEqual([]);
    expect(await told()).toHaveLength(2);
  });

  it('are told of at the planned end too when nobody ends it: a window that is forgotten hides nothing for ever', async () => {
    await inWindow();
    health.later(HOUR);
    await followWindows(health.deps);
    await answer({ a: 'failing', b: 'failing', c: 'failing', d: 'failing' });
    // Two instances at once: one tells. Neither waits for a second connection while it keeps one.
    const db = openDatabase(health.url, { poolSize: 1 });
    const narrow = {
      ...health.deps,
      store: createStore(db, { enqueue: async () => {} }),
      checks: createCheckStore(db),
    };
    await Promise.all([releaseChecks(narrow), releaseChecks(health.deps)]);
    await db.close();
    expect(await told()).toEqual(['checks-failing', 'checks-failing']);
  });

  it('stay quiet when a mute of theirs is over within it', async () => {
    const number = await inWindow();
    await muteCheck(health.deps, person(alice), {
      key: 'a',
      until: new Date(health.now().getTime() + HOUR),
      reason: 'x',
    });
    await unmuteCheck(health.deps, person(alice), { key: 'a' });
    expect(await told()).toEqual(['checks-failing']);
    expect(await health.state('a')).toMatchObject({ mute: null, window: number });
  });
});
