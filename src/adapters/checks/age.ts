import { glob, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { boundsProblem, sizeWords } from '../../domain/health/bounds.ts';
import { formatDuration, type Milliseconds } from '../../domain/spec/duration.ts';
import type { Limit } from '../../domain/spec/limit.ts';
import { below } from './http.ts';
import { CouldNotTell, Failing, failing, type Look, ok, type Seen } from './look.ts';
import { send } from './request.ts';

/** Clocks of two machines are never quite the same; in milliseconds. */
const CLOCKS_APART = 5 * 60_000;

interface Dated {
  readonly at: Date;
  /** In bytes; null where it is not told. */
  readonly size: number | null;
}

/** Whether a file, or the newest of several, is recent. */
export const lookAtFileAge: Look<'file age'> = async (check, { address, now }) => {
  const folder = address(check.target);
  const found =
    check.newest === undefined ? await dated(join(folder, check.file ?? '')) : await newest(folder, check.newest);
  return judged(check, found, now);
};

async function dated(path: string): Promise<Dated> {
  const { mtime, size } = await stat(path);
  return { at: mtime, size };
}

async function newest(folder: string, pattern: string): Promise<Dated> {
  let latest: Dated | null = null;
  await stat(folder);
  for await (const name of glob(pattern, { cwd: folder })) {
    const path = join(folder, name);
    if (!(await stat(path)).isFile()) continue;
    const found = await dated(path);
    if (latest === null || found.at > latest.at) latest = found;
  }
  if (latest === null) throw new Failing(`has no file ${pattern}`);
  return latest;
}

/** Whether what is behind an address is recent, by the head of the answer alone. */
export const lookAtObjectAge: Look<'object age'> = async (check, { address, signal, now }) => {
  const { status, headers } = await send(below(address(check.target), check.path), {
    method: 'HEAD',
    connection: 'fresh',
    redirects: true,
    keepBody: false,
    signal,
  });
  if (status === 401 || status === 403) throw new CouldNotTell(`Mainstay may not ask: it answered ${status}`);
  if (status !== 200) return failing(status === 404 ? 'does not exist' : `answered ${status} instead of 200`);
  const at = new Date(String(headers['last-modified']));
  if (Number.isNaN(at.getTime())) throw new CouldNotTell('it does not say when it was last modified');
  const length = headers['content-length'];
  return judged(check, { at, size: typeof length === 'string' ? Number(length) : null }, now);
};

function judged({ maxAge, size: limit }: { maxAge: Milliseconds; size?: Limit }, { at, size }: Dated, now: Date): Seen {
  const age = now.getTime() - at.getTime();
  const figures = { age: Math.max(age, 0), ...(size === null ? {} : { size }) };
  if (age < -CLOCKS_APART) return failing('is dated in the future', figures);
  const old = formatDuration(Math.floor(Math.max(age, 0) / 60_000) * 60_000);
  if (age > maxAge) return failing(`is ${old} old`, figures);
  if (limit !== undefined && size === null) throw new CouldNotTell('it does not say how large it is');
  const problem = boundsProblem([{ what: 'size', limit, figure: size ?? 0 }]);
  if (problem !== null) return failing(problem, figures);
  return ok(size === null ? `is ${old} old` : `is ${old} old, ${sizeWords(size)}`, figures);
}
