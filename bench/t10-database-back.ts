import pg from 'pg';
import { startMainstayChild } from './mainstay-child.ts';
import type { BenchDatabase } from './postgres.ts';
import { signedSlash } from './requests.ts';
import { median, type Row, round } from './table.ts';

const KILLS = 3;

/**
 * T10: PostgreSQL is killed under load and comes back (its holder starts it again); how long after it accepts does the
 * first `/incident declare` succeed, and is every acknowledged incident still there?
 */
export async function databaseBack(database: BenchDatabase): Promise<Row[]> {
  const url = await database.url();
  const mainstay = await startMainstayChild(url, 'idle', database.home);
  const gaps: number[] = [];
  let acknowledged = 0;
  try {
    for (let n = 0; n < KILLS; n += 1) {
      acknowledged += await declare(mainstay.port, `before-${n}`);
      process.kill(database.serverPid(), 'SIGKILL');
      const accepts = await untilAccepts(url);
      for (let turn = 0; ; turn += 1) {
        if ((await declare(mainstay.port, `after-${n}-${turn}`)) === 0) continue;
        gaps.push(performance.now() - accepts);
        acknowledged += 1;
        break;
      }
    }
    const kept = await count(url);
    const alive = mainstay.process.exitCode === null;
    const met = median(gaps) <= 100 && kept >= acknowledged && alive;
    return [
      {
        target: 'T10 PostgreSQL killed and back: first success after it accepts',
        measured: `${round(median(gaps), 0)} ms; ${acknowledged} acknowledged, ${kept} kept, process ${alive ? 'alive' : 'DEAD'}`,
        limit: '100 ms, 0 lost',
        ratio: `${round(median(gaps) / 100, 2)}x`,
        wanted: '<= 100 ms',
        met,
      },
    ];
  } finally {
    await mainstay.stop();
  }
}

/** Declares once; 1 when it was acknowledged as done, 0 when Mainstay said that it could not. */
async function declare(port: number, series: string): Promise<0 | 1> {
  const { headers, body } = signedSlash('/incident', 'declare sev2 Checkout is down', series);
  const answer = await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', headers, body });
  return answer.ok && (await answer.text()).includes('INC-') ? 1 : 0;
}

/** When PostgreSQL answers again, by the clock of `performance.now`. */
async function untilAccepts(url: string): Promise<number> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
      return performance.now();
    } catch {
      // Not yet: that it is away is what is being measured.
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

async function count(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('SELECT count(*)::int AS n FROM "Incident"');
  await client.end();
  return rows[0].n;
}
