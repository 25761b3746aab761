import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Bucket, bucketQuantile } from '../../../src/domain/health/counters.ts';
import { statisticsOf } from '../../../src/domain/health/statistics.ts';
import { listener, measurer, NOON, nobody, webServer } from './looking.ts';
import { prometheusServer, type RealServer } from './servers.ts';

const peers: { close(): unknown }[] = [];
afterEach(async () => {
  for (const peer of peers.splice(0)) await peer.close();
});

/** A page of metrics that a test writes, and a clock for looking at it. */
async function page(text: string) {
  const shown = { text, status: 200 };
  const peer = await webServer((_, answer) => answer.writeHead(shown.status).end(shown.text));
  peers.push(peer);
  const time = { now: NOON };
  const later = (seconds: number) => {
    time.now = new Date(time.now.getTime() + seconds * 1000);
  };
  const measure = (source: Record<string, unknown>, metric: Record<string, unknown> = { quantity: 'count' }) =>
    measurer(
      { kind: 'scrape', target: 'app', ...source },
      metric,
      { app: { kind: 'http', url: peer.url } },
      { now: () => time.now },
    );
  return { shown, later, measure, peer };
}

const untold = (detail: string) => ({ answer: 'could-not-tell', detail, latencyMs: null, figures: {} });

describe('a metric out of Prometheus', () => {
  let real: RealServer;
  beforeAll(async () => {
    real = await prometheusServer();
    const ready = async () => expect((await fetch(`http://${real.at}/-/ready`)).status).toBe(200);
    await vi.waitFor(ready, { timeout: 20_000, interval: 20 });
  });
  afterAll(() => real.stop());

  const ask = (
    query: string,
    source: Record<string, unknown> = {},
    metric: Record<string, unknown> = { quantity: 'percent' },
    url = `http://${real.at}`,
  ) => measurer({ target: 'p', query, ...source }, metric, { p: { kind: 'prometheus', url } }).look();
  const figure = async (query: string) => (await ask(query, {}, { quantity: 'count' })).figures['last'];

  it('is the figure of its query, in the unit it is counted in', async () => {
    expect(await ask('vector(1.25)')).toMatchObject({ answer: 'ok', detail: '1.3%', figures: { last: 1.25 } });
    expect(await ask('vector(0.05)', {}, { quantity: 'percent', unit: '100%' })).toMatchObject({
      figures: { last: 5 },
    });
    expect(await ask('vector(1.5)', {}, { quantity: 'time', unit: '1s' })).toMatchObject({
      detail: '1s500ms',
      figures: { p95: 1500 },
    });
  });

  it('of several series has the highest and the lowest', async () => {
    const two = 'label_replace(vector(1), "a", "x", "", "") or label_replace(vector(3), "a", "y", "", "")';
    expect(await ask(two)).toMatchObject({ figures: { last: 3, 'last.lowest': 1 } });
  });

  it('over a time has the statistics of that time', async () => {
    const { figures, answer } = await ask('time() % 60', { over: '1m' }, { quantity: 'count' });
    expect(answer).toBe('ok');
    // Noon and the minute before it, a figure each five seconds: 0, 5 ... 55, 0.
    expect(figures).toMatchObject(statisticsOf([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 0]));
  });

  it('without data, without a finite figure, or not understood is no figure, with the reason', async () => {
    expect(await ask('nobody_counts_this')).toMatchObject(untold('no data'));
    expect(await ask('vector(0) / 0')).toMatchObject(untold('no data'));
    expect(await ask('vector(1) / 0')).toMatchObject(untold('what it gives is no finite figure'));
    expect(await ask('sum(')).toMatchObject(untold('Prometheus does not understand the query'));
  });

  it('that is down, silent, closed to us, or lies gives no figure, with the reason', async () => {
    const metric = { quantity: 'percent' };
    expect(await ask('up', {}, metric, (await nobody()).url)).toMatchObject(
      untold('Prometheus refused the connection'),
    );
    const silent = await listener(() => undefined);
    peers.push(silent);
    const targets = { p: { kind: 'prometheus', url: silent.url } };
    const hasty = measurer({ target: 'p', query: 'up' }, metric, targets, { signal: AbortSignal.timeout(50) });
    expect(await hasty.look()).toMatchObject({ answer: 'could-not-tell', latencyMs: null });
    const { peer, shown } = await page('<html>Log in</html>');
    expect(await ask('up', {}, metric, peer.url)).toMatchObject(untold('Prometheus answered 200, and no figures'));
    shown.status = 401;
    expect(await ask('up', {}, metric, peer.url)).toMatchObject(
      untold('Prometheus does not let Mainstay ask: it answered 401'),
    );
  });

  it('estimates quantiles of histograms, and of figures, as Mainstay does', async () => {
    const histograms: Bucket[][] = [
      [0, 10, 30, 40],
      [5, 5, 5, 6],
      [40, 40, 40, 40],
      [0, 0, 0, 7],
      [1, 20, 19, 100],
    ].map((counts) =>
      counts.map((count, index) => ({ upTo: [0.1, 0.5, 1, Number.POSITIVE_INFINITY][index] ?? 0, count })),
    );
    const vector = (buckets: Bucket[]) =>
      buckets
        .map(
          ({ upTo, count }) =>
            `label_replace(vector(${count}), "le", "${upTo === Number.POSITIVE_INFINITY ? '+Inf' : upTo}", "", "")`,
        )
        .join(' or ');
    for (const buckets of histograms) {
      for (const share of [0.5, 0.9, 0.95, 0.99]) {
        const theirs = await figure(`histogram_quantile(${share}, ${vector(buckets)})`);
        expect(bucketQuantile(share, buckets)).toBeCloseTo(theirs ?? Number.NaN, 9);
      }
    }
    const values = [3, 1, 4, 1.5, 9, 2.6];
    const listed = values
      .map((value, index) => `label_replace(vector(${value}), "i", "${index}", "", "")`)
      .join(' or ');
    expect(statisticsOf(values).p95).toBeCloseTo((await figure(`quantile(0.95, ${listed})`)) ?? Number.NaN, 9);
    expect(statisticsOf(values).p50).toBeCloseTo((await figure(`quantile(0.5, ${listed})`)) ?? Number.NaN, 9);
  });
});

describe('a metric scraped off a page', () => {
  it('is read to the end of a page of several megabytes, and of a larger one it is not known', async () => {
    const { shown, later, measure } = await page(`${'#\n'.repeat(2_000_000)}faults 3000000000`);
    const { look } = measure({ sample: 'faults', as: 'rate' });
    await look();
    later(60);
    expect(await look()).toMatchObject({ answer: 'ok', figures: { last: 0 } });
    // Cut where it stands, the first figure of the page would be another one.
    shown.text = `faults 3000000000\n${'#'.repeat(16 * 1024 * 1024)}\nfaults{at="the end"} 4000000000`;
    later(60);
    expect(await look()).toMatchObject(untold('the page is larger than 16 MiB'));
    shown.text = 'faults 3000000000';
    later(60);
    expect(await look()).toMatchObject({ answer: 'ok', figures: { last: 0 } });
  });

  it('is the worst of its samples', async () => {
    const { measure } = await page('jobs{q="a"} 3\njobs{q="b"} 8\nother 900');
    expect(await measure({ sample: 'jobs' }).look()).toMatchObject({
      detail: '8',
      figures: { last: 8, 'last.lowest': 3 },
    });
    expect(await measure({ sample: 'jobs{q=~"c|d"}' }).look()).toMatchObject(untold('no data'));
  });

  it('of a counter is its rate since the last look, over a restart of what counts', async () => {
    const { shown, later, measure } = await page('requests_total 1000');
    const rate = measure({ sample: 'requests_total', as: 'rate', per: '1m' });
    expect(await rate.look()).toMatchObject(untold('the first look only takes note of what was counted'));
    shown.text = 'requests_total 1090';
    later(60);
    expect(await rate.look()).toMatchObject({ figures: { last: 90 } });
    shown.text = 'requests_total 15';
    later(30);
    expect(await rate.look()).toMatchObject({ figures: { last: 30 } });
    shown.text = 'requests_total 15';
    later(30);
    expect(await rate.look()).toMatchObject({ figures: { last: 0 } });
  });

  it('of two counters is the share of one in the other', async () => {
    const { shown, later, measure } = await page('hits{code="200"} 100');
    const share = measure({ sample: 'hits{code=~"5.."}', of: 'hits', as: 'rate' }, { quantity: 'percent' });
    await share.look();
    shown.text = 'hits{code="200"} 195\nhits{code="500"} 5';
    later(60);
    expect(await share.look()).toMatchObject({ figures: { last: 5 }, detail: '5%' });
    later(60);
    expect(await share.look()).toMatchObject(untold('nothing was counted since the last look'));
  });

  it('of a histogram has quantiles of what was observed since the last look', async () => {
    const histogram = (counts: number[], sum: number) =>
      [
        ...['0.1', '0.5', '1', '+Inf'].map((le, index) => `took_bucket{le="${le}"} ${counts[index]}`),
        `took_sum ${sum}`,
        `took_count ${counts.at(-1)}`,
      ].join('\n');
    const { shown, later, measure } = await page(histogram([1000, 1000, 1000, 1000], 50));
    const took = measure({ sample: 'took', as: 'histogram' }, { quantity: 'time', unit: '1s' });
    expect(await took.look()).toMatchObject({ answer: 'could-not-tell' });
    shown.text = histogram([1000, 1050, 1100, 1100], 100);
    later(60);
    const { figures } = await took.look();
    expect(figures).toEqual({ p50: 500, p90: 900, p95: 950, p99: 990, average: 500 });
    later(60);
    expect(await took.look()).toMatchObject(untold('nothing was observed since the last look'));
  });

  it('gives no figure, and is not failing, when the page is gone, broken or closed', async () => {
    const { shown, measure } = await page('jobs 3');
    shown.status = 500;
    expect(await measure({ sample: 'jobs' }).look()).toMatchObject(untold('answered 500 instead of 200'));
    shown.status = 403;
    expect(await measure({ sample: 'jobs' }).look()).toMatchObject(
      untold('Mainstay may not read the page: it answered 403'),
    );
    const targets = { app: { kind: 'http', url: (await nobody()).url } };
    const gone = measurer({ kind: 'scrape', target: 'app', sample: 'jobs' }, { quantity: 'count' }, targets);
    expect(await gone.look()).toMatchObject(untold('refused the connection'));
  });
});

describe('a metric out of a log', () => {
  it('counts the lines of a time that fit, from the first look on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'metrics-'));
    const log = join(folder, 'app.log');
    await writeFile(log, 'ERROR long ago\n');
    let now = NOON;
    const targets = { logs: { kind: 'files', url: folder } };
    const source = { kind: 'log file', target: 'logs', file: 'app.log', matches: '\\bERROR\\b', over: '5m' };
    const errors = measurer(source, { quantity: 'count' }, targets, { now: () => now });
    expect(await errors.look()).toMatchObject(untold('lines are counted from now on'));
    await appendFile(log, 'ERROR one\nfine\nERROR two\n');
    now = new Date(NOON.getTime() + 60_000);
    expect(await errors.look()).toMatchObject({ detail: '2', figures: { last: 2 } });
    now = new Date(NOON.getTime() + 4 * 60_000);
    expect(await errors.look()).toMatchObject({ figures: { last: 2 } });
    now = new Date(NOON.getTime() + 6 * 60_000);
    expect(await errors.look()).toMatchObject({ figures: { last: 0 } });
    // Nobody looked for two hours: these did not all come in five minutes.
    await appendFile(log, 'ERROR three\n'.repeat(500));
    now = new Date(NOON.getTime() + 126 * 60_000);
    expect(await errors.look()).toMatchObject(untold('lines are counted from now on'));
    await appendFile(log, 'ERROR four\n');
    now = new Date(NOON.getTime() + 127 * 60_000);
    expect(await errors.look()).toMatchObject({ figures: { last: 1 } });
    await rm(log);
    expect(await errors.look()).toMatchObject(untold('there is no such log'));
    await rm(folder, { recursive: true });
  });

  it('is what Loki counts; no line is none', async () => {
    const { peer, shown } = await page('{"status":"success","data":{"resultType":"vector","result":[]}}');
    const lines = measurer(
      { kind: 'loki', target: 'l', query: 'q' },
      { quantity: 'count' },
      { l: { kind: 'http', url: peer.url } },
    );
    expect(await lines.look()).toMatchObject({ figures: { last: 0 } });
    shown.text = '{"status":"success","data":{"resultType":"vector","result":[{"value":[1,"2"]},{"value":[1,"3"]}]}}';
    expect(await lines.look()).toMatchObject({ figures: { last: 5 } });
    shown.text = 'too many outstanding requests';
    expect(await lines.look()).toMatchObject(untold('Loki answered 200, and no figures'));
  });
});
