import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { BeatSaid } from '../../src/domain/health/beat.ts';
import { DatabaseUnavailable } from '../../src/usecases/errors.ts';
import type { EdgeDeps } from '../deps.ts';

const params = z.object({ token: z.string() });

const SAID: Readonly<Record<string, BeatSaid>> = { '': 'finished', '/start': 'started', '/fail': 'failed' };

/**
 * `GET|POST /beat/:token`, `/start` and `/fail`: work elsewhere says that it began, ended or failed. 404 for whatever is no
 * address of a heartbeat; 503 when it could not be written down, so that the caller tries again.
 */
export function beatHook({ verbs }: Pick<EdgeDeps, 'verbs'>): (server: FastifyInstance) => void {
  const hear = (said: BeatSaid) => async (request: FastifyRequest, reply: FastifyReply) => {
    const { token } = params.parse(request.params);
    try {
      if (await verbs.hearBeat({ token, said })) return reply.send({ status: 'ok' });
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
      const message = 'The database cannot be reached right now; try again.';
      return reply.code(503).header('retry-after', '5').send({ error: 'unavailable', message });
    }
    return reply.code(404).send({ error: 'not_found', message: 'There is nothing at this address.' });
  };
  return (server) =>
    void server.register(async (beats) => {
      // Whatever programs send along, of whatever type, says nothing here.
      beats.removeAllContentTypeParsers();
      beats.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null));
      for (const [end, said] of Object.entries(SAID)) {
        beats.route({ method: ['GET', 'POST'], url: `/beat/:token${end}`, handler: hear(said) });
      }
    });
}
