import { afterEach, describe, expect, it } from 'vitest';
import { measurements, withThresholds } from '../../../src/domain/health/threshold-checks.ts';
import type { MetricSource, OwnSource } from '../../../src/domain/spec/metric-source.ts';
import type { Check, Measurement, Threshold } from '../../../src/domain/spec/watching.ts';
import type { RunCheck } from '../../../src/usecases/check-port.ts';
import { judgeByMetrics, lookAt, scheduleChecks } from '../../../src/usecases/health/look.ts';
import { showMetrics } from '../../../src/usecases/health/metrics.ts';
import { isOwn, ownAnswer } from '../../../src/usecases/health/own-answers.ts';
import { runChecks } from '../../../src/usecases/health/run.ts';
import { settleChecks } from '../../../src/usecases/health/settle.ts';
import { showChecks } from '../../../src/usecases/health/show.ts';
import { aCheck, MINUTE } from '../../support/check-story.ts';
import { type HealthHarness, healthHarness, person } from './health-harness.ts';

let health: HealthHarness;
afterEach(() => health.close());

/** What Prometheus answers; null for nothing. */
const prometheus: { figures: Record<string, number> | null } = { figures: null };
const measured: RunCheck = async () =>
  prometheus.figures === null
    ? { answer: 'could-not-tell', detail: 'Prometheus refused the connection', latencyMs: null, figures: {} }
    : { answer: 'ok', detail: 'measured', latencyMs: 3, figures: prometheus.figures };

function aThreshold(threshold: Partial<Threshold> = {}): Threshold {
  return {
    ...{ key: 'slow', title: 'Checkout is slow', metric: 'latency', owner: 'platform', clause: [], dependsOn: [] },
    ...{ for: 5 * MINUTE, statistic: 'p95', severity: 'SEV2' },
    breach: { is: '>', than: { quantity: 'time', value: 500 } },
    ...threshold,
  };
}

const LATENCY: MetricSource = { kind: 'query', target: 'checkout', query: 'latency' };

/** Thresholds of one metric, on a database of their own. */
async function started(thresholds: readonly Threshold[], { source = LATENCY, checks = [] as readonly Check[] } = {}) {
  health = await healthHarness(...checks);
  const metrics = { latency: { title: 'Latency', quantity: 'time' as const, unit: 1, source, clause: [] } };
  health.rules.spec = withThresholds({ ...health.rules.spec, metrics, thresholds: [...thresholds] });
  await scheduleChecks(health.deps);
}

/** What was asked of others. */
const asked: string[] = [];
const counted = async (check: Check | Measurement) => {
  asked.push(check.key);
  return measured(check, AbortSignal.timeout(1_000));
};

/** All that is due is looked at and judged, as the runner does it. */
async function look(): Promise<void> {
  const { deps } = health;
  for (;;) {
    const { taken } = await deps.checks.take('one', deps.clock.now(), 100);
    if (taken.length === 0) return;
    const looks = await Promise.all(taken.map((one) => lookAt({ ...deps, runCheck: counted }, one)));
    const kept = await deps.checks.finish(
      'one',
      looks.filter((one) => one !== null),
    );
    await judgeByMetrics(deps, kept);
    await settleChecks(deps, kept);
  }
}

async function minutes(count: number): Promise<void> {
  for (let passed = 0; passed < count; passed += 1) {
    health.later(MINUTE);
    await look();
  }
}

/** An answer of the check, so many seconds ago. */
const answer = (ago: number, said: string, latency: number | null) =>
  health.db.pool.query(
    `insert into "CheckSample" (key, at, "everyMs", answer, "latencyMs", figures) values ('checkout', $1, 60000, $2, $3, $4)`,
    [new Date(health.now().getTime() - ago * 1000), said, latency, latency === null ? null : { bytes: latency }],
  );

const status = async (key = slow) => (await health.state(key)).status;
const slow = 'threshold:slow';
const last = async (key = slow) => (await health.deps.checks.rows([key]))[0]?.pulse.last;

describe('thresholds', () => {
  it('fail when it was bad for as long as they say, of one question for all of them', async () => {
    prometheus.figures = { p95: 812, average: 200 };
    asked.length = 0;
    await started([
      aThreshold(),
      aThreshold({ key: 'average', statistic: 'average' }),
      aThreshold({ key: 'now', for: 0 }),
    ]);
    await minutes(5);
    expect(await last()).toMatchObject({ answer: 'ok', detail: 'p95 812ms, above 500ms for 4m; told after 5m' });
    expect(await status('threshold:now')).toBe('failing');
    await minutes(1);
    expect(await status()).toBe('failing');
    expect(await last()).toMatchObject({ detail: 'p95 812ms, above 500ms for 5m' });
    expect(await last('threshold:average')).toMatchObject({ answer: 'ok', detail: 'average 200ms; bad above 500ms' });
    expect(await health.state(slow)).toEqual(await health.fold(slow));
    expect(asked).toEqual(Array.from({ length: 6 }, () => 'metric:latency'));
    await minutes(1);
    expect((await last())?.detail).toBe('p95 812ms, above 500ms for 6m');
    prometheus.figures = { p95: 90, average: 80 };
    await minutes(1);
    expect(await status()).toBe('ok');
  });

  it('cannot be told when their source is gone for two and a half minutes, with the reason, until it is back', async () => {
    prometheus.figures = { p95: 90 };
    await started([aThreshold()]);
    await minutes(1);
    expect(await status()).toBe('ok');
    prometheus.figures = null;
    await minutes(2);
    expect(await last()).toMatchObject({ answer: 'ok', detail: 'p95 90ms; bad above 500ms' });
    await minutes(1);
    expect(await status()).toBe('unknown');
    expect(await last()).toMatchObject({ detail: 'no figure for 3m: Prometheus refused the connection' });
    expect(await showMetrics(health.deps)).toMatchObject([{ notConnected: null, last: { answer: 'could-not-tell' } }]);
    prometheus.figures = { p95: 90 };
    await minutes(1);
    expect(await status()).toBe('ok');
  });

  it('say nothing to anybody before a second look', async () => {
    prometheus.figures = null;
    await started([aThreshold()]);
    await minutes(1);
    expect(await last()).toMatchObject({ answer: 'could-not-tell' });
    expect((await health.state(slow)).version).toBe(0);
    await minutes(1);
    expect(await status()).toBe('unknown');
    expect((await health.promises()).length).toBe(1);
  });

  it('are not said to be unknown after an outage of our own, before the second look that brings nothing', async () => {
    prometheus.figures = { p95: 90 };
    await started([aThreshold()]);
    await minutes(2);
    health.later(60 * MINUTE);
    await look();
    expect(await status()).toBe('ok');
    expect((await health.state(slow)).version).toBe(1);
    prometheus.figures = null;
    health.later(60 * MINUTE);
    await look();
    expect(await status()).toBe('ok');
    await minutes(1);
    expect(await status()).toBe('unknown');
  });

  it('compare with what is usual, from samples of their own', async () => {
    const { breach: _, ...rest } = aThreshold({ for: 0 });
    prometheus.figures = { p95: 100 };
    await started([{ ...rest, spike: { factor: 3, baseline: 20 * MINUTE, of: 'median' } }]);
    await minutes(13);
    expect(await last()).toMatchObject({ detail: 'not yet known: what is usual takes 10m of figures' });
    expect(await health.promises()).toEqual([]);
    await minutes(1);
    expect(await status()).toBe('ok');
    prometheus.figures = { p95: 301 };
    await minutes(1);
    expect(await status()).toBe('failing');
    expect((await last())?.detail).toBe('p95 301ms, above 300ms (3 times the median 100ms of 20m)');
  });

  it('are asked again by asking their metric', async () => {
    prometheus.figures = { p95: 90 };
    await started([aThreshold()]);
    await minutes(1);
    health.later(5_000);
    asked.length = 0;
    const answer = await runChecks(health.deps, person('U0ALICE'), { keys: [slow], channel: null });
    expect(answer).toEqual({ ok: true, value: { count: 1 } });
    await look();
    expect(asked).toEqual(['metric:latency']);
    expect((await last())?.at).toBe(health.now().toISOString());
  });

  it('without a source here are not asked, and say so', async () => {
    await started([aThreshold()], { source: { notConnected: 'Nothing measures it.' } });
    expect(await showChecks(health.deps)).toMatchObject([
      { notConnected: 'Nothing measures it.', check: { key: slow } },
    ]);
    expect(await showMetrics(health.deps)).toMatchObject([{ notConnected: 'Nothing measures it.', last: null }]);
    asked.length = 0;
    await minutes(1);
    expect(asked).toEqual([]);
  });

  it('are judged by the runner as soon as their metric was looked at', async () => {
    prometheus.figures = { p95: 812 };
    await started([aThreshold({ for: 0 })]);
    await health.start('one', measured);
    health.later(MINUTE);
    await health.becomes(slow, 'failing');
    expect(health.asked.map(({ key }) => key)).toEqual(['metric:latency']);
  });
});

describe('what Mainstay measures itself', () => {
  const own = (measure: OwnSource['measure'], figure?: string): OwnSource => ({
    ...{ kind: 'checks', checks: ['checkout'], measure, over: 5 * MINUTE },
    ...(figure === undefined ? {} : { figure }),
  });

  it('is how long answers took, a figure they brought, or the share of good ones', async () => {
    await started([], { source: own('latency'), checks: [aCheck()] });
    await answer(360, 'ok', 9_000);
    await answer(240, 'ok', 40);
    await answer(180, 'failing', 250);
    await answer(120, 'ok', 250);
    await answer(60, 'could-not-tell', null);
    await answer(30, 'ok', 100);
    const [measurement] = measurements(health.rules.spec);
    if (measurement === undefined || !isOwn(measurement)) throw new Error('no such metric');
    const measure = (source: OwnSource) => ownAnswer(health.deps, { ...measurement, source }, health.now());
    expect(await measure(own('latency'))).toMatchObject({
      answer: 'ok',
      detail: 'average 160ms, p50 175ms, p95 250ms, max 250ms',
      figures: { average: 160, p50: 175, max: 250, min: 40, last: 100 },
    });
    expect(await measure(own('figure', 'bytes'))).toMatchObject({ figures: { average: 160, last: 100 } });
    expect(await measure(own('figure', 'inodes'))).toMatchObject({ detail: 'its checks bring no such figure' });
    expect(await measure(own('success'))).toMatchObject({ figures: { last: 75 } });
  });

  it('is no figure when its checks were not asked lately', async () => {
    const heartbeat: Check = { ...aCheck({ every: 60 * MINUTE }), kind: 'heartbeat' };
    await started([aThreshold({ for: 0 })], { source: own('latency'), checks: [heartbeat] });
    await minutes(1);
    expect(await last('metric:latency')).toMatchObject({ detail: 'none of its checks answered lately' });
  });
});
