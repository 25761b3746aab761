import { fromPrisma, PgBoss } from 'pg-boss';
import type { ActionJob, BackupJob, DrillJob, JobSender, PageJob, QueueName } from '../../usecases/jobs-port.ts';
import type { Logger } from '../../usecases/log.ts';
import { reaching } from '../postgres/faults.ts';
import { ONCE_SECONDS, QUEUES } from './queues.ts';

/** Connections of the queue at most, beside the one that listens: a notification wakes every worker, and none should wait. */
const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 5_000;
/** How often finished jobs are looked for to be deleted, in seconds. */
const MAINTENANCE_SECONDS = 300;

/** A transaction as pg-boss sees it: Prisma's, or anything that runs statements as it does. */
type Transaction = Parameters<typeof fromPrisma>[0];

type KnownQueue = Awaited<ReturnType<PgBoss['getQueues']>>[number];

/** The queue, as those see it who put jobs in. */
export interface Queue extends JobSender {
  readonly boss: PgBoss;
  /** One job for each promise, each action, each attempt of a page, each backup and each drill, inside the caller's transaction, in a statement each kind. They run once it commits. */
  enqueue(
    tx: Transaction,
    promises: readonly { readonly id: bigint; readonly lane: string }[],
    actions?: readonly ActionJob[],
    pages?: readonly PageJob[],
    backups?: readonly BackupJob[],
    drills?: readonly DrillJob[],
  ): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the queue in the schema `pgboss`, creating or migrating it first (several processes may do so at once).
 *
 * @param options.keep whether this process also keeps the queue in order (expiry, deletion); a short-lived command does not
 */
export async function openQueue(url: string, options: { keep: boolean; log: Logger }): Promise<Queue> {
  const { keep, log } = options;
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'mainstay-queue',
    schema: 'pgboss',
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    schedule: false,
    supervise: keep,
    maintenanceIntervalSeconds: MAINTENANCE_SECONDS,
    useListenNotify: keep,
  });
  // While the database is away every poll of every worker ends here; what waits is still there afterwards.
  boss.on('error', (err) => log.warn({ err }, 'the job queue had a fault and goes on'));
  boss.on('warning', ({ message, data }) => log.warn({ data }, `the job queue warns: ${message}`));
  await boss.start();
  const known = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  for (const name of Object.keys(QUEUES) as QueueName[]) await ensureQueue(boss, name, known.get(name));
  return {
    boss,
    enqueue: async (tx, promises, actions = [], pages = [], backups = [], drills = []) => {
      const deliveries = promises.map(({ lane }) => ({ data: { lane }, singletonKey: lane }));
      if (deliveries.length > 0) await boss.insert('slack', deliveries, { db: fromPrisma(tx) });
      const attempts = actions.map(({ run, attempt, lane }) => ({ data: { run, attempt }, singletonKey: lane }));
      if (attempts.length > 0) await boss.insert('actions', attempts, { db: fromPrisma(tx) });
      const sends = pages.map(({ page, attempt, lane }) => ({ data: { page, attempt }, singletonKey: lane }));
      if (sends.length > 0) await boss.insert('pages', sends, { db: fromPrisma(tx) });
      const made = backups.map(({ backup, lane }) => ({ data: { backup }, singletonKey: lane }));
      if (made.length > 0) await boss.insert('backups', made, { db: fromPrisma(tx) });
      const restored = drills.map(({ drill, lane }) => ({ data: { drill }, singletonKey: lane }));
      if (restored.length > 0) await boss.insert('drills', restored, { db: fromPrisma(tx) });
    },
    sendOnce: async (queue, key) => {
      await reaching(() => boss.send(queue, { key }, { singletonKey: key, singletonSeconds: ONCE_SECONDS }));
    },
    close: () => boss.stop({ graceful: false }),
  };
}

/**
 * Creates the queue, or gives an existing one the rules of this version; a queue's policy never changes. One that has them already
 * is left alone: at most starts that is all of them, and a start waits for this.
 */
async function ensureQueue(boss: PgBoss, name: QueueName, known: KnownQueue | undefined): Promise<void> {
  const { policy, ...rules } = QUEUES[name];
  const isAsWritten = (rule: string) => known?.[rule as keyof KnownQueue] === rules[rule as keyof typeof rules];
  if (known !== undefined && Object.keys(rules).every(isAsWritten)) return;
  await boss.createQueue(name, { ...rules, ...(policy && { policy }) });
  await boss.updateQueue(name, rules);
}
