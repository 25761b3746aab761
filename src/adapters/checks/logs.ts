import { z } from 'zod';
import { readLog } from '../../domain/health/log-reading.ts';
import type { LogLevel } from '../../domain/spec/check-questions.ts';
import { askFigures } from './ask-prometheus.ts';
import type { Asking, Look, Seen } from './look.ts';
import { readNewLines } from './tail.ts';

const levelNotes = z.object({
  since: z.number().exactOptional(),
  last: z.number().exactOptional(),
  lines: z.number(),
  day: z.string().exactOptional(),
});
const levelsNotes = z.object({ levels: z.array(levelNotes) });

/** Lines that were added to a log since the last look. */
export const lookAtLogFile: Look<'log file'> = async (check, asking) => {
  const { address, recall, signal } = asking;
  const patterns = check.levels.map(({ matches }) => new RegExp(matches, 'u'));
  const counts = patterns.map(() => 0);
  const notes = await recall();
  const place = await readNewLines(address(check.target), check.file, notes, signal, (line) => {
    const level = patterns.findIndex((pattern) => pattern.test(line));
    if (level >= 0) counts[level] = (counts[level] ?? 0) + 1;
  });
  return read(check.levels, counts, notes, asking, { place });
};

/** Lines that Loki counts, by a query for each level. */
export const lookAtLoki: Look<'loki'> = async (check, asking) => {
  const { address, recall, signal } = asking;
  const at = address(check.target);
  const counts = await Promise.all(
    check.levels.map(async ({ query }) => {
      const figures = await askFigures({ who: 'Loki', address: at, path: '/loki/api/v1/query', query }, signal);
      return figures.reduce((sum, figure) => sum + figure, 0);
    }),
  );
  return read(check.levels, counts, await recall(), asking, {});
};

async function read(
  levels: readonly LogLevel[],
  counts: readonly number[],
  notes: unknown,
  { now, keep }: Asking,
  also: Readonly<Record<string, unknown>>,
): Promise<Seen> {
  const known = levelsNotes.safeParse(notes);
  const { memory, ...seen } = readLog(levels, counts, known.success ? known.data.levels : [], now);
  await keep({ ...also, levels: memory });
  return seen;
}
