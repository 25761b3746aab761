import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Page } from '../../../src/domain/page/page.ts';
import { startSlack, type TestSlack } from '../../support/emulate.ts';
import { directMessages, NORTHWIND, shown } from '../../support/journey.ts';
import { type MainstayProcess, startProcess } from '../../support/mainstay-process.ts';
import { type FreshDatabase, freshDatabase } from '../../support/postgres.ts';
import { createDriver } from '../../support/slack-driver.ts';
import { asAdmin, temporaryHome } from '../../support/test-server.ts';

const FROM = Date.parse('2026-11-21T02:00:30.000Z');
const PATIENCE = { timeout: 120_000, interval: 20 };
/** An hour is a second in these processes. */
const PAGING = `    escalation: [bob, charlie]
    paging: { again: 3h, next: 12h, email: true, webhook: { url: env:PAGING_URL, secret: env:PAGING_SECRET } }
`;

let slack: TestSlack;
let database: FreshDatabase;
let home: string;
const started: MainstayProcess[] = [];
const closing: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  [slack, database, home] = await Promise.all([startSlack(), freshDatabase(), temporaryHome()]);
});
afterEach(async () => {
  await Promise.all(started.map((process) => process.kill()));
  await Promise.all(closing.splice(0).map((close) => close()));
  await slack.stop();
  await database.drop();
  await rm(home, { recursive: true, force: true });
});

/** A receiver that answers 503 until it is told to be well; what it heard, by the key of each attempt. */
async function receiver() {
  const heard: { readonly key: string; readonly body: string }[] = [];
  const state = { status: 503 };
  const server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    heard.push({ key: String(request.headers['idempotency-key']), body });
    response.writeHead(state.status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/page`, heard, state };
}

async function mailServer() {
  const mails: { readonly to: string; readonly id: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    onData(stream, { envelope }, done) {
      let text = '';
      stream.on('data', (part: Buffer) => {
        text += part.toString();
      });
      stream.on('end', () => {
        const id = /^message-id: (.*)$/im.exec(text)?.[1]?.trim() ?? '';
        mails.push({ to: envelope.rcptTo.map(({ address }) => address).join(), id });
        done();
      });
    },
  });
  // A killed process hangs up in the middle.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise<void>((resolve) => server.close(resolve)));
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, mails };
}

it('a SEV1 at night wakes the first contact, again, then the next, by every way, over a kill -9, until somebody acknowledges', async () => {
  const [hook, mail] = await Promise.all([receiver(), mailServer()]);
  const specFile = join(home, 'operations.yml');
  const northwind = await readFile(NORTHWIND, 'utf8');
  const payments = '  payments: { name: Payments, channel: team-payments, members: [alice, bob] }\n';
  expect(northwind).toContain(payments);
  const written = `  payments:\n    name: Payments\n    channel: team-payments\n    members: [alice, bob]\n${PAGING}`;
  await writeFile(specFile, northwind.replace(payments, written));
  const program = fileURLToPath(new URL('../../support/hurried-main.ts', import.meta.url));
  const settings = {
    HURRIED_FROM: String(FROM),
    HURRIED_SINCE: String(Date.now()),
    PAGING_URL: hook.url,
    PAGING_SECRET: 'wake-up-secret',
    SMTP_URL: mail.url,
    SMTP_FROM: 'Mainstay <mainstay@example.com>',
  };
  const start = async () => {
    const process = await startProcess({ slack, databaseUrl: database.url, home, specFile, program, settings });
    started.push(process);
    return process;
  };
  const page = async (): Promise<Page> => {
    const [row] = await asAdmin(
      database.url,
      async (client) => (await client.query<{ state: Page }>('select state from "Page"')).rows,
    );
    if (row === undefined) throw new Error('nobody is being woken');
    return row.state;
  };

  const victim = await start();
  const driver = createDriver({ url: () => started.at(-1)?.url ?? '', slack });
  await driver.as('alice').slash('/incident', 'declare sev1 Checkout is down', { channel: 'general' });
  await vi.waitUntil(async () => (await page()).calls.some(({ why }) => why === 'again'), PATIENCE);
  // In the middle of it: the receiver was told and has not taken it.
  await vi.waitUntil(() => hook.heard.length > 0, PATIENCE);
  expect((await page()).attempts.some(({ outcome }) => outcome === null)).toBe(true);
  await victim.kill();
  hook.state.status = 202;

  await start();
  await vi.waitUntil(async () => (await page()).calls.some(({ contact }) => contact === 1), PATIENCE);
  const call = await vi.waitUntil(
    () => directMessages(slack, 'charlie').find((row) => shown(row).includes('You are called')),
    PATIENCE,
  );
  const pressed = await driver.as('charlie').click(call, 'page.acknowledge');
  expect(pressed.status).toBe(200);
  await vi.waitUntil(async () => (await page()).attempts.every(({ outcome }) => outcome !== null), PATIENCE);
  const waiting = `select 1 from "Delivery" where status = 'pending'`;
  await vi.waitUntil(
    async () => (await asAdmin(database.url, async (client) => client.query(waiting))).rows.length === 0,
    PATIENCE,
  );

  const { calls, attempts, acknowledged, status, nextLookAt, dedup } = await page();
  expect({ status, nextLookAt, user: acknowledged?.user }).toEqual({
    status: 'acknowledged',
    nextLookAt: null,
    user: slack.users.charlie,
  });
  const order = calls.map(({ contact }) => contact);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(calls[0]?.contact).toBe(0);

  // No message twice: each attempt is one, whoever died meanwhile.
  const sentTo = (contact: number) => attempts.filter((one) => one.way === 'dm' && one.contact === contact).length;
  const heardBy = (person: 'bob' | 'charlie') =>
    directMessages(slack, person).filter((row) => shown(row).includes('PAGE-1')).length;
  expect([heardBy('bob'), heardBy('charlie')]).toEqual([sentTo(0), sentTo(1)]);

  // What was sent again to the receiver is known for the same by its key.
  const bodies = Map.groupBy(hook.heard, ({ key }) => key);
  for (const some of bodies.values()) expect(new Set(some.map(({ body }) => body)).size).toBe(1);
  const said = hook.heard.map(({ body }) => JSON.parse(body) as { dedup_key: string; event_action: string });
  expect(new Set(said.map((one) => one.dedup_key))).toEqual(new Set([dedup]));
  expect(said.at(-1)?.event_action).toBe('acknowledge');

  const mailed = attempts.filter(({ way, outcome }) => way === 'email' && outcome?.reached).map(({ id }) => id);
  const ids = new Set(mail.mails.map(({ id }) => id));
  for (const id of mailed) expect([...ids].some((known) => known.startsWith(`<PAGE-1.${id}.`))).toBe(true);
  // One that somebody else's acknowledgement overtook is not sent.
  expect(ids.size).toBeLessThanOrEqual(attempts.filter(({ way }) => way === 'email').length);
}, 300_000);
