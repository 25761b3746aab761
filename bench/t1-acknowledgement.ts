import { startChild } from './child.ts';
import { interleave, type Peer } from './interleave.ts';
import { startMainstayChild } from './mainstay-child.ts';
import type { BenchDatabase } from './postgres.ts';
import { SIGNING_SECRET, slashRequests } from './requests.ts';
import { type Row, round } from './table.ts';

const REQUESTS = 15_000;
const CONNECTIONS = 32;

/** T1: a cheap command with every command registered, beside bare Bolt with one listener that only acknowledges. */
export async function acknowledgement(database: BenchDatabase): Promise<Row[]> {
  const bolt = await startChild('peers/bare-bolt.ts', [SIGNING_SECRET]);
  const mainstay = await startMainstayChild(await database.url(), 'idle', database.home);
  const peer = (name: string, child: typeof bolt): Peer => ({
    name,
    child,
    requests: (round) => slashRequests('/incident', () => 'help', REQUESTS, `t1-${name}-${round}`),
  });
  try {
    const { ours, theirs } = await interleave(peer('mainstay', mainstay), peer('bolt', bolt), CONNECTIONS);
    const ratio = ours.perSecond / theirs.perSecond;
    return [
      {
        target: `T1 acknowledge a cheap command, c=${CONNECTIONS}`,
        measured: `${round(ours.perSecond, 0)}/s, ${round(ours.cpuPerOperation, 0)} us CPU, p99 ${round(ours.p99)} ms`,
        limit: `bare Bolt ${round(theirs.perSecond, 0)}/s, ${round(theirs.cpuPerOperation, 0)} us CPU`,
        ratio: `${round(ratio, 2)}x`,
        wanted: '>= 0.9x',
        met: ratio >= 0.9,
      },
    ];
  } finally {
    await Promise.all([bolt.stop(), mainstay.stop()]);
  }
}
