import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { isHead, type PublishedAnchor } from '../../domain/audit/events.ts';
import type { AnchorFile, AnchorLine } from '../../usecases/audit-port.ts';

/**
 * Anchors as lines of JSON in a file that is only appended to. It is evidence only where the database's
 * administrators cannot write: keep a copy elsewhere.
 */
export function anchorFile(path: string): AnchorFile {
  return {
    lines: () => linesOf(path),
    append: async (anchors) => {
      if (anchors.length === 0) return;
      const isNew = await touch(path);
      await mendEnd(path);
      const file = await open(path, 'a');
      try {
        await file.appendFile(anchors.map((anchor) => `${JSON.stringify(anchor)}\n`).join(''));
        await file.sync();
      } finally {
        await file.close();
      }
      if (isNew) await syncFolder(path);
    },
  };
}

/** Makes the file if it is not there. */
async function touch(path: string): Promise<boolean> {
  const made = await open(path, 'ax', 0o644).catch((error: unknown) => {
    if (isCode(error, 'EEXIST')) return null;
    throw error;
  });
  await made?.close();
  return made !== null;
}

/** A new file is there after a power cut only when its folder was synced too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** A crash may leave the last line half written: it was never acknowledged, and is written again. */
async function mendEnd(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
    if (size === 0 || buffer.toString() === '\n') return;
    await file.truncate((await file.readFile()).lastIndexOf('\n') + 1);
  } finally {
    await file.close();
  }
}

async function* linesOf(path: string): AsyncGenerator<AnchorLine, void> {
  const input = createReadStream(path, 'utf8');
  let number = 0;
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      const anchor = parse(line);
      yield anchor === null ? { unreadable: number } : { anchor };
    }
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error; // no anchor was published yet
  } finally {
    input.destroy();
  }
}

function parse(line: string): PublishedAnchor | null {
  try {
    const value: unknown = JSON.parse(line);
    return isAnchor(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isAnchor(value: unknown): value is PublishedAnchor {
  if (typeof value !== 'object' || value === null) return false;
  const { anchor, hash, at, root, heads } = value as Record<keyof PublishedAnchor, unknown>;
  return (
    Number.isSafeInteger(anchor) &&
    typeof hash === 'string' &&
    typeof at === 'string' &&
    typeof root === 'string' &&
    Array.isArray(heads) &&
    heads.every(isHead)
  );
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
