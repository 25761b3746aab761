import { constants, createReadStream, createWriteStream } from 'node:fs';
import { access, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { DestinationStream } from 'pino';
import { makeFolder } from '../files/folder.ts';

const HOUR = 60 * 60 * 1000;
const KEPT = 30 * 24 * HOUR;
const OURS = /^mainstay\.(\d{4})-(\d{2})-(\d{2})\.\d+\.log(?:\.gz(?:\.\d+\.partial)?)?$/;

/**
 * Opens today's log file in the folder (made if need be), and a new one at each midnight of the machine's time zone:
 * `mainstay.2026-11-21.1.log`, readable by its owner only. `onFault` hears of lines that could not be written, such as
 * when the disk is full; the process goes on without them.
 * @throws a sentence when the folder cannot be made or written to
 */
export async function openLogFiles(dir: string, onFault: (error: Error) => void): Promise<DestinationStream> {
  // Loaded here because it costs 150 ms, which a start without log files should not pay.
  const { default: openRolling } = await import('pino-roll');
  try {
    await makeFolder(dir, 0o700);
    await access(dir, constants.W_OK | constants.X_OK);
    const stream = await openRolling({
      file: join(dir, 'mainstay.log'),
      frequency: 'daily',
      dateFormat: 'yyyy-MM-dd',
      mode: 0o600,
      sync: true,
    });
    stream.on('error', onFault);
    return stream;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`LOG_DIR should be a folder that Mainstay may write to, and ${dir} is not: ${reason}.`, { cause });
  }
}

/**
 * Compresses log files of days that are over and deletes those that ended more than 30 days before `now`. To be run
 * at start and once a day. A crash at any point loses nothing: a file is only removed once its compressed form is on
 * disk under its final name, and the next run starts over.
 */
export async function tidyLogFiles(dir: string, now: Date): Promise<{ compressed: string[]; deleted: string[] }> {
  const compressed: string[] = [];
  const deleted: string[] = [];
  for (const name of (await readdir(dir)).sort()) {
    const [, year, month, day] = OURS.exec(name) ?? [];
    if (day === undefined) continue;
    const over = now.getTime() - new Date(Number(year), Number(month) - 1, Number(day) + 1).getTime();
    if (over > KEPT) {
      await rm(join(dir, name), { force: true });
      deleted.push(name);
    } else if (name.endsWith('.log') && over >= HOUR) {
      // An hour's grace: whoever writes may open the new day's file a little late.
      await compress(join(dir, name));
      compressed.push(name);
    }
  }
  return { compressed, deleted };
}

async function compress(file: string): Promise<void> {
  const partial = `${file}.gz.${process.pid}.partial`;
  await pipeline(createReadStream(file), createGzip(), createWriteStream(partial, { mode: 0o600, flush: true }));
  await rename(partial, `${file}.gz`);
  await rm(file, { force: true });
}
