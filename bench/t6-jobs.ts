import { openQueue, type Queue } from '../src/adapters/jobs/boss.ts';
import { startWorkers } from '../src/adapters/jobs/workers.ts';
import { openDatabase } from '../src/adapters/postgres/client.ts';
import { startChild } from './child.ts';
import type { BenchDatabase } from './postgres.ts';
import { quiet } from './quiet.ts';
import { median, type Row, round } from './table.ts';

const SAMPLES = 200;
const KILLS = 5;

/** T6: how soon an idle worker starts a job, and how soon another instance has the job of one that was killed. */
export async function jobs(database: BenchDatabase): Promise<Row[]> {
  const started = await idleLatency(await database.url());
  const beside = await takenOver(await database.url(), 'sibling');
  const restarted = await takenOver(await database.url(), 'restart');
  return [
    row('T6 job sent (commit included) to started, idle, p50', median(started), 5, 'ms'),
    row('T6 kill -9 with a live sibling, to run again, worst', Math.max(...beside), 30_000, 'ms'),
    row('T6 kill -9, then a restart, to run again, worst', Math.max(...restarted), 30_000, 'ms'),
  ];
}

function row(target: string, value: number, limit: number, unit: string): Row {
  const met = value <= limit;
  const ratio = `${round(value / limit, 2)}x`;
  return {
    target,
    measured: `${round(value)} ${unit}`,
    limit: `${limit} ${unit}`,
    ratio,
    wanted: `<= ${limit} ${unit}`,
    met,
  };
}

async function send(queue: Queue, db: ReturnType<typeof openDatabase>, lane: string): Promise<void> {
  await db.prisma.$transaction((tx) => queue.enqueue(tx, [{ id: 1n, lane }]));
}

async function idleLatency(url: string): Promise<number[]> {
  const queue = await openQueue(url, { keep: true, log: quiet });
  const db = openDatabase(url);
  const workers = startWorkers(queue, { url, log: quiet });
  let began: (at: number) => void = () => {};
  await workers.work('slack', 2, async () => {
    began(performance.now());
    return { kind: 'done' };
  });
  const latencies: number[] = [];
  try {
    for (let n = 0; n < SAMPLES; n += 1) {
      const seen = new Promise<number>((resolve) => {
        began = resolve;
      });
      const sent = performance.now();
      await send(queue, db, `lane-${n}`);
      latencies.push((await seen) - sent);
      await untilIdle(db);
    }
  } finally {
    await workers.stop();
    await queue.close();
    await db.close();
  }
  return latencies;
}

/** Waits until the end of every job is written down: whoever sends the next one sends it to workers that do nothing. */
async function untilIdle(db: ReturnType<typeof openDatabase>): Promise<void> {
  for (;;) {
    const { rows } = await db.pool.query(
      `SELECT 1 FROM pgboss.job WHERE name = 'slack' AND state IN ('created', 'active', 'retry') LIMIT 1`,
    );
    if (rows.length === 0) return;
  }
}

/** Milliseconds from SIGKILL of the worker that held the job (or from the restart after it) to its next run. */
async function takenOver(url: string, how: 'sibling' | 'restart'): Promise<number[]> {
  const db = openDatabase(url);
  const times: number[] = [];
  try {
    for (let n = 0; n < KILLS; n += 1) {
      const sender = await openQueue(url, { keep: false, log: quiet });
      await send(sender, db, `lane-${n}`);
      await sender.close();
      const victim = await startChild('peers/stuck-worker.ts', [url]);
      const start = () => runOnce(url);
      const sibling = how === 'sibling' ? await start() : null;
      const began = performance.now();
      victim.process.kill('SIGKILL');
      const survivor = sibling ?? (await start());
      times.push((await survivor.ran) - began);
      await survivor.stop();
    }
  } finally {
    await db.close();
  }
  return times;
}

async function runOnce(url: string) {
  const queue = await openQueue(url, { keep: true, log: quiet });
  const workers = startWorkers(queue, { url, log: quiet });
  const { promise: ran, resolve } = Promise.withResolvers<number>();
  await workers.work('slack', 1, async () => {
    resolve(performance.now());
    return { kind: 'done' };
  });
  return {
    ran,
    async stop() {
      await workers.stop();
      await queue.close();
    },
  };
}
