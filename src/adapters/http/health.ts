import type { FastifyInstance } from 'fastify';
import type { Logger } from '../../usecases/log.ts';

/** What the health routes ask. */
export interface HealthSource {
  readonly version: string;
  now(): Date;
  /** How Slack reaches this process, and when it last did. */
  slack(): { readonly mode: string; readonly state: string; readonly lastEventAt: Date | null };
  /** Rejects when the database does not answer. */
  database(): Promise<void>;
  /** Everything that must hold before traffic is welcome, each with the sentence to show when it does not. */
  ready(): Promise<readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[]>;
}

/** A database that has not answered within this time, in milliseconds, counts as not answering. */
const DATABASE_PATIENCE = 2_000;

/**
 * `/health`: the process is alive, whatever its database or Slack do, so that a supervisor does not restart it for somebody
 * else's outage. `/health/db` and `/health/ready` answer 503 when the database, or anything needed for work, is missing.
 */
export function healthRoutes(server: FastifyInstance, source: HealthSource, log: Logger): void {
  server.get('/health', async () => {
    const { mode, state, lastEventAt } = source.slack();
    const lastEventAgeSeconds =
      lastEventAt === null ? null : Math.max(0, Math.round((source.now().getTime() - lastEventAt.getTime()) / 1000));
    return { status: 'ok', version: source.version, slack: { mode, state, lastEventAgeSeconds } };
  });

  server.get('/health/db', async (_request, reply) => {
    try {
      await within(DATABASE_PATIENCE, source.database());
      return { status: 'ok' };
    } catch (error) {
      log.warn({ err: error }, 'database health check failed');
      return reply.code(503).send({ status: 'failed', message: 'The database does not answer.' });
    }
  });

  server.get('/health/ready', async (_request, reply) => {
    const checks = await within(DATABASE_PATIENCE, source.ready()).catch((error: Error) => [
      { name: 'answer', ok: false, detail: error.message },
    ]);
    const ok = checks.every((check) => check.ok);
    return reply.code(ok ? 200 : 503).send({ status: ok ? 'ok' : 'failed', checks });
  });
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
