import type { FastifyInstance } from 'fastify';
import type { OwnHealth, OwnPartName } from '../../domain/own/judge.ts';
import { shortHash } from '../../domain/spec/in-force.ts';
import type { Logger } from '../../usecases/log.ts';
import type { OwnReport } from '../../usecases/own-port.ts';

/** What the health routes ask. */
export interface HealthSource {
  readonly version: string;
  /** Everything this instance can measure about itself. Asked often, it answers from a moment ago. */
  own(): Promise<OwnReport>;
  /** Rejects when the database does not answer. */
  database(): Promise<void>;
  /** Everything that must hold before traffic is welcome, each with the sentence to show when it does not. */
  ready(): Promise<readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[]>;
}

/** A database that has not answered within this time, in milliseconds, counts as not answering. */
const DATABASE_PATIENCE = 2_000;

/**
 * `/health`: how this instance is, part by part. It answers 200 whatever its database or Slack do, so that a supervisor does
 * not restart it for somebody else's outage; 503 only when its own work has stopped, which a restart mends. `/health/db` and
 * `/health/ready` answer 503 when the database, or anything needed for work, is missing.
 */
export function healthRoutes(server: FastifyInstance, source: HealthSource, log: Logger): void {
  server.get('/health', async (_request, reply) => {
    const report = await source.own();
    return reply.code(mendedByRestart(report.health) ? 503 : 200).send(healthJson(report, source.version));
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

function mendedByRestart({ parts }: OwnHealth): boolean {
  return parts.some(({ name, status }) => name === 'work' && status === 'failing');
}

/** What `/health` says; docs/runbook.md explains it. Figures of a database that does not answer are null. */
function healthJson({ facts, health }: OwnReport, version: string) {
  const { slack, database, disks, spec } = facts;
  const figures: Record<OwnPartName, object> = {
    database: { answerMs: database && Math.round(database.answerMs) },
    slack: { mode: slack.mode, state: slack.state, lastEventAgeSeconds: wholeSeconds(slack.lastEventAgeMs) },
    queue: {
      pendingDeliveries: database?.deliveries.pending ?? null,
      oldestDeliverySeconds: wholeSeconds(database?.deliveries.oldestMs ?? null),
      undeliverable: database?.deliveries.undeliverable ?? null,
      dueJobs: database?.jobs.map(({ queue, count, oldestMs }) => ({
        queue,
        count,
        oldestSeconds: wholeSeconds(oldestMs),
      })),
    },
    work: { lastTickAgeSeconds: wholeSeconds(facts.sinceTickMs) },
    clock: {
      databaseAheadMs: database && Math.round(database.aheadMs),
      slackAheadMs: facts.slackAheadMs === null ? null : Math.round(facts.slackAheadMs),
    },
    disk: Object.fromEntries(disks.map(({ place, freeBytes, totalBytes }) => [place, { freeBytes, totalBytes }])),
    spec: { name: spec.name, hash: shortHash(spec.hash) },
  };
  const parts = health.parts.map(({ name, status, reason, detail }) => [
    name,
    { status, reason, detail, ...figures[name] },
  ]);
  return { status: health.status, version, instances: database?.instances ?? null, ...Object.fromEntries(parts) };
}

function wholeSeconds(ms: number | null): number | null {
  return ms === null ? null : Math.floor(ms / 1000);
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
