import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { codeOf } from './fault-words.ts';
import { CouldNotTell } from './look.ts';

/** Most that one look reads; a log that grows faster is caught up with by the next ones. In bytes. */
const MOST_READ = 16 * 1024 * 1024;
/** So much of a file's beginning tells it from the one that takes its name. In bytes. */
const HEAD = 256;

/** Where reading stopped: how far, and in which file by its beginning. A number of an inode is used again; a beginning is not. */
const place = z.object({ offset: z.number(), head: z.object({ length: z.number(), digest: z.string() }) });
export type Place = z.infer<typeof place>;

const notesWithPlace = z.object({ place });

/**
 * Gives every whole line since the last look. The first look only takes its place at the end. Where the file has been
 * rotated away, what was left of the old one comes first, as long as it lies beside the new one uncompressed.
 * @param notes what was kept of the last look
 * @returns the new place
 * @throws CouldNotTell where there is no such log
 */
export async function readNewLines(
  folder: string,
  file: string,
  notes: unknown,
  signal: AbortSignal,
  take: (line: string) => void,
): Promise<Place> {
  const known = notesWithPlace.safeParse(notes);
  const path = join(folder, file);
  return withFile(path, async (handle) => {
    const { size } = await handle.stat();
    if (!known.success) return placeAt(handle, size);
    const last = known.data.place;
    // An empty beginning is no beginning: what had no line yet is the same file, or one nobody has read.
    if (await begins(handle, last)) {
      const from = size < last.offset ? 0 : last.offset;
      return placeAt(handle, await readFrom(handle, from, signal, take));
    }
    await readRotated(path, last, signal, take);
    return placeAt(handle, await readFrom(handle, 0, signal, take));
  });
}

async function withFile<T>(path: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(path, 'r').catch((error) => {
    throw codeOf(error) === 'ENOENT' ? new CouldNotTell('there is no such log') : error;
  });
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}

async function readRotated(path: string, last: Place, signal: AbortSignal, take: (line: string) => void) {
  if (last.head.length === 0) return;
  const names = (await readdir(dirname(path))).filter((name) => name !== basename(path) && name.startsWith(stem(path)));
  for (const name of names) {
    const found = await withFile(join(dirname(path), name), async (old) => {
      if (!(await begins(old, last))) return false;
      let from = last.offset;
      for (;;) {
        const to = await readFrom(old, from, signal, take);
        if (to === from) return true;
        from = to;
      }
    });
    if (found) return;
  }
}

/** `app` of app.log, app.log.1 and app-20261121.log. */
const stem = (path: string) => basename(path).split('.')[0] ?? '';

async function placeAt(handle: FileHandle, offset: number): Promise<Place> {
  const head = await headOf(handle, HEAD);
  return { offset, head: { length: head.length, digest: digestOf(head) } };
}

async function begins(handle: FileHandle, { head: { length, digest } }: Place): Promise<boolean> {
  const head = await headOf(handle, length);
  return head.length === length && digestOf(head) === digest;
}

async function headOf(handle: FileHandle, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
  return buffer.subarray(0, bytesRead);
}

const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Reads whole lines from an offset on; the new offset is behind the last of them. */
async function readFrom(handle: FileHandle, from: number, signal: AbortSignal, take: (line: string) => void) {
  const chunk = Buffer.alloc(64 * 1024);
  let [offset, rest] = [from, Buffer.alloc(0)];
  while (offset - from < MOST_READ) {
    signal.throwIfAborted();
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, offset + rest.length);
    if (bytesRead === 0) break;
    const read = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
    // A line longer than all of this is taken in parts.
    const end = read.length > 1024 * 1024 ? read.length : read.lastIndexOf(10) + 1;
    for (const line of read.toString('utf8', 0, end).split('\n')) if (line !== '') take(line);
    offset += end;
    rest = Buffer.from(read.subarray(end));
  }
  return offset;
}
