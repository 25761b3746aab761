import { parseLimit } from '../domain/spec/limit.ts';
import type { PathFault } from './faults.ts';
import { isMap, valuesAt } from './written.ts';

/** What a histogram does not tell: it knows bounds and counts, and no single figure. */
const NOT_IN_HISTOGRAMS = ['last', 'max', 'min'];

/** Thresholds and metrics that are right by themselves and wrong beside others. */
export function thresholdFaults(spec: unknown): PathFault[] {
  const metrics = new Map(valuesAt(spec, 'metrics.*').map(({ path: [, key], value }) => [key, value]));
  return [
    ...valuesAt(spec, 'thresholds.*').flatMap(({ path, value: threshold }) => {
      const metric = isMap(threshold) ? metrics.get(String(threshold['metric'])) : undefined;
      if (!isMap(threshold) || !isMap(metric)) return [];
      const faults = [...otherQuantity(threshold, metric), ...untoldStatistic(threshold, metric)];
      return faults.map((fault) => ({ ...fault, path: [...path, ...fault.path] }));
    }),
    ...[...metrics].flatMap(([key, metric]) => rangeOfNothing(spec, String(key), metric)),
  ];
}

type Entry = Record<string, unknown>;

/** A figure of another quantity than the metric. */
function otherQuantity(threshold: Entry, metric: Entry): PathFault[] {
  if (typeof threshold['breach'] !== 'string') return [];
  const read = parseLimit(threshold['breach']);
  if (!read.ok || metric['quantity'] === read.limit.than.quantity) return [];
  const message = `is a figure of kind ${read.limit.than.quantity}; ${String(threshold['metric'])} has figures of kind ${String(metric['quantity'])}`;
  return [{ path: ['breach'], message }];
}

function untoldStatistic({ statistic }: Entry, { source }: Entry): PathFault[] {
  if (!isMap(source) || source['as'] !== 'histogram' || !NOT_IN_HISTOGRAMS.includes(String(statistic))) return [];
  const message = `is "${String(statistic)}", which a histogram does not tell; allowed: average, p50, p90, p95, p99`;
  return [{ path: ['statistic'], message }];
}

/** Only Prometheus knows what was. */
function rangeOfNothing(spec: unknown, key: string, metric: unknown): PathFault[] {
  if (!isMap(metric) || !isMap(metric['source'])) return [];
  const { kind: from, target, over } = metric['source'];
  if ((from ?? 'query') !== 'query' || over === undefined) return [];
  const kind = valuesAt(spec, 'targets.*.kind').find(({ path: [, name] }) => name === target)?.value;
  if (kind === undefined || kind === 'prometheus') return [];
  const message = `is for a target of kind prometheus; ${String(target)} is of kind ${String(kind)} and answers for now only`;
  return [{ path: ['metrics', key, 'source', 'over'], message }];
}
