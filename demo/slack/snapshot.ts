/**
 * Keeps Slack's side over restarts: the emulator's whole store as one JSON file, written beside and moved into place, soon
 * after each change and once more at the end. Ids come back as they were, so what Mainstay's database refers to is still there.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Emulator } from './emulator.ts';

const WRITE_AFTER_MS = 150;
const FORMAT = 1;

/** What the file says of an earlier run, or undefined when there was none. @throws a sentence when it cannot be read. */
export function loadSnapshot(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read.`, { cause });
  }
  const saved = JSON.parse(text) as { format?: number; store?: unknown };
  if (saved.format !== FORMAT) throw new Error(`${file} is of another version of the demo: delete it to start afresh.`);
  return saved.store;
}

/** Starts keeping the file up to date. The returned function writes what is pending and stops. */
export function keepSnapshot(emulator: Emulator, file: string): () => void {
  let timer: NodeJS.Timeout | undefined;
  mkdirSync(dirname(file), { recursive: true });
  const write = () => {
    timer = undefined;
    writeFileSync(`${file}.new`, JSON.stringify({ format: FORMAT, store: emulator.snapshot() }), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  emulator.onChange(() => {
    timer ??= setTimeout(write, WRITE_AFTER_MS);
  });
  write();
  return () => {
    clearTimeout(timer);
    write();
  };
}
