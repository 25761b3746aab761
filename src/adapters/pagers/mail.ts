import { createTransport } from 'nodemailer';
import { pageSubject } from '../../domain/event.ts';
import type { Page } from '../../domain/page/page.ts';
import type { PageMessage, Sent } from '../../usecases/page-port.ts';

/** For each step of the conversation, in milliseconds. */
const TIMEOUT = 10_000;

/** The mail server, and whom mails are from. */
export interface MailSettings {
  /** smtp:// or smtps://, with user and password where the server wants them. */
  readonly url: string;
  readonly from: string;
}

/**
 * Mails whoever is called. A repeated mail has the same Message-ID, so that mailboxes know it for the same. A user and password
 * are only ever given to a server that speaks TLS, unless it is on this machine.
 *
 * @param timeout for each step, in milliseconds
 */
export async function mailPage(
  message: PageMessage,
  to: string,
  settings: MailSettings,
  over: AbortSignal,
  timeout: number = TIMEOUT,
): Promise<Sent> {
  const transport = openTransport(settings.url, timeout);
  const stop = () => transport.close();
  over.addEventListener('abort', stop, { once: true });
  try {
    await transport.sendMail({
      from: settings.from,
      to,
      subject: subjectOf(message.page),
      text: textOf(message),
      messageId: `<${message.key.replace('/', '.')}.${Date.parse(message.page.opened.at)}@mainstay>`,
      priority: 'high',
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return { outcome: 'sent' };
  } catch (error) {
    return faultOf(error);
  } finally {
    over.removeEventListener('abort', stop);
    transport.close();
  }
}

/** Speaks to the mail server, and sends nothing. Null when all is well; else what is wrong, without the password. */
export async function mailFault(url: string, timeout: number = TIMEOUT): Promise<string | null> {
  const transport = openTransport(url, timeout);
  try {
    await transport.verify();
    return null;
  } catch (error) {
    const fault = faultOf(error);
    return 'detail' in fault ? fault.detail : null;
  } finally {
    transport.close();
  }
}

function openTransport(address: string, timeout: number) {
  const url = new URL(address);
  const secure = url.protocol === 'smtps:';
  const user = decodeURIComponent(url.username);
  return createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(url.password) } }),
    requireTLS: user !== '' && !isHere(url.hostname),
    // Nobody is between us and a server on this machine, whose certificate is its own.
    tls: { rejectUnauthorized: !isHere(url.hostname) },
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
  });
}

const isHere = (host: string) => host === 'localhost' || host === '[::1]' || /^127\./.test(host);

function subjectOf({ number, urgency, title }: Page): string {
  return [`[${pageSubject(number)}]`, ...(urgency === null ? [] : [urgency]), title]
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 200);
}

function textOf({ page, contact }: PageMessage): string {
  return [
    `${contact?.name ?? 'Hello'}, you are called: ${page.title}`,
    ...(page.detail === '' ? [] : ['', page.detail]),
    '',
    `Say that you are up in Slack: press Acknowledge on ${pageSubject(page.number)}, or type /ops page ack ${pageSubject(page.number)}.`,
    'Nobody else is called then.',
    '',
    `Called at ${page.opened.at} by Mainstay.`,
  ].join('\n');
}

/** The error is read for its codes only: its text repeats what the server said, which may repeat what it was told. */
function faultOf(error: unknown): Exclude<Sent, { outcome: 'sent' }> {
  const answered = numberIn(error, 'responseCode');
  if (answered !== null) {
    const detail = `The mail server refused it (${answered}).`;
    return answered >= 500 ? { outcome: 'refused', detail } : { outcome: 'not-now', detail };
  }
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  return { outcome: 'not-now', detail: `The mail server could not be used${code}.` };
}

function numberIn(error: unknown, field: string): number | null {
  const found = error instanceof Error ? Object.entries(error).find(([name]) => name === field)?.[1] : undefined;
  return typeof found === 'number' ? found : null;
}
