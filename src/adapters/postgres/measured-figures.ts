import type { Pool } from 'pg';
import type { MetricSample } from '../../domain/health/sustained.ts';
import type { Baseline } from '../../domain/health/threshold.ts';
import type { MeasuredFigures } from '../../usecases/check-store-port.ts';
import { reaching } from './faults.ts';
import { rowsOf } from './session.ts';

/** The first of one or two names under which a sample has a figure. */
const FIGURE = 'coalesce((figures->>($2::text[])[1])::float8, (figures->>($2::text[])[2])::float8)';

const SAMPLES = `
  select at, ${FIGURE} as figure, coalesce(detail, '') as reason
    from "CheckSample" where key = $1 and at > $3 order by at`;

const BASELINE = `
  select count(figure)::int as count, coalesce(extract(epoch from max(at) - min(at)) * 1000, 0)::float8 as span,
         percentile_cont(0.5) within group (order by figure) as median, avg(figure) as average
    from (select at, ${FIGURE} as figure from "CheckSample" where key = $1 and at > $3 and at <= $4) as figures
   where figure is not null`;

const ANSWERS = `
  select count(*) filter (where answer = 'ok')::int as good, count(*) filter (where answer = 'failing')::int as bad,
         max(at) as latest, avg(figure) as average, min(figure) as min, max(figure) as max,
         percentile_cont('{0.5,0.9,0.95,0.99}'::float8[]) within group (order by figure) as quantiles,
         (array_agg(figure order by at desc) filter (where figure is not null))[1] as last
    from (select at, answer, case when $2::text is null then "latencyMs" else (figures->>$2)::float8 end as figure
            from "CheckSample" where key = any($1::text[]) and at > $3) as answers`;

interface AnswersRow {
  readonly good: number;
  readonly bad: number;
  readonly latest: Date | null;
  readonly average: number | null;
  readonly min: number;
  readonly max: number;
  readonly last: number;
  readonly quantiles: readonly number[];
}

/** Figures out of the samples of metrics and checks. Throws DatabaseUnavailable as the store does. */
export function measuredFigures(pool: Pool): MeasuredFigures {
  const rows = <Row>(text: string, values: readonly unknown[]) => reaching(() => rowsOf<Row>(pool, text, values));
  return {
    samples: (key, names, after) => rows<MetricSample>(SAMPLES, [key, names, after]),
    baseline: async (key, names, { from, to }) => {
      const [row] = await rows<Baseline>(BASELINE, [key, names, from, to]);
      return row === undefined || row.count === 0 ? null : row;
    },
    answers: async (keys, figure, after) => {
      const [row] = await rows<AnswersRow>(ANSWERS, [keys, figure, after]);
      if (row === undefined) throw new Error('PostgreSQL summed up nothing.');
      const { good, bad, latest, average, min, max, last, quantiles } = row;
      if (average === null) return { good, bad, latest, figures: {} };
      const [p50 = last, p90 = last, p95 = last, p99 = last] = quantiles;
      return { good, bad, latest, figures: { last, average, p50, p90, p95, p99, max, min } };
    },
  };
}
