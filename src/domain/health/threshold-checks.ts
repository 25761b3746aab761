import type { OperationsSpec } from '../spec/types.ts';
import type { Check, Measurement, Metric, Threshold } from '../spec/watching.ts';
import { notConnectedReason } from './connected.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** A metric is looked at so often while the shortest `for` of its thresholds runs, at least: two instants prove nothing. */
const LOOKS = 4;
/** Bounds of how often that is; ms. */
const FASTEST = 10 * SECOND;
const SLOWEST = MINUTE;
/** A look at a metric takes so long at most; ms. */
const LONGEST_LOOK = 10 * SECOND;

/** The check a threshold is. No key of the file has a colon, so it is no other's. */
export const thresholdKey = (key: string): string => `threshold:${key}`;

/** What a metric's samples are kept by. */
export const metricKey = (key: string): string => `metric:${key}`;

/** The spec with each threshold also as a check, so that whatever works on checks works on them. */
export function withThresholds(spec: OperationsSpec): OperationsSpec {
  const derived = spec.thresholds.flatMap((threshold) => {
    const metric = spec.metrics[threshold.metric];
    return metric === undefined ? [] : [checkOf(threshold, metric, spec)];
  });
  return { ...spec, checks: [...spec.checks, ...derived] };
}

function checkOf(threshold: Threshold, metric: Metric, spec: OperationsSpec): Check {
  const { key, metric: measured, owner = metric.owner, ...rest } = threshold;
  const every = measuredEvery(measured, metric, spec);
  const reason = metricNotConnected(metric, spec);
  return {
    ...rest,
    kind: 'threshold',
    key: thresholdKey(key),
    metric: measured,
    quantity: metric.quantity,
    every,
    timeout: Math.min(every, LONGEST_LOOK),
    failAfter: 1,
    recoverAfter: 1,
    ...(owner === undefined ? {} : { owner }),
    ...(reason === null ? {} : { notConnected: reason }),
  };
}

/** How often a metric is measured; ms. The same for all its thresholds, which go by its samples. */
function measuredEvery(key: string, { every }: Metric, { thresholds }: OperationsSpec): number {
  if (every !== undefined) return every;
  const lasting = thresholds.filter(({ metric, for: time }) => metric === key && time > 0).map(({ for: time }) => time);
  const shortest = Math.min(...lasting, SLOWEST * LOOKS);
  return Math.max(FASTEST, Math.min(SLOWEST, Math.floor(shortest / LOOKS)));
}

/** Why a metric has no figures here; null when it has. */
export function metricNotConnected(
  { source }: Pick<Metric, 'source'>,
  { checks, targets }: Pick<OperationsSpec, 'checks' | 'targets'>,
): string | null {
  if ('notConnected' in source) return source.notConnected;
  if (source.kind !== 'checks') {
    const target = targets[source.target];
    return target !== undefined && 'notConnected' in target ? target.notConnected : null;
  }
  const reasons = checks.flatMap((check) =>
    source.checks.includes(check.key) ? [notConnectedReason(check, { targets })] : [],
  );
  // One that answers is enough.
  return reasons.includes(null) ? null : (reasons[0] ?? 'None of its checks is in the spec');
}

/** The looks that bring the figures of all metrics that can be measured here. */
export function measurements(spec: OperationsSpec): Measurement[] {
  return Object.entries(spec.metrics).flatMap(([key, metric]) => {
    const { source, quantity, unit } = metric;
    if ('notConnected' in source || metricNotConnected(metric, spec) !== null) return [];
    const every = measuredEvery(key, metric, spec);
    const timeout = Math.min(every, LONGEST_LOOK);
    return [{ kind: 'metric', key: metricKey(key), every, timeout, source, quantity, unit }];
  });
}

/** Keys of the checks that go by the samples of these metrics; of other keys none. */
export function thresholdsOn(keys: readonly string[], { checks }: Pick<OperationsSpec, 'checks'>): string[] {
  return checks.flatMap((check) =>
    check.kind === 'threshold' && keys.includes(metricKey(check.metric)) ? [check.key] : [],
  );
}

/** The keys that are asked to have these checks answer: of a threshold its metric's. */
export function askedFor(checks: readonly Check[]): string[] {
  return [...new Set(checks.map((check) => (check.kind === 'threshold' ? metricKey(check.metric) : check.key)))];
}
