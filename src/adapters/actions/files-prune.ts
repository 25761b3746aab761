import { lstat, readdir, realpath, unlink } from 'node:fs/promises';
import { dirname, join, matchesGlob, resolve } from 'node:path';
import { formatDuration } from '../../domain/spec/duration.ts';
import { reveal } from '../../domain/spec/secret.ts';
import { sizeWords } from '../../domain/text/size-words.ts';
import { oneLine } from '../../domain/text/text-table.ts';
import type { Action, ActionOutcome } from '../../usecases/action-port.ts';

const SHOWN = 20;

interface OldFile {
  readonly path: string;
  readonly bytes: number;
  readonly changed: number;
}

interface Found {
  readonly files: OldFile[];
  /** Symbolic links met on the way: neither followed nor deleted. */
  links: number;
  /** What could not be looked at, or not be deleted. */
  readonly faults: string[];
}

/**
 * Deletes files below a folder that match and have not been changed for long: all of them, or none where there are more
 * than the cap. No symbolic link is followed or deleted, so nothing outside the folder is ever reached. Folders stay.
 */
export const filesPrune: Action<'files.prune'> = async (input, target, { signal, mode, now }) => {
  if (target === null) throw new Error('files.prune was given no target');
  const { title } = target;
  const root = await rootOf(reveal(target.url));
  if ('problem' in root) return { outcome: 'could-not-run', summary: `${title}: ${root.problem}`, output: '' };

  const found: Found = { files: [], links: 0, faults: [] };
  const before = now.getTime() - input.olderThan;
  await look(root.path, '', (path, changed) => changed < before && matchesGlob(path, input.glob), found, signal);
  found.files.sort((one, other) => one.path.localeCompare(other.path, 'en'));
  const { files, faults } = found;
  const these = `${files.length} files of ${sizeWords(total(files))} older than ${formatDuration(input.olderThan)}`;
  const tell = (outcome: ActionOutcome['outcome'], words: string): ActionOutcome => ({
    outcome,
    summary: `${title}: ${words}`,
    output: outputOf(found),
  });

  if (signal.aborted) return tell('failed', 'stopped before it was done');
  if (files.length > input.cap) return tell('failed', `${these}, more than the cap of ${input.cap}; none is deleted`);
  if (mode === 'preview') return tell(faults.length === 0 ? 'succeeded' : 'failed', `would delete ${these}`);
  const gone = await deleteFiles(root.path, files, faults, signal);
  const deleted = `${gone.length} files of ${sizeWords(total(gone))} deleted`;
  if (signal.aborted && gone.length < files.length) return tell('failed', `stopped; ${deleted}`);
  if (faults.length > 0) return tell('failed', `${deleted}; ${faults.length} faults, first ${faults[0]}`);
  return tell('succeeded', deleted);
};

const total = (files: readonly OldFile[]) => files.reduce((sum, { bytes }) => sum + bytes, 0);

function outputOf({ files, links, faults }: Found): string {
  const list = (lines: readonly string[]) => [
    ...lines.slice(0, SHOWN),
    ...(lines.length > SHOWN ? [`and ${lines.length - SHOWN} more`] : []),
  ];
  return [
    ...list(files.map(({ path, bytes }) => `${oneLine(path)} (${sizeWords(bytes)})`)),
    ...(links > 0 ? [`${links} symbolic links were left alone`] : []),
    ...list(faults),
  ].join('\n');
}

/** The folder itself, wherever the spec's path leads; that it may be a link is the spec's own doing. */
async function rootOf(written: string): Promise<{ path: string } | { problem: string }> {
  try {
    const path = await realpath(resolve(written));
    if (path === dirname(path)) return { problem: 'is the whole file system; name a folder in it' };
    return (await lstat(path)).isDirectory() ? { path } : { problem: 'is no folder' };
  } catch (error) {
    return { problem: `cannot be reached: ${reasonOf(error)}` };
  }
}

/** Goes down through folders that are folders, and not links to some. */
async function look(
  root: string,
  below: string,
  wanted: (path: string, changed: number) => boolean,
  found: Found,
  signal: AbortSignal,
): Promise<void> {
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch((error: unknown) => {
    found.faults.push(`${oneLine(below || '.')}: ${reasonOf(error)}`);
    return [];
  });
  for (const entry of entries) {
    if (signal.aborted) return;
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isSymbolicLink()) found.links += 1;
    else if (entry.isDirectory()) await look(root, path, wanted, found, signal);
    else if (entry.isFile()) {
      const file = await lstat(join(root, path)).catch(() => null);
      // Gone since it was listed.
      if (file === null) continue;
      if (wanted(path, file.mtimeMs)) found.files.push({ path, bytes: file.size, changed: file.mtimeMs });
    }
  }
}

/** Deletes what is still the file that was found, in a folder that is still where it was. */
async function deleteFiles(
  root: string,
  files: readonly OldFile[],
  faults: string[],
  signal: AbortSignal,
): Promise<OldFile[]> {
  const gone: OldFile[] = [];
  for (const file of files) {
    if (signal.aborted) break;
    const path = join(root, file.path);
    try {
      if ((await realpath(dirname(path))) !== dirname(path)) throw new Error('its folder has become a link');
      const now = await lstat(path);
      if (!now.isFile() || now.mtimeMs !== file.changed)
        throw new Error('it was changed while it was about to be deleted');
      await unlink(path);
      gone.push(file);
    } catch (error) {
      faults.push(`${oneLine(file.path)}: ${reasonOf(error)}`);
    }
  }
  return gone;
}

/** Without the path, which stands before it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return oneLine(error.message.replace(/, \w+ '.*$/s, ''));
}
