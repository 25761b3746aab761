import { hash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodType } from 'zod';
import type { AlertNotification, AlertSource } from '../../src/domain/alert/notification.ts';
import { Overloaded } from '../../src/usecases/alert-port.ts';
import { DatabaseUnavailable } from '../../src/usecases/errors.ts';
import { genericBody } from '../alert-body.ts';
import { alertmanagerBody, grafanaBody } from '../alertmanager-body.ts';
import type { Verbs } from '../verbs.ts';

/** Largest body, in bytes: a group of 500 alerts is a quarter of a megabyte. */
const BODY_LIMIT = 8 * 1024 * 1024;
/** In seconds; Alertmanager has a rhythm of its own and does not read it. */
const RETRY_AFTER = 5;

interface AlertHooks {
  readonly verbs: Pick<Verbs, 'receiveAlerts'>;
  /** HOOK_SECRET; null answers 401 to everybody. */
  readonly secret: string | null;
  /** Told of alerts that were stored. */
  readonly received: (source: AlertSource, alerts: number) => void;
}

/**
 * `POST /hooks/alertmanager`, `/hooks/grafana` and `/hooks/alert`: 401 without the secret, 400 with what is wrong in the body,
 * 204 once everything is stored, 503 while it cannot be: Alertmanager tells again after 5xx, and not before its next group
 * interval after 4xx, 429 included. Never a redirect: it would be followed without the body and count as delivered.
 */
export function alertHooks({ verbs, secret, received }: AlertHooks): (server: FastifyInstance) => void {
  const hook = (body: ZodType<AlertNotification>) => async (request: FastifyRequest, reply: FastifyReply) => {
    const read = body.safeParse(request.body);
    if (!read.success) {
      const [issue] = read.error.issues;
      const where = issue === undefined || issue.path.length === 0 ? 'the body' : issue.path.join('.');
      return reply.code(400).send({ error: 'bad_request', message: `${where}: ${issue?.message ?? 'cannot be read'}` });
    }
    try {
      await verbs.receiveAlerts(read.data);
    } catch (error) {
      if (!(error instanceof Overloaded || error instanceof DatabaseUnavailable)) throw error;
      return reply
        .code(503)
        .header('retry-after', RETRY_AFTER)
        .send({ error: 'unavailable', message: `${error.message} Nothing was stored; send it again.` });
    }
    received(read.data.source, read.data.alerts.length);
    return reply.code(204).send();
  };

  const expected = secret === null ? null : digest(secret);
  /** Before the body is read: whoever may not send is not read. */
  const guard = async ({ headers }: FastifyRequest, reply: FastifyReply) => {
    if (hasSecret(headers.authorization, expected)) return;
    const message = 'Send the header "Authorization: Bearer" with the value of HOOK_SECRET.';
    return reply.code(401).header('www-authenticate', 'Bearer').send({ error: 'unauthorized', message });
  };

  return (server) => {
    const options = { bodyLimit: BODY_LIMIT, onRequest: guard };
    server.post('/hooks/alertmanager', options, hook(alertmanagerBody));
    server.post('/hooks/grafana', options, hook(grafanaBody));
    server.post('/hooks/alert', options, hook(genericBody));
  };
}

/**
 * Whether the header is `Bearer <secret>`, compared in constant time. Never, where no secret is set: an open hook would let
 * anybody wake the team.
 */
function hasSecret(authorization: string | undefined, expected: Buffer | null): boolean {
  const given = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  if (given === undefined || expected === null) return false;
  return timingSafeEqual(digest(given), expected);
}

/** Of one length, whatever was given. */
function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
