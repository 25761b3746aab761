import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { listener, look, looker, nobody, webServer } from './looking.ts';
import { prometheusServer, type RealServer } from './servers.ts';

const peers: { close(): unknown }[] = [];
afterEach(async () => {
  for (const peer of peers.splice(0)) await peer.close();
});

/** A server that says the same to everyone. */
async function saying(body: string, status = 200): Promise<string> {
  const peer = await webServer((_, answer) => answer.writeHead(status).end(body));
  peers.push(peer);
  return peer.url;
}

describe('a query to Prometheus', () => {
  let real: RealServer;
  beforeAll(async () => {
    real = await prometheusServer();
    const ready = async () => expect((await fetch(`http://${real.at}/-/ready`)).status).toBe(200);
    await vi.waitFor(ready, { timeout: 20_000, interval: 20 });
  });
  afterAll(() => real.stop());

  const ask = (query: string, written: Record<string, unknown> = {}, url = `http://${real.at}`) =>
    look({ kind: 'prometheus', target: 'p', query, breach: '> 2%', ...written }, { p: { kind: 'prometheus', url } });

  it('is ok within its bound and failing beyond it', async () => {
    expect(await ask('vector(1.25)')).toMatchObject({
      answer: 'ok',
      detail: 'the query gives 1.3%',
      figures: { value: 1.25 },
    });
    expect(await ask('scalar(vector(2.5))')).toMatchObject({
      answer: 'failing',
      detail: 'the query gives 2.5%, bad above 2%',
    });
  });

  it('goes by the worst of several series', async () => {
    const two = 'label_replace(vector(1), "a", "x", "", "") or label_replace(vector(3), "a", "y", "", "")';
    expect(await ask(two)).toMatchObject({ answer: 'failing', figures: { value: 3, series: 2 } });
    expect(await ask(two, { breach: '< 2%' })).toMatchObject({ answer: 'failing', figures: { value: 1 } });
  });

  it('tells no data, and what is no number, apart from a figure', async () => {
    expect(await ask('nobody_counts_this')).toMatchObject({ answer: 'could-not-tell', detail: 'no data' });
    expect(await ask('vector(0) / 0')).toMatchObject({ answer: 'could-not-tell', detail: 'no data' });
    expect(await ask('nobody_counts_this', { noData: 'failing' })).toMatchObject({ answer: 'failing' });
    expect(await ask('nobody_counts_this', { noData: 'ok' })).toMatchObject({ answer: 'ok' });
  });

  it('cannot be told when it makes no sense', async () => {
    expect(await ask('sum(')).toMatchObject({ detail: 'Prometheus does not understand the query' });
    expect(await ask('"text"')).toMatchObject({ answer: 'could-not-tell' });
  });

  it('cannot be told when Prometheus is down, silent, closed to us, or lies', async () => {
    const untold = { answer: 'could-not-tell', latencyMs: null };
    expect(await ask('up', {}, (await nobody()).url)).toMatchObject({
      ...untold,
      detail: 'Prometheus refused the connection',
    });
    const silent = await listener(() => undefined);
    peers.push(silent);
    expect(await ask('up', { timeout: '50ms' }, silent.url)).toMatchObject(untold);
    expect(await ask('up', {}, await saying('', 401))).toMatchObject(untold);
    expect(await ask('up', {}, await saying('{"status":"error","errorType":"timeout"}'))).toMatchObject(untold);
    expect(await ask('up', {}, await saying('<html>Log in</html>'))).toMatchObject(untold);
    const endless = await saying(' '.repeat(16 * 1024 * 1024 + 1));
    expect(await ask('up', {}, endless)).toMatchObject({
      ...untold,
      detail: 'the answer of Prometheus is larger than 16 MiB',
    });
  });
});

describe('a page of metrics', () => {
  const PAGE = `# HELP jobs_waiting How many wait.
# TYPE jobs_waiting gauge
jobs_waiting{queue="mail",host="a"} 12
jobs_waiting{queue="mail",host="b\\"}"} 80 1700000000000
jobs_waiting{queue="other"} 900
jobs_waiting_total 1e6
temperature NaN
`;
  const scrape = (url: string, written: Record<string, unknown> = {}, env = {}) =>
    look(
      { kind: 'scrape', target: 'app', sample: 'jobs_waiting{queue="mail"}', breach: '> 100', ...written },
      { app: { kind: 'http', url } },
      { env },
    );

  it('is ok or failing by the worst sample that has the labels', async () => {
    const url = await saying(PAGE);
    expect(await scrape(url)).toMatchObject({ answer: 'ok', figures: { value: 80, series: 2 } });
    expect(await scrape(url, { sample: 'jobs_waiting' })).toMatchObject({
      answer: 'failing',
      detail: 'the sample gives 900, bad above 100',
    });
  });

  it('tells a sample that is missing, or no number, apart', async () => {
    const url = await saying(PAGE);
    expect(await scrape(url, { sample: 'jobs' })).toMatchObject({ answer: 'could-not-tell', detail: 'no data' });
    expect(await scrape(url, { sample: 'temperature' })).toMatchObject({ answer: 'could-not-tell' });
  });

  it('is asked with the user and password of its target', async () => {
    const peer = await webServer(({ headers }, answer) => {
      const expected = `Basic ${Buffer.from('alice:secret').toString('base64')}`;
      answer.writeHead(headers.authorization === expected ? 200 : 401).end(PAGE);
    });
    peers.push(peer);
    const url = (password: string) => peer.url.replace('//', `//alice:${password}@`);
    expect(await scrape('env:APP', {}, { APP: url('secret') })).toMatchObject({ answer: 'ok' });
    const refused = await scrape('env:APP', {}, { APP: url('guess') });
    expect(refused).toMatchObject({ answer: 'could-not-tell' });
    expect(JSON.stringify(refused)).not.toContain('guess');
  });

  it('is failing when the page is gone: that is what is watched', async () => {
    expect(await scrape((await nobody()).url)).toMatchObject({ answer: 'failing' });
    expect(await scrape(await saying('', 500))).toMatchObject({ detail: 'answered 500 instead of 200' });
  });
});

describe('lines that Loki counts', () => {
  const levels = [
    { query: 'fatal', means: 'page', severity: 'SEV1' },
    { query: 'error', means: 'investigate', within: '1h' },
  ];
  /** Loki as its API answers: a vector with one sample, or none. */
  async function loki(counts: Record<string, number>): Promise<string> {
    const peer = await webServer(({ url = '' }, answer) => {
      const count = counts[new URL(url, 'http://loki').searchParams.get('query') ?? ''];
      const result = count === undefined ? [] : [{ metric: {}, value: [1_700_000_000, String(count)] }];
      answer.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result, stats: {} } }));
    });
    peers.push(peer);
    return peer.url;
  }

  it('ask of people what the spec says', async () => {
    const counts: Record<string, number> = {};
    const asker = looker({ kind: 'loki', target: 'l', levels }, { l: { kind: 'http', url: await loki(counts) } });
    expect(await asker.look()).toMatchObject({ answer: 'ok', detail: 'nothing to tell' });
    counts['error'] = 2;
    expect(await asker.look()).toMatchObject({ answer: 'failing', detail: '2 lines to be looked into, 1h left' });
    counts['fatal'] = 1;
    expect(await asker.look()).toMatchObject({
      severity: 'SEV1',
      detail: expect.stringMatching(/^1 line that cannot wait; 4 /),
    });
  });

  it('cannot be told when Loki is down', async () => {
    const targets = { l: { kind: 'http', url: (await nobody()).url } };
    expect(await look({ kind: 'loki', target: 'l', levels }, targets)).toMatchObject({
      answer: 'could-not-tell',
      detail: 'Loki refused the connection',
    });
  });
});
