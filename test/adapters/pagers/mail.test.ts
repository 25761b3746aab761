import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { mailFault, mailPage } from '../../../src/adapters/pagers/mail.ts';
import type { PageMessage } from '../../../src/usecases/page-port.ts';
import { aPage, NIGHT } from '../../support/page-story.ts';

let server: SMTPServer | undefined;
afterEach(() => new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(resolve))));

/** A real mail server; its mails. */
async function mailServer(options: SMTPServerOptions = {}) {
  const mails: {
    readonly from: string;
    readonly to: readonly string[];
    readonly text: string;
    readonly secure: boolean;
  }[] = [];
  server = new SMTPServer({
    authOptional: true,
    onData(stream, session, done) {
      let text = '';
      stream.on('data', (part: Buffer) => {
        text += part.toString();
      });
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        mails.push({ from, to: rcptTo.map(({ address }) => address), text, secure: session.secure });
        done();
      });
    },
    ...options,
  });
  // What clients do wrong here is what is tried.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return { port, mails };
}

const page = aPage();
const message: PageMessage = {
  key: 'PAGE-1/2',
  action: 'trigger',
  page,
  contact: page.contacts[0] ?? null,
  at: NIGHT.toISOString(),
};
const never = new AbortController().signal;
const send = (url: string, timeout?: number) =>
  mailPage(message, 'alice@example.com', { url, from: 'Mainstay <mainstay@example.com>' }, never, timeout);

describe('a mail that wakes somebody', () => {
  it('says what is wrong and what to do, and is known for the same when it is sent again', async () => {
    const { port, mails } = await mailServer();
    expect(await send(`smtp://127.0.0.1:${port}`)).toEqual({ outcome: 'sent' });
    expect(await send(`smtp://127.0.0.1:${port}`)).toEqual({ outcome: 'sent' });
    const [first, second] = mails;
    expect(first).toMatchObject({ from: 'mainstay@example.com', to: ['alice@example.com'], secure: true });
    expect(first?.text).toContain('Subject: [PAGE-1] SEV1 Checkout is down');
    expect(first?.text).toContain('/ops page ack PAGE-1');
    const idOf = (text = '') => /^message-id: (.*)$/im.exec(text)?.[1];
    expect(idOf(first?.text)).toBe(`<PAGE-1.2.${NIGHT.getTime()}@mainstay>`);
    expect(idOf(second?.text)).toBe(idOf(first?.text));
  });

  it('is refused for good or for now as the server says, and no word repeats the password', async () => {
    const refusing = (responseCode: number) => ({
      onRcptTo: (_to: unknown, _session: unknown, done: (error: Error) => void) =>
        done(Object.assign(new Error('hunter2 is not wanted here'), { responseCode })),
    });
    const forGood = await mailServer(refusing(550));
    expect(await send(`smtp://127.0.0.1:${forGood.port}`)).toEqual({
      outcome: 'refused',
      detail: 'The mail server refused it (550).',
    });
    await new Promise<void>((resolve) => server?.close(resolve));
    const forNow = await mailServer(refusing(451));
    expect(await send(`smtp://127.0.0.1:${forNow.port}`)).toMatchObject({ outcome: 'not-now' });
    await new Promise<void>((resolve) => server?.close(resolve));
    const stranger = await mailServer({
      authOptional: false,
      onAuth: (_auth, _session, done) => done(new Error('hunter2')),
    });
    const unknown = await send(`smtp://mainstay:hunter2@127.0.0.1:${stranger.port}`);
    expect(unknown).toMatchObject({ outcome: 'refused' });
    expect(await mailFault(`smtp://mainstay:hunter2@127.0.0.1:${stranger.port}`)).toContain('535');
    expect(JSON.stringify(unknown)).not.toContain('hunter2');
  });

  it('is tried again later when the server is down or too slow', async () => {
    const { port } = await mailServer({ onConnect: () => {} });
    expect(await send(`smtp://127.0.0.1:${port}`, 200)).toMatchObject({ outcome: 'not-now' });
    expect(await send('smtp://127.0.0.1:1')).toEqual({
      outcome: 'not-now',
      detail: 'The mail server could not be used (ESOCKET).',
    });
  });

  it('takes a password only to a server that speaks TLS, unless it is on this machine', async () => {
    const heard: string[] = [];
    const { port } = await mailServer({
      hideSTARTTLS: true,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (auth, _session, done) => {
        heard.push(auth.password ?? '');
        done(null, { user: 'mainstay' });
      },
    });
    // This machine, under an address that does not look like it.
    expect(await send(`smtp://mainstay:hunter2@[::ffff:127.0.0.1]:${port}`, 2_000)).toMatchObject({
      outcome: 'refused',
    });
    expect(heard).toEqual([]);
    expect(await send(`smtp://mainstay:hunter2@127.0.0.1:${port}`)).toEqual({ outcome: 'sent' });
    expect(heard).toEqual(['hunter2']);
  });
});
