import type { Series } from './exposition.ts';
import { type Figures, QUANTILE_NAMES, shareOf } from './statistics.ts';

/** Counters as they stood, by their labels. Plain JSON. */
export type Counted = Readonly<Record<string, number>>;

/** By labels in one order, whatever the order on the page; samples with the same labels count together. */
export function countersOf(series: readonly Series[]): Counted {
  const counted = new Map<string, number>();
  for (const { labels, value } of series) {
    const name = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
    counted.set(name, (counted.get(name) ?? 0) + value);
  }
  return Object.fromEntries(counted);
}

/**
 * How much was counted between two looks. A counter that is lower than before began again at nothing, so all it shows is
 * new; so is all of one that was not there before, because counters with labels appear with the first thing they count.
 */
export function increaseOf(before: Counted, now: Counted): number {
  return Object.entries(now).reduce((sum, [name, value]) => sum + increase(before[name], value), 0);
}

function increase(before: number | undefined, now: number): number {
  return before === undefined || now < before ? now : now - before;
}

/** A bucket of a histogram: how many observations were at most `upTo`. */
export interface Bucket {
  readonly upTo: number;
  readonly count: number;
}

/** What was observed between two looks at the buckets of a histogram, those of all its series together. */
export function observed(before: Counted, now: Counted): Bucket[] {
  const buckets = new Map<number, number>();
  for (const [name, value] of Object.entries(now)) {
    const bound = boundIn(name);
    if (bound === null) continue;
    buckets.set(bound, (buckets.get(bound) ?? 0) + increase(before[name], value));
  }
  return [...buckets].map(([upTo, count]) => ({ upTo, count })).sort((a, b) => a.upTo - b.upTo);
}

function boundIn(name: string): number | null {
  const labels: unknown = JSON.parse(name);
  const found = Array.isArray(labels) ? labels.find((pair) => Array.isArray(pair) && pair[0] === 'le') : undefined;
  if (!Array.isArray(found)) return null;
  const bound = found[1] === '+Inf' ? Number.POSITIVE_INFINITY : Number(found[1]);
  return Number.isNaN(bound) ? null : bound;
}

/** Quantiles of a histogram; none where nothing was observed, or where its last bucket is missing. */
export function histogramFigures(buckets: readonly Bucket[]): Figures {
  const quantiles = QUANTILE_NAMES.map((name) => [name, bucketQuantile(shareOf(name), buckets)]);
  return Object.fromEntries(quantiles.filter(([, value]) => value !== null));
}

/**
 * As `histogram_quantile` of Prometheus estimates it: observations lie evenly in their bucket, the first bucket begins at
 * zero, and of the last one, which has no end, nothing is known but where it begins.
 */
export function bucketQuantile(share: number, buckets: readonly Bucket[]): number | null {
  if (buckets.length < 2 || buckets.at(-1)?.upTo !== Number.POSITIVE_INFINITY) return null;
  let most = 0;
  const rising = buckets.map(({ upTo, count }) => {
    most = Math.max(most, count);
    return { upTo, count: most };
  });
  if (most === 0) return null;
  const rank = share * most;
  const index = rising.findIndex(({ count }) => count >= rank);
  const [first, last] = [rising[0], rising.at(-2)];
  if (index < 0 || index === rising.length - 1) return last?.upTo ?? null;
  if (index === 0 && first !== undefined && first.upTo <= 0) return first.upTo;
  const { upTo: begin, count: below } =
    index === 0 ? { upTo: 0, count: 0 } : (rising[index - 1] ?? { upTo: 0, count: 0 });
  const { upTo: end, count } = rising[index] ?? { upTo: begin, count: below };
  return begin + (end - begin) * ((rank - below) / (count - below));
}
