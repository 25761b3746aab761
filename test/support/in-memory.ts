import { existsSync, statfsSync } from 'node:fs';

const MEMORY = '/dev/shm';
/** More than a run ever keeps at a time: its databases, the homes of its apps, the profiles of its browsers. */
const ENOUGH_BYTES = 4 * 1024 ** 3;

/**
 * From here on the temporary files of this process, and of those it starts, are in memory where the system offers enough and
 * nobody said otherwise. The tests make and delete some hundred thousand files, most of them of databases, and an ext4
 * without a journal looks at all it deleted in the last minutes for each new one.
 */
export function keepFilesInMemory(): void {
  if (process.env['TMPDIR'] === undefined && offers(MEMORY, ENOUGH_BYTES)) process.env['TMPDIR'] = MEMORY;
}

function offers(folder: string, bytes: number): boolean {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= bytes;
}
