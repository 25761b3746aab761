import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listener, look, looker, nobody } from './looking.ts';

const DAY = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'checks-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Pair {
  readonly key: Buffer;
  readonly cert: Buffer;
  readonly file: string;
  readonly from: Date;
  readonly until: Date;
}

/** A certificate made by openssl, signed by itself. The clock of a look is set by its end. */
function certificate(name: string, days: number, host = 'localhost'): Pair {
  const file = join(folder, `${name}.crt`);
  const key = join(folder, `${name}.key`);
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key];
  const words = ['req', '-x509', ...kind, '-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  execFileSync('openssl', [...words, '-days', String(days), '-out', file], { stdio: 'ignore' });
  const { validFrom, validTo } = new X509Certificate(readFileSync(file));
  return {
    key: readFileSync(key),
    cert: readFileSync(file),
    file,
    from: new Date(validFrom),
    until: new Date(validTo),
  };
}

let old: Pair;
let renewed: Pair;
beforeAll(() => {
  old = certificate('old', 90);
  renewed = certificate('renewed', 180);
});

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server = undefined;
});

async function showing({ key, cert }: Pair): Promise<{ url: string; server: Server }> {
  const made = createServer({ key, cert }, (socket) => socket.on('error', () => undefined));
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  const address = made.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `https://127.0.0.1:${address.port}`, server: made };
}

const before = (date: Date, days: number) => new Date(date.getTime() - days * DAY);
const tls = (written: Record<string, unknown> = {}) => ({
  kind: 'tls',
  target: 'api',
  name: 'localhost',
  authority: old.file,
  left: '14d',
  ...written,
});
const at = (url: string) => ({ api: { kind: 'http', url } });

describe('a certificate', () => {
  it('is ok while much of its time is left, and failing near its end and after it', async () => {
    const { url } = await showing(old);
    const on = (now: Date) => look(tls(), at(url), { now: () => now });
    const until = old.until.toISOString().slice(0, 10);
    expect(await on(before(old.until, 60))).toMatchObject({
      answer: 'ok',
      detail: `valid until ${until}`,
      figures: { daysLeft: 60, renewed: 0 },
    });
    const detail = `has a certificate that expires on ${until}, in 13d`;
    expect(await on(before(old.until, 13))).toMatchObject({ answer: 'failing', detail });
    expect(await on(old.until)).toMatchObject({
      answer: 'failing',
      detail: `has a certificate that expired on ${until}`,
    });
    expect(await on(before(old.from, 1))).toMatchObject({
      answer: 'failing',
      detail: expect.stringMatching(/not valid before/),
    });
  });

  it('is failing when it is for another name, or nobody vouches for it', async () => {
    const { url } = await showing(old);
    const now = () => before(old.until, 60);
    expect(await look(tls({ name: 'app.example.com' }), at(url), { now })).toMatchObject({
      answer: 'failing',
      detail: 'has a certificate for another name',
      figures: { daysLeft: 60 },
    });
    const { authority: _, ...nobodyVouches } = tls();
    expect(await look(nobodyVouches, at(url), { now })).toMatchObject({
      answer: 'failing',
      detail: 'has a certificate signed by itself',
    });
  });

  it('is failing when its renewal is due and has not happened, and ok when it has', async () => {
    const { url, server: serving } = await showing(old);
    let now = before(old.until, 31);
    const written = tls({ authority: undefined, left: '7d', renewal: { before: '30d', within: '2d' } });
    const trusted = join(folder, 'both.crt');
    execFileSync('sh', ['-c', `cat ${old.file} ${renewed.file} > ${trusted}`]);
    const asker = looker({ ...written, authority: trusted }, at(url), { now: () => now });
    expect(await asker.look()).toMatchObject({ answer: 'ok' });
    now = before(old.until, 29);
    expect(await asker.look(), 'there are two days for it').toMatchObject({ answer: 'ok' });
    now = before(old.until, 28);
    expect(await asker.look()).toMatchObject({
      answer: 'failing',
      detail: expect.stringMatching(/^has a certificate that should have been renewed by \S+ and is still that of /),
    });
    serving.setSecureContext({ key: renewed.key, cert: renewed.cert });
    expect(await asker.look()).toMatchObject({
      answer: 'ok',
      detail: expect.stringMatching(/^renewed since the last look; valid until /),
      figures: { renewed: 1 },
    });
    serving.setSecureContext({ key: old.key, cert: old.cert });
    now = before(old.until, 40);
    expect(await asker.look(), 'an old one was put back').toMatchObject({
      answer: 'failing',
      detail: expect.stringMatching(/before the one it had$/),
    });
  });
});

describe('an address without a certificate', () => {
  it('is failing when it is down, silent, or does not speak TLS', async () => {
    const failing = (detail: string) => ({ answer: 'failing', detail, latencyMs: expect.any(Number) });
    expect(await look(tls(), at((await nobody()).url))).toMatchObject(failing('refused the connection'));
    const silent = await listener(() => undefined);
    expect(await look(tls({ timeout: '50ms' }), at(silent.url))).toMatchObject(failing('no answer within 50ms'));
    await silent.close();
    const plain = await listener((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await look(tls(), at(plain.url))).toMatchObject({ answer: 'failing' });
    await plain.close();
    const rude = await listener((socket) => socket.on('data', () => socket.end()));
    expect(await look(tls(), at(rude.url))).toMatchObject(failing('broke off before the answer was whole'));
    await rude.close();
  });
});
