import { metricWords } from '../../domain/health/metric-words.ts';
import { type Figures, figuresOfSeries, statisticsOf } from '../../domain/health/statistics.ts';
import type { Measurement } from '../../domain/spec/watching.ts';
import { askFigures, askSeries } from './ask-prometheus.ts';
import { countLines } from './count-lines.ts';
import { type Asking, CouldNotTell, type Look, ok } from './look.ts';
import { withPostgres } from './postgres-session.ts';
import { scrapedSeries } from './scraped.ts';
import { figureOf } from './sql.ts';
import { readSqlite } from './sqlite-session.ts';

type SourceOf<Kind extends string> = Extract<Measurement['source'], { kind: Kind }>;

/**
 * The figures of a metric, in its unit. Whatever keeps them away - nobody answers, no data, what is no figure - is told in
 * words, and is neither good nor bad.
 */
export const lookAtMetric: Look<'metric'> = async (metric, asking) => {
  const series = await seriesFrom(metric, asking);
  const figures = figuresOfSeries(series.map((one) => scaled(one, metric.unit)));
  if (series.length === 0) throw new CouldNotTell('no data');
  if (Object.keys(figures).length === 0) throw new CouldNotTell('what it gives is no finite figure');
  return ok(metricWords(metric.quantity, figures), figures);
};

function seriesFrom({ source, timeout }: Measurement, asking: Asking): Promise<Figures[]> {
  switch (source.kind) {
    case 'query':
      return queried(source, timeout, asking);
    case 'scrape':
      return scrapedSeries(source, asking);
    case 'log file':
      return countLines(source, asking);
    case 'loki':
      return counted(source, asking);
    case 'checks':
      return Promise.reject(new CouldNotTell('answers of checks are not asked for; they are in the database'));
  }
}

const scaled = (figures: Figures, unit: number): Figures =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, value * unit]));

async function queried(
  { target, query, over }: SourceOf<'query'>,
  timeout: number,
  asking: Asking,
): Promise<Figures[]> {
  const { address, signal, now } = asking;
  const at = address(target);
  if (/^postgres(ql)?:/.test(at)) {
    const rows = await withPostgres(at, { signal, timeout }, (read) => read(query));
    return [statisticsOf([figureOf(rows[0]?.[0])])];
  }
  if (!at.startsWith('http')) {
    const [rows] = await readSqlite({ file: at, queries: [query] }, signal);
    return [statisticsOf([figureOf(rows?.[0]?.[0])])];
  }
  const asked = { who: 'Prometheus', address: at, query };
  if (over === undefined) {
    const series = await askSeries({ ...asked, path: '/api/v1/query' }, signal);
    return series.map(statisticsOf);
  }
  const range = { from: new Date(now.getTime() - over), to: now };
  return (await askSeries({ ...asked, path: '/api/v1/query_range', range }, signal)).map(statisticsOf);
}

/** Loki gives no series where it found no line: that is none, not nothing. */
async function counted({ target, query }: SourceOf<'loki'>, { address, signal }: Asking): Promise<Figures[]> {
  const asked = { who: 'Loki', address: address(target), path: '/loki/api/v1/query', query };
  const lines = await askFigures(asked, signal);
  return [statisticsOf([lines.reduce((sum, count) => sum + count, 0)])];
}
