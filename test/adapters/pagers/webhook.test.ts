import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { postPage } from '../../../src/adapters/pagers/webhook.ts';
import { Secret } from '../../../src/domain/spec/secret.ts';
import type { PageMessage } from '../../../src/usecases/page-port.ts';
import { aPage, NIGHT } from '../../support/page-story.ts';

interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A receiver that answers so, or never when `status` is null. */
async function receiver(status: number | null, headers: Record<string, string> = {}) {
  const heard: Heard[] = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    heard.push({ headers: request.headers, body });
    if (status !== null) response.writeHead(status, headers).end();
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hidden-path`, heard };
}

const page = aPage();
const contact = page.contacts[0] ?? null;
const message: PageMessage = { key: 'PAGE-1/2', action: 'trigger', page, contact, at: NIGHT.toISOString() };
const never = new AbortController().signal;

describe('the receiver of a webhook', () => {
  it('hears what is wrong in the shape of PagerDuty, with a key of the page and one of the attempt, signed', async () => {
    const { url, heard } = await receiver(202);
    const secret = new Secret('PAGING_SECRET', 'wake-up-secret');
    const routingKey = new Secret('PAGING_KEY', 'routing-key-1');
    const to = { url: new Secret('PAGING_URL', url), secret, routingKey };
    expect(await postPage(message, to, never)).toEqual({ outcome: 'sent' });
    expect(await postPage({ ...message, action: 'resolve' }, to, never)).toEqual({ outcome: 'sent' });
    const [first, second] = heard;
    const body = JSON.parse(first?.body ?? '');
    expect(body).toMatchObject({
      routing_key: 'routing-key-1',
      event_action: 'trigger',
      payload: { summary: '[PAGE-1] Checkout is down', source: 'mainstay/platform', severity: 'critical' },
    });
    expect(JSON.parse(second?.body ?? '')).toMatchObject({ event_action: 'resolve', dedup_key: body.dedup_key });
    expect(body.dedup_key).toContain('PAGE-1');
    const stamp = first?.headers['x-mainstay-timestamp'];
    const expected = createHmac('sha256', 'wake-up-secret').update(`${stamp}.${first?.body}`).digest('hex');
    expect(first?.headers).toMatchObject({
      'idempotency-key': 'PAGE-1/2',
      'x-mainstay-signature': `sha256=${expected}`,
    });
    expect(first?.body).not.toContain('wake-up-secret');
  });

  it('is told who calls by the user and the password of its address', async () => {
    const { url, heard } = await receiver(202);
    const to = { url: new Secret('PAGING_URL', url.replace('//', '//alice:open%20sesame@')) };
    expect(await postPage(message, to, never)).toEqual({ outcome: 'sent' });
    expect(heard[0]?.headers['authorization']).toBe(`Basic ${Buffer.from('alice:open sesame').toString('base64')}`);
  });

  it.each([
    [500, 'not-now'],
    [503, 'not-now'],
    [429, 'not-now'],
    [400, 'refused'],
    [401, 'refused'],
    [302, 'refused'],
  ])('that answers with %i is %s', async (status, outcome) => {
    const { url, heard } = await receiver(status, { location: '/elsewhere' });
    const sent = await postPage(message, { url }, never);
    expect(sent).toEqual({ outcome, detail: `The receiver answered with HTTP ${status}.` });
    expect(heard).toHaveLength(1);
  });

  it('that is down or too slow is tried again, and its address is in no word of it', async () => {
    const slow = await receiver(null);
    const late = await postPage(message, { url: slow.url }, never, 150);
    expect(late).toEqual({ outcome: 'not-now', detail: 'The receiver did not answer within 0.15 s.' });
    const gone = await postPage(message, { url: 'http://127.0.0.1:1/hidden-path' }, never);
    expect(gone).toMatchObject({ outcome: 'not-now' });
    expect(JSON.stringify([late, gone])).not.toContain('hidden-path');
  });
});
