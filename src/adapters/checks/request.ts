import * as http from 'node:http';
import * as https from 'node:https';
import type { HttpAnswer } from '../../domain/health/http-answer.ts';
import { CouldNotTell, Failing } from './look.ts';

const MIB = 1024 * 1024;
/** Most that is read of an answer; a body without end must not fill the memory. In bytes. */
const MOST_READ = MIB;
/** The same of what is made of figures: what is cut of it is no smaller figure, it is a wrong one. In bytes. */
const LARGEST_FIGURES = 16 * MIB;
const MOST_REDIRECTS = 5;

// A new connection for every look: a kept one hides that nobody listens any more. Kept ones are for who asks for them.
const AGENTS = {
  fresh: { 'http:': new http.Agent(), 'https:': new https.Agent({ maxCachedSessions: 0 }) },
  kept: { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) },
};

export interface Request {
  readonly method: 'GET' | 'HEAD';
  readonly connection: 'fresh' | 'kept';
  readonly redirects: boolean;
  /** Whether the body's text is wanted; it is read to its end in any case, because it may break off. */
  readonly keepBody: boolean;
  /** Most that is read of the body, in bytes; MOST_READ unless told. */
  readonly most?: number;
  readonly signal: AbortSignal;
}

/** How a page or an answer is asked for that figures are made of. */
export const FOR_FIGURES = {
  method: 'GET',
  connection: 'fresh',
  redirects: true,
  keepBody: true,
  most: LARGEST_FIGURES,
} as const satisfies Omit<Request, 'signal'>;

export interface Received extends HttpAnswer {
  /** Length of what was read. */
  readonly bytes: number;
  /** There is more of the body than was read. */
  readonly cut: boolean;
}

/**
 * Asks an address. A user and password in it are sent as basic authentication, to its own origin only.
 * @throws what node:http throws, and Failing for redirects that lead nowhere
 */
export async function send(address: URL, request: Request): Promise<Received> {
  let url = address;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const answer = await sendOnce(url, request, url.origin === address.origin ? credentials(address) : null);
    const location = answer.headers['location'];
    if (!request.redirects || answer.status < 300 || answer.status > 399 || typeof location !== 'string') return answer;
    if (!URL.canParse(location, url.href)) throw new Failing('redirects to an address that is none');
    url = new URL(location, url);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Failing(`redirects to ${url.protocol}`);
  }
  throw new Failing(`redirects more than ${MOST_REDIRECTS} times`);
}

/** The body of an answer as long as it is all of it. @throws CouldNotTell when there is more than was read */
export function wholeBody({ body, cut }: Received, what: string, most = MOST_READ): string {
  if (cut) throw new CouldNotTell(`${what} is larger than ${most / MIB} MiB`);
  return body;
}

function credentials({ username, password }: URL): string | null {
  if (username === '' && password === '') return null;
  return `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
}

function sendOnce(url: URL, request: Request, authorization: string | null): Promise<Received> {
  const secure = url.protocol === 'https:';
  const { method, signal, keepBody, most = MOST_READ } = request;
  const options = {
    method,
    signal,
    agent: AGENTS[request.connection][secure ? 'https:' : 'http:'],
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    path: url.pathname + url.search,
    headers: {
      host: url.host,
      accept: '*/*',
      'user-agent': 'Mainstay',
      ...(authorization === null ? {} : { authorization }),
    },
  };
  return new Promise((resolve, reject) => {
    const asking = (secure ? https : http).request(options, (answer) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const done = () => {
        const { statusCode: status = 0, headers } = answer;
        resolve({ status, headers, body: Buffer.concat(chunks).toString('utf8'), bytes, cut: bytes > most });
      };
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (keepBody) chunks.push(chunk);
        if (bytes <= most) return;
        done();
        asking.destroy();
      });
      answer.on('end', done);
      answer.on('error', reject);
    });
    asking.on('error', reject);
    asking.end();
  });
}
