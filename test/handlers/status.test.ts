import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../demo/slack/elements.ts';
import type { PersonName } from '../support/emulate.ts';
import { type IncidentEdge, startIncidentEdge } from '../support/incident-edge.ts';
import { bob } from '../support/incident-spec.ts';
import { told } from '../support/journey.ts';
import { PRIVATE, statusSpec } from '../support/status-story.ts';

const URL_OF_PAGE = 'https://mainstay.example.com/status';

let edge: IncidentEdge;
beforeAll(async () => {
  edge = await startIncidentEdge();
});
afterAll(() => edge.stop());
afterEach(async () => {
  edge.specify({});
  for (const person of ['alice', 'bob'] as const) {
    const left = edge.slack.modalOf(person);
    if (left !== undefined) await edge.driver.as(person).close(left, { all: true });
  }
});

const get = (end = '', init?: RequestInit) => edge.follow(`${URL_OF_PAGE}${end}`, init);
const read = async (end = '') => (await get(end)).text();
const json = async () => JSON.parse(await read('.json')) as Record<string, unknown>;
const type = (text: string, person: PersonName = 'alice') =>
  edge.driver.as(person).slash('/incident', text, { channel: 'general' });
/** As a reload does: what was remembered of the page is forgotten with the spec it went by. */
const reload = () => edge.specify({ ...statusSpec });

async function declared(): Promise<number> {
  const number = Number(/INC-(\d+)/.exec(told(await type(`declare sev1 ${PRIVATE.incident}`)))?.[1]);
  return number;
}

async function submit(person: PersonName, answers: Record<string, Answer>) {
  const view = edge.slack.modalOf(person);
  if (view === undefined) throw new Error(`${person} sees no form`);
  return edge.driver.as(person).submit(view, answers);
}

describe('the page', () => {
  it('is not there for anybody where the spec makes nothing public', async () => {
    const nothing = async () => Promise.all(['', '.json', '.rss'].map(async (end) => (await get(end)).status));
    expect(await nothing()).toEqual([404, 404, 404]);
    edge.specify({ ...statusSpec, status: { public: false, title: 'Hidden' } });
    expect(await nothing()).toEqual([404, 404, 404]);
    expect(told(await type('public We are sorry'))).toContain('There is no public status page');
  });

  it('is a document that may load and run nothing, and says how each service is', async () => {
    reload();
    const page = await get();
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/);
    expect(policy).not.toMatch(/unsafe|script-src|img-src|https:/);
    const text = await page.text();
    expect(text).toContain('<h3>Checkout</h3><p class="state unknown">');
    expect(text).not.toMatch(/<script|<img|<link rel="stylesheet"| style="| on\w+="/);
    expect((await get('', { method: 'POST' })).status).toBe(405);
    expect((await get('', { method: 'HEAD' })).status).toBe(200);
  });

  it('is not sent again while it is the same, and may be kept by a cache for a moment', async () => {
    reload();
    for (const end of ['', '.json', '.rss']) {
      const first = await get(end);
      expect(first.headers.get('cache-control')).toBe(
        'public, max-age=5, stale-while-revalidate=5, stale-if-error=86400',
      );
      const etag = first.headers.get('etag') ?? '';
      const again = await get(end, { headers: { 'if-none-match': `"other", W/${etag}` } });
      expect([again.status, await again.text()]).toEqual([304, '']);
      expect((await get(end, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    }
  });
});

describe('a public note', () => {
  it('is shown to its writer with the address before it is published, and then to everybody', async () => {
    reload();
    const number = await declared();
    expect((await json())['incidents']).toEqual([]);
    await type(`public INC-${number} Some payments fail.`);
    expect(JSON.stringify(edge.slack.modalOf('alice'))).toContain(
      `*This will be visible to everybody* at <${URL_OF_PAGE}>`,
    );
    expect(await submit('alice', { impact: 'outage' })).toMatchObject({ status: 200 });
    reload();
    const page = await read();
    expect(page).toContain('Some payments fail.');
    expect(page).toContain('<strong>Investigating</strong>');
    expect(await read('.rss')).toContain('Investigating: Incident');
    expect(await json()).toMatchObject({
      schema: 1,
      url: URL_OF_PAGE,
      stale: false,
      state: 'outage',
      incidents: [{ state: 'investigating' }],
    });
    for (const secret of [PRIVATE.incident, `INC-${number}`, 'SEV1', 'U0ALICE']) {
      for (const end of ['', '.json', '.rss']) expect(await read(end)).not.toContain(secret);
    }
  });

  it('has a button on the card, and is refused at the field where it names somebody', async () => {
    reload();
    const number = await declared();
    const said = await type(`show INC-${number}`, 'bob');
    expect(told(said)).toContain('Public note…');
    await type(`public INC-${number} Ask <@${bob}|bob>`, 'bob');
    const refusedThere = await submit('bob', { text: `Ask <@${bob}|bob>` });
    expect(JSON.stringify(refusedThere.body)).toContain('take out the names of people');
    edge.specify({});
    expect(told(await type(`show INC-${number}`, 'bob'))).not.toContain('Public note…');
  });

  it('is withdrawn from everybody', async () => {
    reload();
    const number = await declared();
    expect(told(await type(`withdraw INC-${number}`))).toContain('has no note on the status page');
    await type(`public INC-${number} The password is hunter2`);
    await submit('alice', {});
    reload();
    expect(await read()).toContain('hunter2');
    await type(`withdraw INC-${number}`);
    await submit('alice', { reason: 'Too much' });
    reload();
    for (const end of ['', '.json', '.rss']) expect(await read(end)).not.toContain('hunter2');
    const kinds: string[] = [];
    for await (const event of edge.store.events(`INC-${number}`)) kinds.push(event.kind);
    expect(kinds.slice(-2)).toEqual(['incident.published', 'incident.withdrawn']);
  });
});
