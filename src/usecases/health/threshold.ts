import type { Pulse } from '../../domain/health/pulse.ts';
import { figureNames } from '../../domain/health/statistics.ts';
import { lookBack } from '../../domain/health/sustained.ts';
import { askThreshold, baselineTime, directionOf, type ThresholdCheck } from '../../domain/health/threshold.ts';
import { metricKey } from '../../domain/health/threshold-checks.ts';
import type { HealthDeps } from './deps.ts';

/** What the samples of its metric say of a threshold. Nobody outside is asked. */
export async function thresholdAnswer(
  { checks }: Pick<HealthDeps, 'checks'>,
  check: ThresholdCheck,
  pulse: Pulse,
  now: Date,
) {
  const [key, names] = [metricKey(check.metric), figureNames(check.statistic, directionOf(check))];
  const [samples, baseline] = await Promise.all([
    checks.samples(key, names, new Date(now.getTime() - lookBack(check))),
    check.spike === undefined ? null : checks.baseline(key, names, baselineTime(check, check.spike, now)),
  ]);
  return { ...askThreshold(check, { samples, baseline, pulse, now }), latencyMs: null };
}
