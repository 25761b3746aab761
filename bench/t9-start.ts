import { startChild } from './child.ts';
import { startMainstayChild } from './mainstay-child.ts';
import type { BenchDatabase } from './postgres.ts';
import { SIGNING_SECRET } from './requests.ts';
import { median, type Row, round } from './table.ts';

const ROUNDS = 7;

/** T9: fork to listening with the database at hand, beside bare Bolt with Prisma and its first query. */
export async function starting(database: BenchDatabase): Promise<Row[]> {
  const url = await database.url();
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let turn = 0; turn <= ROUNDS; turn += 1) {
    const peer = await startChild('peers/bolt-prisma.ts', [SIGNING_SECRET, url]);
    await peer.stop();
    const mainstay = await startMainstayChild(url, 'work', database.home);
    await mainstay.stop();
    // The first turn warms the disk's cache and, for Mainstay, creates the queue's tables.
    if (turn === 0) continue;
    theirs.push(peer.readyMs);
    ours.push(mainstay.readyMs);
  }
  const ratio = median(ours) / median(theirs);
  return [
    {
      target: 'T9 start to listening',
      measured: `${round(median(ours), 0)} ms`,
      limit: `bare Bolt + Prisma ${round(median(theirs), 0)} ms`,
      ratio: `${round(ratio, 2)}x`,
      wanted: '<= 1.5x',
      met: ratio <= 1.5,
    },
  ];
}
