import type { PathFault } from './faults.ts';
import { isMap, valuesAt } from './written.ts';

/** Actions that delete what cannot be had back. */
const DELETES = ['prune', 'files.prune'];

/** What says which rows a prune deletes. */
const SELECTS = ['where', 'keys', 'olderThan', 'keepNewest'];

/** A duty that deletes without anybody having looked at it, and a prune that would empty its table. */
export function pruningFaults(spec: unknown): PathFault[] {
  return valuesAt(spec, 'duties.*').flatMap(({ path, value: duty }) => {
    const run = isMap(duty) ? duty['run'] : undefined;
    if (!isMap(duty) || !isMap(run) || !DELETES.includes(String(run['action']))) return [];
    const approve = `has no approval, and ${String(run['action'])} deletes; write approval: { of: first run, by: { teams: [...] } }`;
    const unapproved = duty['approval'] === undefined ? [{ path, message: approve }] : [];
    const all = run['action'] === 'prune' && !SELECTS.some((word) => run[word] !== undefined);
    const selects = `says not which rows; write ${SELECTS.slice(0, -1).join(', ')} or ${SELECTS.at(-1)}`;
    return [...unapproved, ...(all ? [{ path: [...path, 'run'], message: selects }] : [])];
  });
}
