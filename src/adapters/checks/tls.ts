import { readFile } from 'node:fs/promises';
import { isIP, Socket } from 'node:net';
import { connect, rootCertificates, type TLSSocket } from 'node:tls';
import { z } from 'zod';
import { type Certificate, certificateProblem, isRenewed } from '../../domain/health/certificate.ts';
import type { TlsQuestion } from '../../domain/spec/check-questions.ts';
import { certificateFault } from './fault-words.ts';
import { failing, type Look, ok } from './look.ts';
import { hostAndPort } from './tcp.ts';

const notes = z.object({ serial: z.string(), from: z.coerce.date(), until: z.coerce.date() });

const DAY = 86_400_000;

/** The certificate an address shows, held against the clock and against the one it showed before. */
export const lookAtTls: Look<'tls'> = async (check, { address, signal, now, recall, keep }) => {
  const { certificate, fault } = await shown(address(check.target), check, signal);
  const known = notes.safeParse(await recall());
  const last = known.success ? known.data : null;
  await keep({ ...certificate });
  const renewed = isRenewed(certificate, last);
  const daysLeft = Math.floor((certificate.until.getTime() - now.getTime()) / DAY);
  const figures = { daysLeft, renewed: renewed ? 1 : 0 };
  const problem = certificateProblem(check, certificate, last, now) ?? fault;
  if (problem !== null) return failing(problem, figures);
  const since = renewed ? 'renewed since the last look; ' : '';
  return ok(`${since}valid until ${certificate.until.toISOString().slice(0, 10)}`, figures);
};

interface Shown {
  readonly certificate: Certificate;
  /** Whom it is not for, or who does not vouch for it. */
  readonly fault: string | null;
}

async function shown(address: string, { name, authority }: TlsQuestion, signal: AbortSignal): Promise<Shown> {
  const { host, port } = placeOf(address);
  const wanted = name ?? host;
  const ca = authority === undefined ? [] : [await readFile(authority, 'utf8')];
  const socket = new Socket({ signal });
  try {
    return await new Promise((resolve, reject) => {
      socket.on('error', reject);
      const secure: TLSSocket = connect({
        socket: socket.connect(port, host),
        host: wanted,
        ...(isIP(wanted) ? {} : { servername: wanted }),
        // A certificate that is wrong is looked at too: when it ends is told even then.
        rejectUnauthorized: false,
        ...(ca.length > 0 ? { ca: [...rootCertificates, ...ca] } : {}),
      });
      secure.on('error', reject);
      secure.on('secureConnect', () => {
        const { serialNumber: serial, valid_from: from, valid_to: until } = secure.getPeerCertificate();
        const fault = secure.authorized ? null : certificateFault(String(secure.authorizationError));
        resolve({ certificate: { serial, from: new Date(from), until: new Date(until) }, fault });
      });
    });
  } finally {
    socket.destroy();
  }
}

/** `https://host`, or `host:port`. */
function placeOf(address: string): { host: string; port: number } {
  if (!address.startsWith('http')) return hostAndPort(address, 443);
  const { hostname, port } = new URL(address);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || 443 };
}
