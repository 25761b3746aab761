import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StorePlace } from '../../domain/backup/place.ts';
import { type BackupCopies, CopyFailed } from '../../usecases/backup-copies-port.ts';
import type { StorageJob, StorageOrder, StorageResults, StorageWord } from './worker.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** Parts that were sent are let go of soon: 196 MB at most for 600 MB to S3, and 219 without (measured). */
const LEAN = ['--max-semi-space-size=1'];

/**
 * Copies of backups, each job in a process of its own.
 *
 * @param environment what that process finds around it; none of Mainstay's secrets
 */
export function copiesInChild(environment: Readonly<Record<string, string>>): BackupCopies {
  const never = new AbortController().signal;
  const run = <Kind extends StorageJob['kind']>(
    place: StorePlace,
    job: Extract<StorageJob, { kind: Kind }>,
    stop = never,
  ) => inChild({ place, job }, environment, stop) as Promise<StorageResults[Kind]>;
  return {
    copy: async (place, { root, backup, id, keepUntil }, stop) => {
      const folder = join(root, backup, id);
      const job = { kind: 'copy', folder, keepUntil: keepUntil?.toISOString() ?? null } as const;
      const { bytes, lockedUntil } = await run<'copy'>(place, job, stop);
      return { bytes, lockedUntil: lockedUntil === null ? null : new Date(lockedUntil) };
    },
    read: (place, backup, ids, stop) => run<'read'>(place, { kind: 'read', backup, ids }, stop),
    remove: async (place, backup, id) => {
      await run<'remove'>(place, { kind: 'remove', backup, id });
    },
    survey: (place, backups, sweepBefore) =>
      run<'survey'>(place, { kind: 'survey', backups, sweepBefore: sweepBefore.toISOString() }),
  };
}

async function inChild(
  order: StorageOrder,
  environment: Readonly<Record<string, string>>,
  stop: AbortSignal,
): Promise<StorageResults[keyof StorageResults]> {
  stop.throwIfAborted();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...LEAN, WORKER], {
    env: { ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let word: StorageWord | null = null;
  child.on('message', (said) => {
    word = said as StorageWord;
  });
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(signal ?? `${code}`));
  });
  // What it has begun to send is ended by the store, after a day, or gone on with.
  const end = () => child.kill('SIGKILL');
  stop.addEventListener('abort', end, { once: true });
  try {
    child.send(order);
    return resultIn(word ?? (await ended.then((how) => word ?? how)), stop);
  } finally {
    stop.removeEventListener('abort', end);
  }
}

function resultIn(end: StorageWord | string, stop: AbortSignal): StorageResults[keyof StorageResults] {
  if (typeof end === 'object' && end.kind === 'done') return end.result;
  stop.throwIfAborted();
  throw new CopyFailed(typeof end === 'object' ? end.reason : `the process that did it was ended (${end})`);
}
