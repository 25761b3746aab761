import { execFile } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { notThere } from '../files/missing.ts';
import { runAs } from '../postgres/cluster.ts';
import { bareEnvironment, serviceUser } from '../postgres/service-user.ts';

/** Ours: the process that uses it, when that was begun (its number is given to others later), and something of its own. */
const NAME = /^drill-(\d+)-(\d+)-/;

/** What the folder of a scratch cluster of this process begins with. */
export async function scratchPrefix(): Promise<string> {
  return `drill-${process.pid}-${(await bornAt(process.pid)) ?? 0}-`;
}

/**
 * Takes away what drills left behind that were killed: their servers, and with them every row they had restored.
 *
 * @returns the folders that were taken away
 */
export async function sweepScratch(root: string, pgCtl: string): Promise<string[]> {
  const names = (await readdir(root).catch(notThere)) ?? [];
  const swept: string[] = [];
  for (const name of names) {
    const [, pid, born] = NAME.exec(name) ?? [];
    if (pid === undefined || (await lives(Number(pid), Number(born)))) continue;
    await removeScratch(join(root, name), pgCtl);
    swept.push(name);
  }
  return swept;
}

/** Stops the server of a folder, if one runs there, and removes all there is. @param pgCtl null where no server was started */
export async function removeScratch(folder: string, pgCtl: string | null): Promise<void> {
  const data = join(folder, 'data');
  const running = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(notThere);
  if (running !== null && pgCtl !== null) {
    const user = await serviceUser(folder);
    // Nothing in it is worth a checkpoint. That it had died already is well.
    await promisify(execFile)(pgCtl, ['stop', '-D', data, '-m', 'immediate', '-w'], {
      ...runAs(user),
      cwd: '/',
      env: bareEnvironment,
    }).catch(() => undefined);
  }
  await rm(folder, { recursive: true, force: true });
}

async function lives(pid: number, born: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
  }
  const found = await bornAt(pid);
  return found === null || Number(found) === born;
}

/** In ticks since the machine was started; null where there is no way to ask. */
async function bornAt(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // The name before it may contain anything, even blanks and brackets.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}
