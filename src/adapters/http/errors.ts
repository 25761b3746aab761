import { randomBytes } from 'node:crypto';
import type { FastifyError, FastifyInstance } from 'fastify';
import type { Logger } from '../../usecases/log.ts';

/** On every answer of our own routes; a page that needs more sets its own policy. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};

interface KnownRoute {
  readonly path: string;
  readonly method: string;
}

/**
 * Gives the server its answers for what it does not serve: 404 for an unknown path, 405 with `Allow` for a known path and
 * another method, 4xx with the reason for a request that cannot be read, 500 with a reference that the log has too.
 * Must be called before the routes. `elsewhere` are routes served outside fastify.
 */
export function describeErrors(server: FastifyInstance, log: Logger, elsewhere: readonly KnownRoute[]): void {
  const routes: { matches: RegExp; method: string }[] = elsewhere.map(({ path, method }) => ({
    matches: patternOf(path),
    method,
  }));
  server.addHook('onRoute', ({ url, method }) => {
    const matches = patternOf(url);
    for (const one of [method].flat()) routes.push({ matches, method: one });
  });

  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const allowed = [...new Set(routes.filter(({ matches }) => matches.test(path)).map(({ method }) => method))];
    if (allowed.length === 0) {
      return reply.code(404).send({ error: 'not_found', message: 'There is nothing at this address.' });
    }
    const message = `This address answers ${allowed.join(', ')} only, not ${request.method}.`;
    return reply.code(405).header('allow', allowed.join(', ')).send({ error: 'method_not_allowed', message });
  });

  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500) {
      return reply.code(status).send({ error: 'bad_request', message: error.message });
    }
    const reference = randomBytes(4).toString('hex');
    log.error(
      { err: error, ref: reference, method: request.method, route: request.routeOptions.url },
      'http request failed',
    );
    const message = `Something failed, reference ${reference}.`;
    return reply.code(500).send({ error: 'internal', message, reference });
  });
}

/** A route's path as a pattern: `:name` is one segment, a final `*` is the rest. */
function patternOf(path: string): RegExp {
  const source = path
    .split('/')
    .map((segment) => {
      if (segment === '*') return '.*';
      return segment.startsWith(':') ? '[^/]+' : segment.replace(/[.+?^${}()|[\]\\*]/g, '\\$&');
    })
    .join('/');
  return new RegExp(`^${source}$`);
}
