import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { listener, look, looker, nobody, webServer } from './looking.ts';

const peers: { close(): unknown }[] = [];
afterEach(async () => {
  for (const peer of peers.splice(0)) await peer.close();
});

const web = async (serve: RequestListener) => {
  const peer = await webServer(serve);
  peers.push(peer);
  return peer;
};

const raw = async (serve: Parameters<typeof listener>[0]) => {
  const peer = await listener(serve);
  peers.push(peer);
  return peer;
};

const http = (url: string, written: Record<string, unknown> = {}) =>
  look({ kind: 'http', target: 'api', path: '/health', ...written }, { api: { kind: 'http', url } });

describe('an address that is up', () => {
  it('is ok, with its status, its size and how long it took', async () => {
    const { url } = await web((_, answer) => answer.end('all is well'));
    expect(await http(url, { contains: 'well', matches: '^all', lacks: 'Error', within: '5s' })).toEqual({
      answer: 'ok',
      detail: 'answered 200',
      latencyMs: expect.any(Number),
      figures: { status: 200, bytes: 11 },
    });
  });

  it('is asked below the path of its target, by the method of the check', async () => {
    const asked: unknown[] = [];
    const { url } = await web(({ method, url }, answer) => {
      asked.push([method, url]);
      answer.writeHead(204).end();
    });
    expect(await http(`${url}/app/`, { method: 'HEAD', path: '/live?deep=1', status: '200-299' })).toMatchObject({
      answer: 'ok',
    });
    expect(asked).toEqual([['HEAD', '/app/live?deep=1']]);
  });

  it('is asked over a new connection each time, unless the check keeps one', async () => {
    let connections = 0;
    const { url, server } = await web((_, answer) => answer.end('ok'));
    server.on('connection', () => {
      connections += 1;
    });
    const asks = (connection: string) =>
      looker({ kind: 'http', target: 'api', path: '/', connection }, { api: { kind: 'http', url } });
    const fresh = asks('fresh');
    for (let round = 0; round < 3; round += 1) await fresh.look();
    expect(connections).toBe(3);
    const kept = asks('kept');
    for (let round = 0; round < 3; round += 1) await kept.look();
    expect(connections).toBe(4);
  });

  it('gets the user and password of its target, which are never told', async () => {
    const { url } = await web(({ headers }, answer) => answer.writeHead(headers.authorization ? 200 : 401).end());
    const env = { API_URL: url.replace('//', '//alice:p%40ss@') };
    const targets = { api: { kind: 'http', url: 'env:API_URL' } };
    expect(await look({ kind: 'http', target: 'api', path: '/' }, targets, { env })).toMatchObject({ answer: 'ok' });
    const wrong = await look({ kind: 'http', target: 'api', path: '/', status: 500 }, targets, { env });
    expect(wrong).toMatchObject({ answer: 'failing', detail: 'answered 200 instead of 500' });
    expect(JSON.stringify(wrong)).not.toMatch(/alice|p%40ss|p@ss/);
  });
});

describe('an address that is wrong', () => {
  const page = async (body: string, headers: Record<string, string> = {}, status = 200) =>
    (await web((_, answer) => answer.writeHead(status, headers).end(body))).url;

  it.each([
    ['another status', {}, 'answered 503 instead of 200', ['', {}, 503]],
    ['an error page with status 200', { lacks: 'Exception' }, 'says "Exception"', ['<h1>Exception</h1>']],
    ['words that are missing', { contains: 'ready' }, 'does not say "ready"', ['not yet']],
    ['an answer unlike its pattern', { matches: '^v\\d+$' }, 'does not match ^v\\d+$', ['version 1']],
    ['a missing header', { headers: { 'X-Version': '.' } }, 'lacks the header X-Version', ['']],
    [
      'a header with another value',
      { headers: { 'Content-Type': '^application/json' } },
      'has a header Content-Type unlike ^application/json',
      ['', { 'content-type': 'text/html' }],
    ],
    [
      'another value in its JSON',
      { json: { 'checks.0.ok': true } },
      'has false at checks.0.ok instead of true',
      ['{"checks":[{"ok":false}]}'],
    ],
    ['a place missing in its JSON', { json: { status: 'ok' } }, 'has nothing at status', ['{}']],
    ['HTML where JSON belongs', { json: { status: 'ok' } }, 'is not JSON', ['<p>ok</p>']],
  ] as const)('is failing for %s', async (_what, written, detail, [body, headers, status]) => {
    expect(await http(await page(body, headers, status), written)).toMatchObject({ answer: 'failing', detail });
  });

  it('is failing when it is slower than the check allows, though it answers', async () => {
    const { url } = await web((_, answer) => setTimeout(() => answer.end('ok'), 30));
    const answer = await http(url, { within: '20ms' });
    expect(answer).toMatchObject({
      answer: 'failing',
      detail: expect.stringMatching(/^answered 200, but took \d+ ms$/),
    });
    expect(answer.latencyMs).toBeGreaterThan(20);
  });
});

describe('redirects', () => {
  const moved =
    (to: string): RequestListener =>
    (request, answer) =>
      request.url === '/health' ? answer.writeHead(302, { location: to }).end() : answer.writeHead(200).end('here');

  it('are followed, or are the answer themselves', async () => {
    const { url } = await web(moved('/new'));
    expect(await http(url, { contains: 'here' })).toMatchObject({ answer: 'ok' });
    expect(await http(url, { redirects: false })).toMatchObject({ detail: 'answered 302 instead of 200' });
    expect(await http(url, { redirects: false, status: 302, headers: { location: '^/new$' } })).toMatchObject({
      answer: 'ok',
    });
  });

  it('that go in a circle, or out of the web, are failing', async () => {
    const circle = await web(moved('/health'));
    expect(await http(circle.url)).toMatchObject({ answer: 'failing', detail: 'redirects more than 5 times' });
    const out = await web(moved('file:///etc/passwd'));
    expect(await http(out.url)).toMatchObject({ answer: 'failing', detail: 'redirects to file:' });
  });

  it('do not carry the password to somebody else', async () => {
    const seen: unknown[] = [];
    const other = await web(({ headers }, answer) => {
      seen.push(headers.authorization);
      answer.end();
    });
    const { url } = await web(moved(`${other.url}/`));
    const env = { API_URL: url.replace('//', '//alice:secret@') };
    await look(
      { kind: 'http', target: 'api', path: '/health' },
      { api: { kind: 'http', url: 'env:API_URL' } },
      { env },
    );
    expect(seen).toEqual([undefined]);
  });
});

describe('an address that is down, or lies', () => {
  it('is failing where nobody listens', async () => {
    expect(await http((await nobody()).url)).toMatchObject({ answer: 'failing', detail: 'refused the connection' });
  });

  it('is failing where a connection is taken and nothing said', async () => {
    const { url } = await raw(() => undefined);
    expect(await http(url, { timeout: '50ms' })).toMatchObject({ answer: 'failing', detail: 'no answer within 50ms' });
  });

  it('is failing where the answer begins and never ends', async () => {
    const { url } = await raw((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nok'));
    expect(await http(url, { timeout: '50ms' })).toMatchObject({ answer: 'failing', detail: 'no answer within 50ms' });
  });

  it('is failing where the connection is closed half way', async () => {
    const { url } = await raw((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nok'));
    const detail = 'broke off before the answer was whole';
    expect(await http(url)).toMatchObject({ answer: 'failing', detail });
  });

  it('is failing where something else than HTTP is spoken', async () => {
    const { url } = await raw((socket) => socket.end('220 smtp.example.com\r\n'));
    expect(await http(url)).toMatchObject({ answer: 'failing', detail: 'does not speak HTTP' });
  });

  it('is read to a mebibyte and no further', async () => {
    const { url } = await raw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const more = () => {
        while (socket.writable && socket.write('x'.repeat(65_536)));
      };
      socket.on('drain', more);
      more();
    });
    const answer = await http(url, { contains: 'ok' });
    expect(answer).toMatchObject({ answer: 'failing', detail: 'does not say "ok"' });
    expect(answer.figures['bytes']).toBeLessThan(2 ** 20 + 2 ** 17);
  });
});

it('cannot be told where the target is not connected', async () => {
  const targets = { api: { kind: 'http', notConnected: 'It is elsewhere.' } };
  expect(await look({ kind: 'http', target: 'api', path: '/' }, targets)).toEqual({
    answer: 'could-not-tell',
    detail: 'Not connected: It is elsewhere.',
    latencyMs: null,
    figures: {},
  });
});
