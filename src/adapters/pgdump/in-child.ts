import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Manifest } from '../../domain/backup/manifest.ts';
import type { BackupJob, OnProgress } from './make.ts';
import type { WorkerWord } from './worker.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));
/** From asking it to stop, or from its last word, to killing it, in milliseconds: it has programs to end and a folder to clear. */
const MOST_TO_END = 10_000;

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
    // What is typed in Mainstay's terminal is not for it, nor for its programs: it hears when Mainstay is gone.
    detached: true,
  });
  let timer: NodeJS.Timeout | undefined;
  const endSoon = () => {
    timer ??= setTimeout(() => killAll(child), MOST_TO_END);
  };
  let last: WorkerWord | null = null;
  child.on('message', (word) => {
    last = word as WorkerWord;
    if (last.kind === 'progress') onProgress(last.bytes);
    else endSoon();
  });
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(signal ?? `${code}`));
  });
  const end = () => {
    child.kill('SIGTERM');
    endSoon();
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

/** With its programs: it leads a group of its own. */
function killAll({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It was gone a moment before.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

const manifestIn = (word: WorkerWord | null) => (word?.kind === 'made' ? word.manifest : null);

const failureIn = (word: WorkerWord | null) => (word?.kind === 'failed' ? word : null);
