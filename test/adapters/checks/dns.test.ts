import { createSocket, type Socket } from 'node:dgram';
import { type Answer, decode, encode, type Packet } from 'dns-packet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { look } from './looking.ts';

const RCODES = { NXDOMAIN: 3, SERVFAIL: 2, REFUSED: 5 };

/** What the name server says: answers, a code, or nothing at all. */
const ZONE: Readonly<Record<string, readonly Answer[] | keyof typeof RCODES | 'silence'>> = {
  'www.example.com A': [
    { type: 'A', name: 'www.example.com', data: '192.0.2.1' },
    { type: 'A', name: 'www.example.com', data: '192.0.2.2' },
  ],
  'alias.example.com CNAME': [{ type: 'CNAME', name: 'alias.example.com', data: 'WWW.example.com' }],
  'example.com MX': [{ type: 'MX', name: 'example.com', data: { preference: 10, exchange: 'mail.example.com' } }],
  'example.com TXT': [{ type: 'TXT', name: 'example.com', data: ['v=spf1 ', '-all'] }],
  'example.com CAA': [{ type: 'CAA', name: 'example.com', data: { flags: 0, tag: 'issue', value: 'letsencrypt.org' } }],
  '_sip._tcp.example.com SRV': [
    {
      type: 'SRV',
      name: '_sip._tcp.example.com',
      data: { priority: 1, weight: 2, port: 5060, target: 'sip.example.com' },
    },
  ],
  'empty.example.com A': [],
  'gone.example.com A': 'NXDOMAIN',
  'broken.example.com A': 'SERVFAIL',
  'secret.example.com A': 'REFUSED',
  'slow.example.com A': 'silence',
};

let server: Socket;
let resolver: string;
beforeAll(async () => {
  server = createSocket('udp4');
  server.on('message', (message, { port, address }) => {
    const query = decode(message);
    const [question] = query.questions ?? [];
    const says = ZONE[`${question?.name} ${question?.type}`] ?? 'NXDOMAIN';
    if (says === 'silence') return;
    const flags = 0x80 + (typeof says === 'string' ? RCODES[says] : 0);
    const answer: Packet = { type: 'response', id: query.id ?? 0, flags, questions: query.questions ?? [] };
    server.send(encode({ ...answer, answers: typeof says === 'string' ? [] : [...says] }), port, address);
  });
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  resolver = `127.0.0.1:${server.address().port}`;
});
afterAll(() => {
  server.close();
});

const dns = (name: string, record: string, written: Record<string, unknown> = {}) =>
  look({ kind: 'dns', name, record, resolver, ...written });

describe('a name', () => {
  it('is ok when it stands for something, or for what it should in any order', async () => {
    expect(await dns('www.example.com', 'A')).toMatchObject({
      answer: 'ok',
      detail: '2 answers',
      figures: { answers: 2 },
    });
    expect(await dns('www.example.com', 'A', { answers: ['192.0.2.2', '192.0.2.1'] })).toMatchObject({ answer: 'ok' });
  });

  it.each([
    ['alias.example.com', 'CNAME', 'www.example.com.'],
    ['example.com', 'MX', '10 mail.example.com'],
    ['example.com', 'TXT', 'v=spf1 -all'],
    ['example.com', 'CAA', '0 issue letsencrypt.org'],
    ['_sip._tcp.example.com', 'SRV', '1 2 5060 sip.example.com'],
  ])('%s is known by its %s too', async (name, record, answer) => {
    expect(await dns(name, record, { answers: [answer] })).toMatchObject({ detail: 'answers as it should' });
  });

  it.each([
    ['www.example.com', ['192.0.2.1'], 'the answer has 192.0.2.2, which the spec has not'],
    ['www.example.com', ['192.0.2.1', '192.0.2.2', '192.0.2.3'], 'the answer lacks 192.0.2.3'],
    ['gone.example.com', [], 'gone.example.com does not exist (NXDOMAIN)'],
    ['empty.example.com', [], 'empty.example.com has no record of this kind'],
    ['broken.example.com', [], 'broken.example.com cannot be resolved: the server failed (SERVFAIL)'],
    ['secret.example.com', [], 'secret.example.com cannot be resolved: the server refuses to say'],
  ])('%s that should be %j is failing: %s', async (name, answers, detail) => {
    expect(await dns(name, 'A', { answers })).toMatchObject({ answer: 'failing', detail });
  });

  it('is failing when the server the spec names says nothing, or is not there', async () => {
    expect(await dns('slow.example.com', 'A', { timeout: '300ms' })).toMatchObject({ answer: 'failing' });
    const gone = { resolver: '127.0.0.1:9', timeout: '500ms' };
    expect(await dns('www.example.com', 'A', gone)).toMatchObject({ answer: 'failing' });
  });
});
