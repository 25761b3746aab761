import { formatDuration } from '../spec/duration.ts';
import type { Quantity } from '../spec/measure.ts';
import { type MetricSource, STATISTICS } from '../spec/metric-source.ts';
import type { OperationsSpec } from '../spec/types.ts';
import { quantityWords } from './bounds.ts';

/** The figures of one look in a line: one figure as it is, of many the average, the 95th percentile and the highest. */
export function metricWords(quantity: Quantity, figures: Readonly<Record<string, number>>): string {
  const known = STATISTICS.flatMap((name) => (figures[name] === undefined ? [] : [[name, figures[name]] as const]));
  const [first, ...others] = known;
  if (first === undefined) return 'no figure';
  if (others.every(([, value]) => value === first[1])) return quantityWords(quantity, first[1]);
  return known
    .filter(([name]) => SHOWN.includes(name))
    .map(([name, value]) => `${name} ${quantityWords(quantity, value)}`)
    .join(', ');
}

const SHOWN: readonly string[] = ['average', 'p50', 'p95', 'max'];

/** Where the figures of a metric come from. */
export function sourceWords(
  source: MetricSource,
  { targets, checks }: Pick<OperationsSpec, 'targets' | 'checks'>,
): string {
  if ('notConnected' in source) return 'not connected';
  if (source.kind === 'checks') {
    const titles = source.checks.map((key) => checks.find((check) => check.key === key)?.title ?? key);
    return `${OWN[source.measure]} of ${titles.join(', ')}, over ${formatDuration(source.over)}`;
  }
  const target = targets[source.target]?.title ?? source.target;
  switch (source.kind) {
    case 'query':
      return `${target}: ${source.query}${source.over === undefined ? '' : `, over ${formatDuration(source.over)}`}`;
    case 'scrape':
      return `${target}${source.path}: ${source.sample}${source.as === 'value' ? '' : `, as a ${source.as}`}`;
    case 'log file':
      return `${target}, ${source.file}: lines like ${source.matches}, over ${formatDuration(source.over)}`;
    case 'loki':
      return `${target}: ${source.query}`;
  }
}

const OWN = { latency: 'answering time', success: 'share of good answers', figure: 'figure' } as const;
