import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import type { CommandQuestion } from '../../domain/spec/check-questions.ts';
import { codeOf } from './fault-words.ts';
import { CouldNotTell, failing, type Look, ok } from './look.ts';

/** Most that is kept of what a program prints; in bytes. */
const MOST_KEPT = 64 * 1024;

/** How a program ends, and what it prints; its output is never shown, because it may hold anything. */
export const lookAtCommand: Look<'command'> = async (check, { env, signal }) => {
  await access(check.folder).catch(() => {
    throw new CouldNotTell('the folder it is to run in cannot be reached');
  });
  const { code, killedBy, printed } = await ended(check, env, signal);
  if (code === null) return failing(`was ended by ${killedBy ?? 'a signal'}`);
  if (code !== check.exit) return failing(`ended with ${code} instead of ${check.exit}`, { exit: code });
  if (check.prints !== undefined && !new RegExp(check.prints, 'mu').test(printed)) {
    return failing(`printed nothing like ${check.prints}`, { exit: code });
  }
  return ok(`ended with ${code}`, { exit: code });
};

interface Ended {
  readonly code: number | null;
  readonly killedBy: string | null;
  readonly printed: string;
}

function ended(
  { argv: [program = '', ...args], folder, pass }: CommandQuestion,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<Ended> {
  const given = Object.fromEntries(pass.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
  return new Promise((resolve, reject) => {
    // A group of its own, so that what it starts ends with it.
    const child = spawn(program, args, {
      cwd: folder,
      env: given,
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    const kill = () => {
      if (child.pid !== undefined) endGroup(child.pid);
    };
    if (signal.aborted) kill();
    signal.addEventListener('abort', kill, { once: true });
    const chunks: Buffer[] = [];
    let kept = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      if (kept < MOST_KEPT) chunks.push(chunk);
      kept += chunk.length;
    });
    child.on('error', (error) => reject(told(error)));
    child.on('close', (code, killedBy) => {
      signal.removeEventListener('abort', kill);
      resolve({ code, killedBy, printed: Buffer.concat(chunks).toString('utf8', 0, MOST_KEPT) });
    });
  });
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    // It ended by itself meanwhile.
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

function told(error: Error): Error {
  const code = codeOf(error);
  if (code === 'ENOENT') return new CouldNotTell('the program is not on this machine');
  return code === 'EACCES' ? new CouldNotTell('Mainstay may not run the program') : error;
}
