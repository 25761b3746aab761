import type { Limit } from '../spec/limit.ts';
import type { Statistic } from '../spec/metric-source.ts';

/** What is known of many figures; a source may not know all of it. */
export type Figures = Partial<Record<Statistic, number>>;

const QUANTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;
export type Quantile = keyof typeof QUANTILES;
export const QUANTILE_NAMES = Object.keys(QUANTILES) as Quantile[];

export const shareOf = (quantile: Quantile): number => QUANTILES[quantile];

/** Statistics of figures in the order they were seen; none of none. Quantiles between two figures are between the two. */
export function statisticsOf(values: readonly number[]): Figures {
  const last = values.at(-1);
  if (last === undefined) return {};
  const sorted = [...values].sort((a, b) => a - b);
  const quantiles = QUANTILE_NAMES.map((name) => [name, quantileOf(sorted, QUANTILES[name])]);
  const average = values.reduce((sum, value) => sum + value / values.length, 0);
  const [min, max] = [sorted[0] ?? last, sorted.at(-1) ?? last];
  return { last, average, max, min, ...Object.fromEntries(quantiles) };
}

function quantileOf(sorted: readonly number[], share: number): number {
  const rank = share * (sorted.length - 1);
  const below = Math.floor(rank);
  const [lower = 0, upper = lower] = sorted.slice(below, below + 2);
  return lower + (upper - lower) * (rank - below);
}

/** What samples of a metric hold: of several series the highest of each statistic, and the lowest where it is another. */
export function figuresOfSeries(series: readonly Figures[]): Record<string, number> {
  const figures: Record<string, number> = {};
  for (const one of series) {
    for (const [name, value] of Object.entries(one)) {
      if (!Number.isFinite(value)) continue;
      const low = lowest(name);
      figures[low] = Math.min(figures[low] ?? figures[name] ?? value, value);
      figures[name] = Math.max(figures[name] ?? value, value);
    }
  }
  return Object.fromEntries(
    Object.entries(figures).filter(
      ([name, value]) => !name.endsWith(LOWEST) || value !== figures[name.slice(0, -LOWEST.length)],
    ),
  );
}

const LOWEST = '.lowest';
const lowest = (name: string) => `${name}${LOWEST}`;

/** Names under which samples hold the figure a threshold goes by, the first that is there: where small is bad, the lowest. */
export function figureNames(statistic: Statistic, limit: Pick<Limit, 'is'>): string[] {
  return limit.is === '<' || limit.is === '<=' ? [lowest(statistic), statistic] : [statistic];
}
