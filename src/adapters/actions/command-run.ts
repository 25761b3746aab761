import { type ChildProcess, spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reveal } from '../../domain/spec/secret.ts';
import type { Action, ActionOutcome } from '../../usecases/action-port.ts';
import type { KeeperWord } from './command-keeper.ts';
import { endsOf } from './ends-of.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const KEEPER = fileURLToPath(new URL('./command-keeper.ts', import.meta.url));

/** What every program needs to find its way. */
const ALWAYS = ['PATH', 'HOME', 'LANG', 'TZ'];
/** From asking a command to end to killing it, in milliseconds. */
const MOST_TO_END = 5_000;
/** What the group had written is read in this time after its end, in milliseconds. */
const MOST_TO_READ = 1_000;

/**
 * Runs a program in the folder of a repository: the arguments are the spec's, given as they are and read by no shell; of
 * Mainstay's environment it sees what the duty names. It has failed when it ends with anything but 0. When its time is up
 * its whole process group is ended. A process that has left the group (`setsid`) is not known to us and lives on: only what
 * it still writes is not waited for.
 *
 * @param env the environment that names are looked up in
 */
export function commandRun(env: Environment): Action<'command.run'> {
  return async ({ argv, environment }, target, { signal, mode }) => {
    if (target === null) throw new Error('command.run was given no target');
    const folder = reveal(target.url);
    const what = `${argv.join(' ')} in ${target.title}`;
    if (!/^\.{0,2}\//.test(folder))
      return couldNotRun(`${target.title} is an address; a command needs a folder on this machine`);
    if (!(await isFolder(folder))) return couldNotRun(`The folder of ${target.title} is not there`);
    if (mode === 'preview') return { outcome: 'succeeded', summary: `${what} would run`, output: '' };
    if (signal.aborted) return couldNotRun('It was stopped before it began');
    const names = [...new Set([...ALWAYS, ...environment])];
    const known = names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
    const { word, output } = await keep(argv, resolve(folder), Object.fromEntries(known), signal);
    return outcomeOf(word, what, output);
  };
}

async function isFolder(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => null);
  return found?.isDirectory() === true;
}

/** Runs it under a keeper, until all of its group is gone; who has left the group is not waited for. */
async function keep(argv: readonly string[], cwd: string, env: Record<string, string>, signal: AbortSignal) {
  const keeper = spawn(process.execPath, [KEEPER, ...argv], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output = endsOf();
  keeper.stdout?.on('data', output.add);
  keeper.stderr?.on('data', output.add);
  let word: KeeperWord | null = null;
  // Only our own keeper has the other end of this.
  keeper.on('message', (said) => {
    word = said as KeeperWord;
  });
  let drained: NodeJS.Timeout | undefined;
  const ended = Promise.withResolvers<void>();
  keeper.on('error', (error) => {
    word = { refused: error.message };
    ended.resolve();
  });
  // What it left behind in its group would keep the output open.
  keeper.on('exit', () => {
    killGroup(keeper, 'SIGKILL');
    // So would what has left the group; what was written before is read first.
    drained = setTimeout(() => {
      keeper.stdout?.destroy();
      keeper.stderr?.destroy();
    }, MOST_TO_READ);
  });
  keeper.on('close', () => ended.resolve());

  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    killGroup(keeper, 'SIGTERM');
    timer = setTimeout(() => killGroup(keeper, 'SIGKILL'), MOST_TO_END);
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  await ended.promise;
  signal.removeEventListener('abort', stop);
  clearTimeout(timer);
  clearTimeout(drained);
  return { word, output: output.text() };
}

function killGroup({ pid }: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function outcomeOf(word: KeeperWord | null, what: string, output: string): ActionOutcome {
  if (word === null) return { outcome: 'failed', summary: `${what} was killed`, output };
  if ('refused' in word) return { ...couldNotRun(`${what} could not be started: ${word.refused}`), output };
  if ('killed' in word) return { outcome: 'failed', summary: `${what} was ended by ${word.killed}`, output };
  const outcome = word.ended === 0 ? 'succeeded' : 'failed';
  return { outcome, summary: `${what} ended with ${word.ended}`, output };
}

function couldNotRun(summary: string): ActionOutcome {
  return { outcome: 'could-not-run', summary, output: '' };
}
