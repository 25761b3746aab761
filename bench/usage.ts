import { readdirSync, readFileSync } from 'node:fs';

/** What processes took so far, and have. */
export interface Usage {
  /** Microseconds of CPU, user and system. */
  readonly cpu: number;
  /** Bytes resident; what several processes share counts for each of them. */
  readonly resident: number;
}

/** Linux counts CPU in hundredths of a second, whatever the machine's clock does. */
const TICK_US = 10_000;
const PAGE = 4096;

/** Of a process and all that it started and that still runs; from /proc, since the programs measured this way are Debian's. */
export function usageOf(root: number): Usage {
  const parents = new Map<number, { parent: number; usage: Usage }>();
  for (const name of readdirSync('/proc')) {
    const fields = /^\d+$/.test(name) ? statOf(name) : null;
    if (fields !== null) parents.set(Number(name), fields);
  }
  const isBelow = (pid: number | undefined): boolean =>
    pid !== undefined && pid > 1 && (pid === root || isBelow(parents.get(pid)?.parent));
  const own = [...parents].filter(([pid]) => isBelow(pid)).map(([, { usage }]) => usage);
  return {
    cpu: own.reduce((sum, { cpu }) => sum + cpu, 0),
    resident: own.reduce((sum, { resident }) => sum + resident, 0),
  };
}

/** Null for one that ended meanwhile. */
function statOf(pid: string): { parent: number; usage: Usage } | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The name stands in brackets and may hold anything; after it come the state and figures.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const at = (index: number) => Number(fields[index]);
  // Children that ended count with who waited for them: a server that forks for each question would cost nothing else.
  const ticks = at(11) + at(12) + at(13) + at(14);
  return { parent: at(1), usage: { cpu: ticks * TICK_US, resident: at(21) * PAGE } };
}
