import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OperationsSpec } from '../../src/domain/spec/types.ts';
import type { StatusPage } from '../../src/domain/status/page.ts';
import { DatabaseUnavailable } from '../../src/usecases/errors.ts';
import type { EdgeDeps } from '../deps.ts';
import { type Shown, statusDocument } from './status/document.ts';
import { statusJson } from './status/json.ts';
import { type Remembered, remembered } from './status/remembered.ts';
import { statusRss } from './status/rss.ts';
import { STYLE } from './status/style.ts';

/** However many look, the database is asked once in so long; the days' figures, which cost more, more seldom. Milliseconds. */
const FRESH = 3_000;
const DAYS_FRESH = 60_000;
/** Longer nobody waits for a database that does not answer, while there is a page to show, and before; milliseconds. */
const PATIENCE = { patience: 2_000, firstPatience: 10_000 };
const DAYS_PATIENCE = { patience: 1_000, firstPatience: 4_000 };

/** A cache in front of Mainstay may show the page for so long, and an old one for a day while Mainstay is away. */
const CACHE = 'public, max-age=5, stale-while-revalidate=5, stale-if-error=86400';

const hash = (text: string) => createHash('sha256').update(text).digest('base64');
/** Nothing but the one style of the page: no script, no picture, no address, no form. */
const POLICY = `default-src 'none'; style-src 'sha256-${hash(STYLE)}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

interface Body {
  /** Encoded once, not for each who asks. */
  readonly bytes: Buffer;
  readonly etag: string;
}

/** One state of the page with what was made of it so far. */
interface Loaded {
  readonly page: StatusPage;
  readonly asOf: string;
  readonly bodies: Map<string, Body>;
}

interface Kind {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null where it cannot be made. */
  write(shown: Shown): string | null;
}

const OPEN = { 'access-control-allow-origin': '*' };
const KINDS: readonly Kind[] = [
  {
    path: '/status',
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY },
    write: statusDocument,
  },
  {
    path: '/status.json',
    headers: { 'content-type': 'application/json; charset=utf-8', ...OPEN },
    write: statusJson,
  },
  {
    path: '/status.rss',
    headers: { 'content-type': 'application/rss+xml; charset=utf-8', ...OPEN },
    write: ({ page, url }) => (url === null ? null : statusRss(page, url)),
  },
];

/**
 * `GET /status`, `/status.json` and `/status.rss`: how the services are, for everybody; 404 where the spec makes nothing public.
 * Kept in memory: however many ask, the database is asked once every few seconds, and while it is away the last page goes on.
 *
 * @param age a clock that nobody moves; milliseconds
 */
export function statusPages(
  { verbs, spec, clock, log }: Pick<EdgeDeps, 'verbs' | 'spec' | 'clock' | 'log'>,
  age: () => number = () => performance.now(),
): (server: FastifyInstance) => void {
  const failed = (err: unknown) => {
    if (err instanceof DatabaseUnavailable) log.warn({ err }, 'the status page could not be brought up to date');
    else log.error({ err }, 'the status page could not be made');
  };
  const reading = (): (() => Promise<Remembered<Loaded | null> | null>) => {
    const days = remembered(verbs.statusDays, { fresh: DAYS_FRESH, ...DAYS_PATIENCE, age, failed });
    const load = async (): Promise<Loaded | null> => {
      const page = await verbs.showStatus((await days())?.value ?? []);
      const asOf = `${clock.now().toISOString().slice(0, 16)}:00.000Z`;
      return page === null ? null : { page, asOf, bodies: new Map() };
    };
    return remembered(load, { fresh: FRESH, ...PATIENCE, age, failed });
  };
  let known: { readonly spec: OperationsSpec; readonly read: ReturnType<typeof reading> } | null = null;

  const answer = (kind: Kind) => async (request: FastifyRequest, reply: FastifyReply) => {
    const current = spec.current();
    const nothing = { error: 'not_found', message: 'There is nothing at this address.' };
    if (current.status?.public !== true) return reply.code(404).send(nothing);
    // What another spec made public is not shown for a moment longer.
    if (known?.spec !== current) known = { spec: current, read: reading() };
    const found = await known.read();
    if (found === null || found.value === null) {
      const message = 'The status cannot be told right now; try again in a moment.';
      return reply.code(503).header('retry-after', '5').send({ error: 'unavailable', message });
    }
    const body = bodyOf(kind, found.value, found.stale);
    if (body === null) {
      const message = 'The feed needs an address of its own: set MAINSTAY_BASE_URL.';
      return reply.code(404).send({ error: 'not_found', message });
    }
    reply.headers({ ...kind.headers, etag: body.etag, 'cache-control': CACHE });
    if (isKnown(request, body.etag)) return reply.code(304).send();
    return reply.send(body.bytes);
  };

  const bodyOf = (kind: Kind, { page, asOf, bodies }: Loaded, stale: boolean): Body | null => {
    const at = `${kind.path} ${stale}`;
    const before = bodies.get(at);
    if (before !== undefined) return before;
    const text = kind.write({ page, asOf, stale, url: verbs.statusAddress()?.url ?? null });
    if (text === null) return null;
    const body = { bytes: Buffer.from(text), etag: `"${hash(text)}"` };
    bodies.set(at, body);
    return body;
  };

  return (server) => {
    for (const kind of KINDS) server.get(kind.path, answer(kind));
  };
}

/** RFC 9110, 13.1.2: tags are compared weakly, as a proxy that compresses makes them weak. */
function isKnown({ headers }: FastifyRequest, etag: string): boolean {
  const tags = headers['if-none-match']?.split(',') ?? [];
  return tags.some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
