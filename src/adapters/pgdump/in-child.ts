import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Manifest } from '../../domain/backup/manifest.ts';
import type { BackupJob, OnProgress } from './make.ts';
import type { WorkerWord } from './worker.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));
/** From asking it to stop to killing it, in milliseconds. */
const MOST_TO_END = 5_000;

/** No backup was made, for this reason. */
export class BackupFailed extends Error {
  override readonly name = 'BackupFailed';
  /** Whether the same may succeed later. */
  readonly passing: boolean;

  constructor(reason: string, passing: boolean) {
    super(reason);
    this.passing = passing;
  }
}

/**
 * Makes a backup in a process of its own (see `makeBackup`).
 *
 * @param stop ends it; then nothing of it is left
 * @throws BackupFailed; what `stop` was given as its reason
 */
export async function makeInChild(job: BackupJob, stop: AbortSignal, onProgress: OnProgress): Promise<Manifest> {
  stop.throwIfAborted();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', WORKER], {
    // Of Mainstay's environment it sees what its programs need.
    env: { ...job.environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let last: WorkerWord | null = null;
  child.on('message', (word) => {
    last = word as WorkerWord;
    if (last.kind === 'progress') onProgress(last.bytes);
  });
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(signal ?? `${code}`));
  });
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    child.kill('SIGTERM');
    timer = setTimeout(() => child.kill('SIGKILL'), MOST_TO_END);
  };
  stop.addEventListener('abort', end, { once: true });
  try {
    child.send(job);
    const how = await ended;
    const manifest = manifestIn(last);
    // One that was done before it heard is done.
    if (manifest !== null) return manifest;
    stop.throwIfAborted();
    const failed = failureIn(last);
    throw new BackupFailed(failed?.reason ?? `the process that made it was ended (${how})`, failed?.passing ?? true);
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', end);
  }
}

const manifestIn = (word: WorkerWord | null) => (word?.kind === 'made' ? word.manifest : null);

const failureIn = (word: WorkerWord | null) => (word?.kind === 'failed' ? word : null);
