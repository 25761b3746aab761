import { startChild } from './child.ts';
import { interleave, type Peer } from './interleave.ts';
import { startMainstayChild } from './mainstay-child.ts';
import type { BenchDatabase } from './postgres.ts';
import { SIGNING_SECRET, slashRequests } from './requests.ts';
import { type Row, round } from './table.ts';

/**
 * T2: `/incident declare` through the front door, committed before the acknowledgement with its jobs in the same
 * transaction, beside Bolt with one prepared statement of raw pg. Workers are off: Slack's part is not measured here.
 */
export async function declaring(database: BenchDatabase): Promise<Row[]> {
  const url = await database.url();
  const limit = await startChild('peers/bolt-cte.ts', [SIGNING_SECRET, url]);
  const mainstay = await startMainstayChild(url, 'idle', database.home);
  const peer = (name: string, child: typeof limit, count: number): Peer => ({
    name,
    child,
    requests: (round) =>
      slashRequests('/incident', (n) => `declare sev2 Checkout is down ${n}`, count, `t2-${name}-${count}-${round}`),
  });
  try {
    const busy = await interleave(peer('mainstay', mainstay, 4_000), peer('limit', limit, 4_000), 32);
    const alone = await interleave(peer('mainstay', mainstay, 500), peer('limit', limit, 500), 1);
    const ratio = busy.ours.perSecond / busy.theirs.perSecond;
    return [
      {
        target: 'T2 declare, committed before the ack, c=32',
        measured: `${round(busy.ours.perSecond, 0)}/s, ${round(busy.ours.cpuPerOperation, 0)} us CPU`,
        limit: `Bolt + one CTE ${round(busy.theirs.perSecond, 0)}/s, ${round(busy.theirs.cpuPerOperation, 0)} us CPU`,
        ratio: `${round(ratio, 2)}x`,
        wanted: '>= 0.25x',
        met: ratio >= 0.25,
      },
      latency('T2 declare p99, c=32', busy.ours.p99, busy.theirs.p99, 100),
      latency('T2 declare p99, c=1', alone.ours.p99, alone.theirs.p99, 15),
    ];
  } finally {
    await Promise.all([limit.stop(), mainstay.stop()]);
  }
}

function latency(target: string, ours: number, theirs: number, bound: number): Row {
  return {
    target,
    measured: `${round(ours)} ms`,
    limit: `Bolt + one CTE ${round(theirs)} ms`,
    ratio: `${round(ours / theirs)}x`,
    wanted: `<= ${bound} ms`,
    met: ours <= bound,
  };
}
