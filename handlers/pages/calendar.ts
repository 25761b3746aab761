import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { EdgeDeps } from '../deps.ts';

const params = z.object({ team: z.string() });
const query = z.object({ key: z.string().max(200).catch('') });

/** What a calendar was when it was last asked for, and since when it has been that. */
interface Known {
  readonly etag: string;
  readonly since: Date;
}

/**
 * `GET /calendar/:team.ics`: a team's duties for calendar programs. 401 without the signature its links carry and for
 * a team the spec does not have, 304 for a program that has it already.
 */
export function calendarPage({ verbs, clock }: Pick<EdgeDeps, 'verbs' | 'clock'>): (server: FastifyInstance) => void {
  const known = new Map<string, Known>();

  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const { team } = params.parse(request.params);
    const feed = await verbs.calendarFeed({ team, signature: query.parse(request.query).key });
    if (!feed.ok) {
      return reply
        .code(401)
        .header('www-authenticate', 'Mainstay-Link realm="calendar"')
        .type('text/plain; charset=utf-8')
        .send(`${feed.refusal.message}\n`);
    }
    const etag = `"${createHash('sha256').update(feed.value).digest('base64url')}"`;
    const { since } = seen(team, etag);
    reply.headers({ etag, 'last-modified': since.toUTCString(), 'cache-control': 'private, no-cache' });
    if (isSame(request, etag, since)) return reply.code(304).send();
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', `inline; filename="${team}.ics"`)
      .send(feed.value);
  };

  /** A calendar counts as changed when somebody first gets it differently: no earlier, so nobody misses a change. */
  const seen = (team: string, etag: string): Known => {
    const before = known.get(team);
    if (before?.etag === etag) return before;
    const now = { etag, since: clock.now() };
    known.set(team, now);
    return now;
  };

  return (server) => void server.get('/calendar/:team.ics', answer);
}

/** RFC 9110, 13.2.2: If-None-Match decides where it is sent; dates have whole seconds. */
function isSame({ headers }: FastifyRequest, etag: string, since: Date): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) {
    return tags.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
  }
  const modifiedSince = Date.parse(headers['if-modified-since'] ?? '');
  return Math.floor(since.getTime() / 1000) * 1000 <= modifiedSince;
}
