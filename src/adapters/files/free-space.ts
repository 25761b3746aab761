import { statfs } from 'node:fs/promises';

/** Room on the disk a folder is on, in bytes: free for this user, and in all. @throws when there is no such folder */
export async function freeSpace(folder: string): Promise<{ readonly freeBytes: number; readonly totalBytes: number }> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}
