import type { MetricView } from '../../domain/health/metric-view.ts';
import { metricKey, metricNotConnected } from '../../domain/health/threshold-checks.ts';
import { viewsOf } from '../../domain/health/view.ts';
import type { HealthDeps } from './deps.ts';

/** Every metric of the spec with what it last gave, and what goes by it. */
export async function showMetrics({ checks, spec }: Pick<HealthDeps, 'checks' | 'spec'>): Promise<MetricView[]> {
  const current = spec.current();
  const keys = Object.keys(current.metrics);
  const thresholds = current.checks.filter((check) => check.kind === 'threshold');
  const known = thresholds.map(({ key }) => key);
  const rows = await checks.rows([...keys.map(metricKey), ...known]);
  const views = viewsOf(current, rows, known);
  return Object.entries(current.metrics).map(([key, metric]) => ({
    key,
    metric,
    last: rows.find((row) => row.key === metricKey(key))?.pulse.last ?? null,
    notConnected: metricNotConnected(metric, current),
    thresholds: views.filter(({ check }) => check.kind === 'threshold' && check.metric === key),
  }));
}
