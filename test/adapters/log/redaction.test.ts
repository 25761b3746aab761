import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../src/adapters/log/logger.ts';
import { Secret } from '../../../src/domain/spec/secret.ts';
import type { LogFields, Logger } from '../../../src/usecases/log.ts';

const hookSecret = 'hook-secret/with+odd=signs';

/** What must never reach a log, and the part of it that gives it away. */
const canaries: readonly (readonly [what: string, text: string, leak: string])[] = [
  ['a bot token', 'token xoxb-1234567890-abcdefghij was refused', '1234567890-abcdefghij'],
  ['a user token', '(xoxp-98765-4321-fedcba)', 'fedcba'],
  ['a rotating token', 'xoxe.xoxp-1-Mi0yLTEyMzQ1', 'Mi0yLTEyMzQ1'],
  ['an app token', 'xapp-1-A0123-456-deadbeef', 'deadbeef'],
  ['a response address', 'POST https://hooks.slack.com/commands/T0/1/Zm9vYmFy failed', 'Zm9vYmFy'],
  ['a bearer header', 'Authorization: Bearer s3cr3t-bearer', 's3cr3t-bearer'],
  ['a bearer in words', 'sent Bearer s3cr3t-bearer to it', 's3cr3t-bearer'],
  ['a basic header', 'authorization: Basic YWxpY2U6czNjcjN0', 'YWxpY2U6czNjcjN0'],
  ['a basic login in words', 'sent Basic YWxpY2U6czNjcjN0 to it', 'YWxpY2U6czNjcjN0'],
  ['a basic login without a digit', 'sent basic YWJjOmRlZg== to it', 'YWJjOmRlZg'],
  ['a basic login of letters only', 'BASIC YWJjOmRlZmZm', 'YWJjOmRlZmZm'],
  ['a cookie', 'Cookie: a=1; session=c00k1e-value', 'c00k1e-value'],
  ['a database password', 'cannot reach postgresql://mainstay:Tr0ub4dor@db:5432/mainstay', 'Tr0ub4dor'],
  ['a password with @ and /', 'postgres://mainstay:p@ss/w0rd@db/mainstay', 'w0rd'],
  ['a token in an address', 'git clone https://s3cr3t-clone@git.example.com/x', 's3cr3t-clone'],
  ['a token before a bare host', 'redis://s3cr3t-cache@cache:6379', 's3cr3t-cache'],
  ['a password in a query', 'GET /x?user=alice&password=hunter2000&page=1', 'hunter2000'],
  ['a libpq password', 'host=db password=hunter2000 user=mainstay', 'hunter2000'],
  ['a variable', 'HOOK_SECRET=hunter2000', 'hunter2000'],
  ['JSON in text', 'body was {"apiKey":"hunter2000","n":1}', 'hunter2000'],
  ['a known secret', `got ${hookSecret} instead`, hookSecret],
  ['a known secret, encoded', `?s=${encodeURIComponent(hookSecret)}`, encodeURIComponent(hookSecret)],
  ['a GitHub token', 'ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'abcdefghijklmnop'],
  ['an AWS key', 'AKIAIOSFODNN7EXAMPLE', 'IOSFODNN7'],
  ['a JSON web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'eyJzdWIiOiIxIn0'],
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE KEY-----', 'IBAAKC'],
  ['half a private key', '-----BEGIN PRIVATE KEY-----\nMIIEow\nIBAAKC', 'IBAAKC'],
  ['an e-mail address', 'no user alice.smith+ops@mail.example.co.uk here', 'alice.smith'],
  ["Slack's form of one", '<mailto:bob@example.com|bob@example.com>', 'bob@'],
  ['an encoded one', '/users?mail=charlie%40example.com', 'charlie'],
  ['one with accents', 'zoë@exämple.de', 'zoë'],
  ['an international number', 'call +33 1 23 45 67 89 now', '23 45 67'],
  ['one without spaces', 'sms to +33612345678', '612345678'],
  ['one with brackets', '+1 (555) 123-4567', '123-4567'],
  ['one with 00', '0033 6 12 34 56 78', '34 56 78'],
  ['a North American number', 'at 555-123-4567.', '123-4567'],
  ['one in brackets', '(555) 123-4567', '123-4567'],
  ['a national number', '06 12 34 56 78', '34 56 78'],
  ['one in a row', 'tried 0612345678 twice', '612345678'],
  ['a British number', '020 7946 0958', '7946'],
  ['a tel: address', '<tel:5551234567|ring>', '5551234567'],
  ['a labelled number', 'phone number: 555 1234', '555 1234'],
];

/** Every place a text can hide in a log line. */
const places: readonly (readonly [where: string, write: (log: Logger, text: string) => void])[] = [
  ['the message', (log, text) => log.info({}, text)],
  ['a field', (log, text) => log.info({ note: text }, 'x')],
  ['a request reference', (log, text) => log.info({ req: text }, 'x')],
  ['a nested field', (log, text) => log.info({ a: { b: { c: [1, { d: text }] } } }, 'x')],
  ['a key', (log, text) => log.info({ [text]: 1, deep: [{ [text]: 1 }] }, 'x')],
  ['a map and a set', (log, text) => log.info({ map: new Map([[text, text]]), set: new Set([text]) }, 'x')],
  ['an error', (log, text) => log.info({ err: new Error(text) }, 'x')],
  ['its cause', (log, text) => log.info({ err: new Error('x', { cause: new Error(text) }) }, 'x')],
  ['its own fields', (log, text) => log.info({ err: Object.assign(new Error('x'), { data: { text } }) }, 'x')],
  ['many errors', (log, text) => log.info({ err: new AggregateError([new Error(text), text], text) }, 'x')],
  ['a thrown text', (log, text) => log.info({ err: text }, 'x')],
  ['toJSON', (log, text) => log.info({ a: { toJSON: () => ({ text }) } }, 'x')],
  [
    'a getter that throws',
    (log, text) =>
      log.info(
        {
          a: {
            get b() {
              throw new Error(text);
            },
          },
        },
        'x',
      ),
  ],
  [
    'a child logger',
    (log, text) =>
      log
        .child({ about: text })
        .child({ more: [text] })
        .info({}, 'x'),
  ],
];

/** A logger that writes into memory. */
function memoryLog(options: Partial<Parameters<typeof createLogger>[0]> = {}): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { log: createLogger({ level: 'debug', secrets: [hookSecret], destination, ...options }), lines };
}

/** All that was written, each line of which must be JSON. */
function logged(write: (log: Logger) => void): string {
  const { log, lines } = memoryLog();
  write(log);
  expect(lines).not.toEqual([]);
  for (const line of lines) JSON.parse(line);
  return lines.join('');
}

describe.each(places)('redaction in %s', (_where, write) => {
  it.each(canaries)('takes out %s', (_what, text, leak) => {
    const output = logged((log) => write(log, text));
    expect(output).not.toContain(leak);
    expect(output).toMatch(/\[(secret|token|private key|email|phone)\]/);
  });
});

describe('redaction by name', () => {
  it.each([
    'token',
    'botToken',
    'SLACK_SIGNING_SECRET',
    'password',
    'x-api-key',
    'privateKey',
    'Authorization',
    'set-cookie',
    'user_email',
    'phoneNumber',
    'response_url',
  ])('hides whatever %s holds', (name) => {
    for (const value of ['plain words', 5551234567, { a: 'plain words' }, ['plain words']]) {
      const output = logged((log) => log.info({ event: { [name]: value } }, 'x'));
      expect(output).not.toMatch(/plain words|5551234567/);
    }
  });

  it.each(['tokenCount', 'secretary', 'emailed', 'phones_in_use', 'passwordless'])('shows what %s holds', (name) => {
    expect(logged((log) => log.info({ [name]: 'plain words' }, 'x'))).toContain('plain words');
  });

  it('never shows a value the spec named as env:', () => {
    const output = logged((log) => log.info({ target: new Secret('DB', 'plain words') }, 'x'));
    expect(output).toContain('env:DB');
    expect(output).not.toContain('plain words');
  });
});

describe('what identifies a thing and not a person', () => {
  it.each([
    '2026-11-21T08:48:00.123Z',
    '2026-11-21T08:48:00+01:00',
    '2026-11-21T08:48:00+0100',
    '2026-11-21 08:48:17',
    '21.11.2026',
    '01/02/2026 10:00',
    '01.02.2026',
    '1700000000.000100',
    'p1700000000000100',
    '1700000000',
    '1700000000000',
    '10.0.0.1',
    '192.168.100.200:3000',
    '203.0.113.195',
    '2001:db8:85a3::8a2e:370:7334',
    'INC-1',
    'C0123456789',
    'U0612345678',
    'T0123ABCD/B0123ABCD',
    '550e8400-e29b-41d4-a716-446655440000',
    '01234567-1234-4234-8234-123456789012',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '0012345678901abcdef',
    '0612345678ab',
    '0612345678-11-22',
    'REQ-0012345678901',
    'ORD-0612345678',
    'INV-123-456-7890',
    '123-456-7890-11',
    '1.2.3+20261121',
    '+123456789012345678',
    '0.123456789',
    '1234567.0612345678',
    '24.21.0',
    'pino@10.4.0',
    '@slack/bolt@5.1.0',
    'src/main.ts:120:14',
    'postgresql://db:5432/mainstay',
    'https://slack.com/api/chat.postMessage?channel=C0123456789',
    'Unexpected token \'x\', "x" is not valid JSON',
    'took 1500 ms, 12 of 1234567 rows, exit code 137',
    '0 6 * * *',
    'Basic Information',
    'basic authentication failed',
    'BASIC INFORMATION',
    '99.95 %',
  ])('stays: %s', (text) => {
    const line = JSON.parse(logged((log) => log.info({ value: text }, text)));
    expect(line.msg).toBe(text);
    expect(line.value).toBe(text);
  });
});

describe('a log line', () => {
  const lineOf = (fields: LogFields) => JSON.parse(logged((log) => log.error(fields, 'failed')));

  it('is JSON with an ISO time, its level, its message and the references', () => {
    const line = lineOf({ req: 'r-1', incident: 'INC-1', ref: 'abc123' });
    expect(line).toMatchObject({ level: 'error', msg: 'failed', req: 'r-1', incident: 'INC-1', ref: 'abc123' });
    expect(line.time).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  });

  it('keeps the stack and the causes of an error', () => {
    const line = lineOf({ err: new TypeError('outer', { cause: Object.assign(new Error('inner'), { code: 'E1' }) }) });
    expect(line.err).toMatchObject({ type: 'TypeError', message: 'outer', cause: { message: 'inner', code: 'E1' } });
    expect(line.err.stack).toContain('redaction.test.ts');
  });

  it('leaves out where PostgreSQL quotes a row, in a cause too', () => {
    const refused = Object.assign(new Error('violates check constraint "x"'), {
      code: '23514',
      table: 'Incident',
      detail: 'Failing row contains (1, {"title": "Carol has carol@exam...).',
      where: 'PL/pgSQL function f(text) with "Carol"',
    });
    const line = lineOf({ err: new Error('outer', { cause: refused }) });
    expect(line.err.cause).toMatchObject({ code: '23514', table: 'Incident' });
    expect(JSON.stringify(line)).not.toContain('Carol');
  });

  it('keeps each of many errors', () => {
    const line = lineOf({ err: new AggregateError([new Error('first'), new Error('second')], 'both') });
    expect(line.err).toMatchObject({ message: 'both', errors: [{ message: 'first' }, { message: 'second' }] });
  });

  it('survives what cannot be written', () => {
    const loop: Record<string, unknown> = { a: 1 };
    loop['self'] = loop;
    const deep = Array.from({ length: 50 }).reduce<unknown>((inner) => ({ inner }), 'x');
    const line = lineOf({ loop, deep, big: 10n, when: new Date(Number.NaN), bytes: Buffer.from('abc'), run: () => 1 });
    expect(line.loop).toEqual({ a: 1, self: '[circular]' });
    expect(JSON.stringify(line.deep)).toContain('[too deep]');
    expect(line).toMatchObject({ big: '10', when: 'Invalid Date', bytes: '[3 bytes]' });
  });

  it('shows a value twice that is used twice without being a cycle', () => {
    const shared = { a: 1 };
    expect(lineOf({ one: shared, two: shared })).toMatchObject({ one: { a: 1 }, two: { a: 1 } });
  });

  it('cuts what is endless, and says so', () => {
    const line = lineOf({ text: 'x '.repeat(10_000), list: Array(1000).fill(1) });
    expect(line.text).toMatch(/… \(11808 more characters\)$/);
    expect(line.list.at(-1)).toBe('… (900 more)');
  });

  it('is not written below the level, and costs nothing then', () => {
    const touched: string[] = [];
    const { log, lines } = memoryLog({ level: 'error' });
    const fields = {
      get field() {
        touched.push('read');
        return 1;
      },
    };
    log.info(fields, 'x');
    log.child({ a: 1 }).warn(fields, 'x');
    expect([lines, touched]).toEqual([[], []]);
    log.error({}, 'x');
    expect(lines).toEqual([expect.stringContaining('"level":"error"')]);
  });

  it('knows secrets that became known after the logger was made', () => {
    const secrets = new Set<string>();
    const { log, lines } = memoryLog({ secrets });
    secrets.add('learned-later');
    log.info({}, 'value learned-later');
    expect(lines.join()).toContain('value [secret]');
  });

  it('does not show its secrets when it is inspected itself', () => {
    expect(inspect(memoryLog().log, { depth: 9 })).not.toContain(hookSecret);
  });

  it('is cleaned in time that grows with its length, whatever a stranger sends', () => {
    for (const text of ['a', '+1', '0 ', '://', '://a:', 'a.', '-', 'x=', 'token', '@', '(', 'bearer ', '06 ']) {
      const output = logged((log) => log.info({}, text.repeat(50_000)));
      expect(output).toContain('"msg"');
    }
  }, 10_000);
});
