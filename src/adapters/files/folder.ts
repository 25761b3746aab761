import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isMissing } from './missing.ts';

/**
 * Makes a folder and those on the way to it. Not `mkdir` with `recursive`: under a folder that takes none, such as
 * `/proc`, Node's never comes back.
 *
 * @param mode of every folder that is made
 * @returns the outermost folder that was made; undefined when all were there
 * @throws what the file system said
 */
export async function makeFolder(path: string, mode = 0o777): Promise<string | undefined> {
  const fault = await make(path, mode);
  if (fault === null) return path;
  const parent = dirname(path);
  if (!isMissing(fault) || parent === path) {
    if (await isFolder(path)) return undefined;
    throw fault;
  }
  const outermost = await makeFolder(parent, mode);
  const again = await make(path, mode);
  // Somebody else may have made it meanwhile.
  if (again !== null && !(await isFolder(path))) throw again;
  return outermost ?? (again === null ? path : undefined);
}

/** What was wrong; null when the folder was made. */
async function make(path: string, mode: number): Promise<unknown> {
  return mkdir(path, { mode }).then(
    () => null,
    (fault: unknown) => fault,
  );
}

const isFolder = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
