import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { alertmanagers } from '../../../src/adapters/alertmanager/client.ts';
import { Secret } from '../../../src/domain/spec/secret.ts';
import type { SilenceDraft } from '../../../src/domain/window/silence.ts';
import type { Asked } from '../../../src/usecases/silence-port.ts';
import { type RealAlertmanager, startAlertmanager } from '../../support/real-alertmanager.ts';
import { nobody } from '../checks/looking.ts';

const api = alertmanagers();
const MATCHERS = [
  { name: 'service', value: String.raw`(?i)(?:checkout|Shop \(EU\) "x")`, isRegex: true },
  { name: 'env', value: 'prod', isRegex: false },
];
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const draft = (): SilenceDraft => ({
  matchers: MATCHERS,
  startsAt: new Date().toISOString(),
  endsAt: inMinutes(60),
  createdBy: 'Mainstay',
  comment: 'WIN-7 Move the database',
});

function answerIn<Value>(asked: Asked<Value>): Value {
  if (!asked.ok) throw new Error(asked.problem);
  return asked.value;
}

describe('a real Alertmanager', () => {
  let real: RealAlertmanager;
  beforeAll(async () => {
    real = await startAlertmanager();
  });
  afterAll(() => real.stop());

  it('opens a silence, moves its end, shows what it keeps quiet, and ends it; ending it again is as good', async () => {
    await real.fire(
      { alertname: 'Down', service: 'Shop (EU) "x"', env: 'prod' },
      { alertname: 'Slow', service: 'CHECKOUT', env: 'prod' },
      { alertname: 'Other', service: 'checkout', env: 'test' },
    );
    const id = answerIn(await api.put(real, draft()));
    const [silence] = answerIn(await api.silences(real));
    expect(silence).toMatchObject({ id, state: 'active', matchers: MATCHERS, createdBy: 'Mainstay' });
    if (silence === undefined) throw new Error('there is no silence');
    const endsAt = inMinutes(120);
    const { state, ...same } = silence;
    expect(answerIn(await api.put(real, { ...same, endsAt }))).toBe(id);
    expect(await real.silences()).toMatchObject([{ id, endsAt, comment: 'WIN-7 Move the database' }]);
    // What was told a moment ago may still be on its way.
    const quiet = await vi.waitFor(async () => {
      const alerts = answerIn(await api.alerts(real, MATCHERS));
      expect(alerts).toHaveLength(2);
      return alerts;
    });
    expect(quiet.map(({ labels, silencedBy }) => [labels['alertname'], silencedBy]).sort()).toEqual([
      ['Down', [id]],
      ['Slow', [id]],
    ]);
    expect(answerIn(await api.expire(real, id))).toBeNull();
    expect(answerIn(await api.expire(real, id))).toBeNull();
    expect(answerIn(await api.expire(real, '00000000-0000-0000-0000-000000000000'))).toBeNull();
    expect(await real.silences()).toEqual([]);
    expect(answerIn(await api.alerts(real, MATCHERS)).map(({ silencedBy }) => silencedBy)).toEqual([[], []]);
  });

  it('takes a label that must be missing, and says since when it runs', async () => {
    await real.fire({ alertname: 'Stale' }, { alertname: 'Stale', env: 'test' });
    const matchers = [
      { name: 'alertname', value: 'Stale', isRegex: false },
      { name: 'env', value: '', isRegex: false },
    ];
    const id = answerIn(await api.put(real, { ...draft(), matchers }));
    await vi.waitFor(async () => {
      const alerts = answerIn(await api.alerts(real, matchers.slice(0, 1)));
      expect(alerts.map(({ labels, silencedBy }) => [labels['env'], silencedBy])).toEqual(
        expect.arrayContaining([
          [undefined, [id]],
          ['test', []],
        ]),
      );
    });
    expect(answerIn(await api.alerts(real, []))).not.toHaveLength(0);
    const up = answerIn(await api.upSince(real));
    expect(Math.abs(Date.now() - up.getTime())).toBeLessThan(600_000);
  });

  it('says what it does not take', async () => {
    const refused = await api.put(real, { ...draft(), endsAt: '2020-01-01T00:00:00.000Z' });
    expect(refused).toEqual({ ok: false, problem: expect.stringMatching(/^it answered 400: .*start time/i) });
  });
});

describe('what answers in its place', () => {
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });
  /** A server that answers so; what it was asked with. */
  async function answering(status: number, body: string, headers: Record<string, string> = {}) {
    const seen: (string | undefined)[] = [];
    const urls: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      urls.push(request.url);
      response.writeHead(status, headers).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => server.close());
    const address = server.address();
    return { at: `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, seen, urls };
  }

  it.each([
    ['a page', 200, '<html>', {}, 'it answered what Alertmanager would not'],
    ['something else', 200, '{"a":1}', {}, 'it answered what Alertmanager would not'],
    ['nobody we know', 401, '', {}, 'it does not let Mainstay in (401)'],
    ['a fault', 503, '', {}, 'it answered 503'],
    ['a way elsewhere', 302, '', { location: 'http://127.0.0.1:1/' }, 'it cannot be reached'],
  ])('%s is said in a sentence', async (_what, status, body, headers, problem) => {
    const { at } = await answering(status, body, headers as Record<string, string>);
    expect(await api.silences({ url: `http://${at}` })).toMatchObject({ ok: false, problem });
  });

  it.each(['silence not found', 'silence 0b5e0f3a-0000-4000-8000-000000000000 already expired'])(
    'an older one that says "%s" has ended it',
    async (words) => {
      const { at } = await answering(500, JSON.stringify(words));
      expect(await api.expire({ url: `http://${at}` }, 'x')).toEqual({ ok: true, value: null });
      expect((await api.silences({ url: `http://${at}` })).ok).toBe(false);
    },
  );

  it('nobody is said too, and never with what lets us in', async () => {
    const { at } = await nobody();
    const secret = new Secret('AM', `http://mainstay:s3cret@${at}`);
    expect(await api.silences({ url: secret })).toEqual({
      ok: false,
      problem: 'it cannot be reached (ECONNREFUSED)',
      isAway: true,
    });
  });

  it('a password written in no way an address can have is said as well', async () => {
    const { at } = await answering(200, '[]');
    expect(await api.silences({ url: new Secret('AM', `http://mainstay:100%@${at}`) })).toEqual({
      ok: false,
      problem: 'its address cannot be read: in the user and password write % as %25',
      isAway: true,
    });
  });

  it('is asked for a label whose name newer ones take only quoted', async () => {
    const { at, urls } = await answering(200, '[]');
    const matchers = ['k8s.pod', 'le_1'].map((name) => ({ name, value: 'a"b', isRegex: false }));
    await api.alerts({ url: `http://${at}` }, matchers);
    expect(new URL(urls[0] ?? '', 'http://x').searchParams.getAll('filter')).toEqual([
      String.raw`"k8s.pod"="a\"b"`,
      String.raw`le_1="a\"b"`,
    ]);
  });

  it('is told the user and password of the address, or the token', async () => {
    const { at, seen } = await answering(200, '[]');
    await api.silences({ url: new Secret('AM', `http://mainstay:s3%40cret@${at}/am/`) });
    await api.silences({ url: `http://${at}`, token: new Secret('TOKEN', 'abc') });
    await api.silences({ url: `http://${at}` });
    expect(seen).toEqual([`Basic ${Buffer.from('mainstay:s3@cret').toString('base64')}`, 'Bearer abc', undefined]);
  });
});
