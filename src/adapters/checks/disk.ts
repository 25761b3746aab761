import { statfs } from 'node:fs/promises';
import { boundsProblem, sizeWords } from '../../domain/health/bounds.ts';
import type { Limit } from '../../domain/spec/limit.ts';
import { failing, type Look, ok } from './look.ts';

/** What is free on the disk of a folder: space and inodes, as `df` counts them. */
export const lookAtDisk: Look<'disk'> = async ({ target, free, freeInodes }, { address }) => {
  const { bavail, bfree, blocks, bsize, ffree, files } = await statfs(address(target));
  const bytes = bavail * bsize;
  // Blocks kept for root are neither used nor free to others.
  const share = percent(bavail, blocks - bfree + bavail);
  // Some file systems have no fixed number of inodes, and count none.
  const inodeShare = files === 0 ? 100 : percent(ffree, files);
  const inodes = files === 0 ? Number.POSITIVE_INFINITY : ffree;
  const problem = boundsProblem([
    { what: 'free space', limit: free, figure: asShare(free) ? share : bytes },
    { what: 'free inodes', limit: freeInodes, figure: asShare(freeInodes) ? inodeShare : inodes },
  ]);
  const figures = { free: bytes, freeShare: share, freeInodesShare: inodeShare };
  return problem === null ? ok(`${sizeWords(bytes)} free`, figures) : failing(problem, figures);
};

const asShare = (limit: Limit | undefined) => limit?.than.quantity === 'percent';
const percent = (part: number, whole: number) => (whole === 0 ? 0 : (100 * part) / whole);
