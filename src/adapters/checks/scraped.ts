import { z } from 'zod';
import { type Counted, countersOf, histogramFigures, increaseOf, observed } from '../../domain/health/counters.ts';
import { parseSelector, seriesOf } from '../../domain/health/exposition.ts';
import { type Figures, statisticsOf } from '../../domain/health/statistics.ts';
import type { ScrapeSource } from '../../domain/spec/metric-source.ts';
import { readPage } from './figures.ts';
import { below } from './http.ts';
import { type Asking, CouldNotTell } from './look.ts';

const counted = z.record(z.string(), z.number());
const notes = z.object({ at: z.number(), what: z.string(), counted: z.array(counted) });

/** Samples of a page as a metric's figures: as they stand, or what was counted or observed since the last look. */
export async function scrapedSeries(source: ScrapeSource, asking: Asking): Promise<Figures[]> {
  const page = await readPage(below(asking.address(source.target), source.path), asking.signal);
  const at = (sample: string, suffix = '') => {
    const read = parseSelector(sample);
    if (!read.ok) throw new CouldNotTell(`the sample ${read.problem}`);
    return seriesOf({ ...read.selector, name: `${read.selector.name}${suffix}` }, page);
  };
  switch (source.as) {
    case 'value':
      return at(source.sample).map(({ value }) => statisticsOf([value]));
    case 'rate':
      return rate(source, at(source.sample), source.of === undefined ? null : at(source.of), asking);
    case 'histogram':
      return histogram(
        source,
        [at(source.sample, '_bucket'), at(source.sample, '_sum'), at(source.sample, '_count')],
        asking,
      );
  }
}

type Read = ReturnType<typeof seriesOf>;

async function rate(source: ScrapeSource, series: Read, of: Read | null, asking: Asking): Promise<Figures[]> {
  // Of a share only the whole must be there: what counts faults is not there before the first one.
  if ((of ?? series).length === 0) return [];
  const { before, now, passed } = await sinceLast(source, [series, of ?? []], asking);
  const [counted, whole] = [0, 1].map((index) => increaseOf(before[index] ?? {}, now[index] ?? {}));
  if (of === null) return [statisticsOf([((counted ?? 0) * source.per) / passed])];
  if (whole === undefined || whole === 0) throw new CouldNotTell('nothing was counted since the last look');
  return [statisticsOf([(100 * (counted ?? 0)) / whole])];
}

async function histogram(source: ScrapeSource, read: readonly Read[], asking: Asking): Promise<Figures[]> {
  if (read[0]?.length === 0) return [];
  const { before, now } = await sinceLast(source, read, asking);
  const [[bucketsBefore = {}, sumBefore = {}, countBefore = {}], [buckets = {}, sum = {}, count = {}]] = [before, now];
  const figures = histogramFigures(observed(bucketsBefore, buckets));
  if (Object.keys(figures).length === 0) throw new CouldNotTell('nothing was observed since the last look');
  const times = increaseOf(countBefore, count);
  return [times === 0 ? figures : { ...figures, average: increaseOf(sumBefore, sum) / times }];
}

interface SinceLast {
  readonly before: readonly Counted[];
  readonly now: readonly Counted[];
  /** Milliseconds between the two looks. */
  readonly passed: number;
}

/** Two looks, one after the other. @throws CouldNotTell at the first, and after another thing was counted */
async function sinceLast({ sample, of = '' }: ScrapeSource, read: readonly Read[], asking: Asking): Promise<SinceLast> {
  const what = `${sample} ${of}`;
  const last = notes.safeParse(await asking.recall());
  const now = read.map(countersOf);
  const at = asking.now.getTime();
  await asking.keep({ at, what, counted: now });
  if (!last.success || last.data.what !== what)
    throw new CouldNotTell('the first look only takes note of what was counted');
  const passed = at - last.data.at;
  if (passed <= 0) throw new CouldNotTell('no time passed since the last look');
  return { before: last.data.counted, now, passed };
}
