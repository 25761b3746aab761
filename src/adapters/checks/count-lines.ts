import { z } from 'zod';
import { type Figures, statisticsOf } from '../../domain/health/statistics.ts';
import type { Measurement } from '../../domain/spec/watching.ts';
import { type Asking, CouldNotTell } from './look.ts';
import { readNewLines } from './tail.ts';

const counts = z.object({ counts: z.array(z.object({ at: z.number(), lines: z.number() })) });

/** How many lines of a log fit, of those that came in the time until now. The first look only takes its place at the end. */
export async function countLines(
  { target, file, matches, over }: Extract<Measurement['source'], { kind: 'log file' }>,
  { address, recall, keep, signal, now }: Asking,
): Promise<Figures[]> {
  const pattern = new RegExp(matches, 'u');
  const notes = await recall();
  let lines = 0;
  const place = await readNewLines(address(target), file, notes, signal, (line) => {
    if (pattern.test(line)) lines += 1;
  });
  const known = counts.safeParse(notes);
  const at = now.getTime();
  const recent = [...(known.success ? known.data.counts : []), { at, lines }].filter((one) => one.at > at - over);
  await keep({ place, counts: recent.filter((one) => one.lines > 0) });
  if (!known.success) throw new CouldNotTell('lines are counted from now on');
  return [statisticsOf([recent.reduce((sum, one) => sum + one.lines, 0)])];
}
