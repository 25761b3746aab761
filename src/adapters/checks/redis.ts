import type { Redis } from 'ioredis';
import { type Bounded, boundsProblem } from '../../domain/health/bounds.ts';
import type { RedisQuestion } from '../../domain/spec/check-questions.ts';
import { CouldNotTell, Failing, failing, type Look, ok } from './look.ts';

/** How a Redis server is: that it answers, its memory, its replication. */
export const lookAtRedis: Look<'redis'> = async (check, { address, signal }) => {
  let fault: unknown;
  // The driver tells those who wait only that the connection is closed; why, it says here.
  const redis = await opened(address(check.target), (error) => {
    fault ??= error;
  });
  const disconnect = () => redis.disconnect();
  signal.addEventListener('abort', disconnect, { once: true });
  try {
    await redis.connect();
    await redis.ping();
    const info = readInfo(await redis.info());
    const { bounded, figures } = measured(check, info);
    const problem = boundsProblem(bounded);
    return problem === null ? ok('answers', figures) : failing(problem, figures);
  } catch (error) {
    throw told(fault ?? error);
  } finally {
    signal.removeEventListener('abort', disconnect);
    disconnect();
  }
};

/** Loaded by the first look: most installations have no Redis. */
async function opened(address: string, hear: (fault: unknown) => void): Promise<Redis> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(address, {
    lazyConnect: true,
    retryStrategy: () => null,
    reconnectOnError: null,
    maxRetriesPerRequest: 0,
    enableReadyCheck: false,
    disableClientInfo: true,
    connectionName: 'mainstay-check',
  });
  redis.on('error', hear);
  return redis;
}

type Info = Readonly<Record<string, string>>;

function readInfo(text: string): Info {
  const lines = text.split(/\r?\n/).map((line) => /^(\w+):(.*)$/.exec(line));
  return Object.fromEntries(lines.flatMap((found) => (found === null ? [] : [[found[1] ?? '', found[2] ?? '']])));
}

function measured({ memory, replicas, replicationLag }: RedisQuestion, info: Info) {
  const number = (name: string) => Number(info[name] ?? 0);
  const [used, allowed, followers] = [number('used_memory'), number('maxmemory'), number('connected_slaves')];
  if (memory?.than.quantity === 'percent' && allowed === 0) {
    throw new CouldNotTell('it has no maxmemory that a share could be of; write the bound as a size');
  }
  const bounded: Bounded[] = [
    { what: 'memory', limit: memory, figure: memory?.than.quantity === 'percent' ? (100 * used) / allowed : used },
    { what: 'replicas', limit: replicas, figure: followers },
  ];
  const figures = { memory: used, memoryAllowed: allowed, replicas: followers };
  const isReplica = info['role'] === 'slave';
  if (isReplica && info['master_link_status'] !== 'up')
    throw new Failing('is a replica that has lost the one it follows');
  if (replicationLag === undefined) return { bounded, figures };
  if (!isReplica) throw new Failing('is no replica: it follows nobody');
  const lag = number('master_last_io_seconds_ago') * 1000;
  return {
    bounded: [...bounded, { what: 'replication lag', limit: replicationLag, figure: lag }],
    figures: { ...figures, replicationLag: lag },
  };
}

function told(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (/^(NOAUTH|WRONGPASS|NOPERM|ERR (invalid password|AUTH))/.test(error.message)) {
    return new CouldNotTell('Redis does not take the user or password');
  }
  if (/^LOADING/.test(error.message)) return new Failing('is still loading its data');
  if (/^(MASTERDOWN|MISCONF)/.test(error.message)) return new Failing(`answers ${error.message.split(' ')[0] ?? ''}`);
  if (/^Connection is closed/.test(error.message)) return new Failing('closed the connection');
  return error;
}
