import { readdir, readFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { z } from 'zod';
import { type Bounded, boundsProblem, sizeWords } from '../../domain/health/bounds.ts';
import type { ProcessQuestion } from '../../domain/spec/check-questions.ts';
import { codeOf } from './fault-words.ts';
import { CouldNotTell, Failing, failing, type Look, ok } from './look.ts';

/** Linux counts the time of processes in these, whatever the kernel's own pace; in milliseconds. */
const TICK = 10;

const notes = z.object({ at: z.number(), cpu: z.record(z.string(), z.number()) });

interface Used {
  /** Number and start: numbers are used again. */
  readonly who: string;
  readonly memory: number;
  /** Milliseconds since it began. */
  readonly cpu: number;
}

/** Memory and CPU of a process on this machine, of all together where several have the name. */
export const lookAtProcess: Look<'process'> = async ({ of, memory: most, cpu: mostCpu }, { now, recall, keep }) => {
  const used = (await Promise.all((await numbersOf(of)).map(usedBy))).filter((found) => found !== null);
  if (used.length === 0) throw new Failing('does not run');
  const last = notes.safeParse(await recall());
  await keep({ at: now.getTime(), cpu: Object.fromEntries(used.map(({ who, cpu }) => [who, cpu])) });

  const memory = used.reduce((sum, found) => sum + found.memory, 0);
  const share = last.success ? cpuShare(used, last.data, now) : null;
  const bounded: Bounded[] = [
    { what: 'memory', limit: most, figure: most?.than.quantity === 'percent' ? (100 * memory) / totalmem() : memory },
    ...(share === null ? [] : [{ what: 'CPU', limit: mostCpu, figure: share }]),
  ];
  const figures = { processes: used.length, memory, ...(share === null ? {} : { cpu: share }) };
  const problem = boundsProblem(bounded);
  return problem === null ? ok(`runs, with ${sizeWords(memory)}`, figures) : failing(problem, figures);
};

/** Percent of one core since the last look; null for what was not there then. */
function cpuShare(used: readonly Used[], last: z.infer<typeof notes>, now: Date): number | null {
  const passed = now.getTime() - last.at;
  const known = used.filter(({ who }) => last.cpu[who] !== undefined);
  if (passed <= 0 || known.length === 0) return null;
  return (100 * known.reduce((sum, { who, cpu }) => sum + cpu - (last.cpu[who] ?? 0), 0)) / passed;
}

async function numbersOf(of: ProcessQuestion['of']): Promise<string[]> {
  if (process.platform !== 'linux') throw new CouldNotTell('processes can be looked at on Linux only');
  if (of === 'mainstay') return [String(process.pid)];
  if ('pidFile' in of) {
    const written = (await readFile(of.pidFile, 'utf8')).trim();
    if (!/^\d+$/.test(written)) throw new CouldNotTell('the file holds no number of a process');
    return [written];
  }
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const named = await Promise.all(numbers.map(async (number) => (await read(number, 'comm'))?.trim() === of.name));
  return numbers.filter((_, index) => named[index]);
}

async function usedBy(number: string): Promise<Used | null> {
  const [status, stat] = await Promise.all([read(number, 'status'), read(number, 'stat')]);
  if (status === null || stat === null) return null;
  // The name stands in brackets and may hold anything; from the state on, which is the third, fields are numbers.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (position: number) => Number(fields[position - 3]);
  if (fields[0] === 'Z') return null;
  const kib = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
  return { who: `${number}:${field(22)}`, memory: kib * 1024, cpu: (field(14) + field(15)) * TICK };
}

/** Null when the process has ended meanwhile. */
async function read(number: string, what: string): Promise<string | null> {
  try {
    return await readFile(`/proc/${number}/${what}`, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(codeOf(error))) return null;
    throw error;
  }
}
