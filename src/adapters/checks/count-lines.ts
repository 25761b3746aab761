import { z } from 'zod';
import { type Figures, statisticsOf } from '../../domain/health/statistics.ts';
import type { Measurement } from '../../domain/spec/watching.ts';
import { type Asking, CouldNotTell } from './look.ts';
import { readNewLines } from './tail.ts';

const counts = z.object({
  at: z.number().optional(),
  counts: z.array(z.object({ at: z.number(), lines: z.number() })),
});

/** A metric is looked at each minute or more often: after more than that nobody looked. Milliseconds. */
const LATE = 120_000;

/**
 * How many lines of a log fit, of those that came in the time until now. The first look only takes its place at the end, and
 * so does one after nobody looked for longer than that time: when the lines of it came, nobody knows.
 */
export async function countLines(
  { target, file, matches, over }: Extract<Measurement['source'], { kind: 'log file' }>,
  { address, recall, keep, signal, now }: Asking,
): Promise<Figures[]> {
  const pattern = new RegExp(matches, 'u');
  const recalled = await recall();
  const last = counts.safeParse(recalled);
  const at = now.getTime();
  const isLate = at - (last.data?.at ?? at) > Math.max(over, LATE);
  const notes = isLate ? null : recalled;
  let lines = 0;
  const place = await readNewLines(address(target), file, notes, signal, (line) => {
    if (pattern.test(line)) lines += 1;
  });
  const known = counts.safeParse(notes);
  const recent = [...(known.success ? known.data.counts : []), { at, lines }].filter((one) => one.at > at - over);
  await keep({ at, place, counts: recent.filter((one) => one.lines > 0) });
  if (!known.success) throw new CouldNotTell('lines are counted from now on');
  return [statisticsOf([recent.reduce((sum, one) => sum + one.lines, 0)])];
}
