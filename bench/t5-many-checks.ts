import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { specOf, startTarget } from './check-target.ts';
import type { BenchChild } from './child.ts';
import { startMainstayChild } from './mainstay-child.ts';
import type { BenchDatabase } from './postgres.ts';
import { signedSlash } from './requests.ts';
import { type Row, round } from './table.ts';
import { usageOf } from './usage.ts';

const A_MINUTE = 10_000;
/** Every check was asked once, and has the beginning of its state. */
const WARM_UP_MS = 40_000;
const LASTS_MS = 120_000;
const BETWEEN_COMMANDS_MS = 100;
const LIMITS = { resident: 250, delay: 50, acknowledged: 100 };

/**
 * T5: 10,000 checks a minute over fresh connections, with somebody typing ten `/incident help` a second meanwhile. Said of all that
 * were due: how many were asked; of the process: its memory, how late its event loop is, and how long commands wait.
 */
export async function manyChecks(database: BenchDatabase): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-bench-'));
  const target = await startTarget();
  const specFile = join(folder, 'operations.yml');
  const many = { kind: 'http', count: A_MINUTE, every: '1m', path: 'mainstay', connection: 'fresh' } as const;
  await writeFile(specFile, specOf(target, [many]));
  const mainstay = await startMainstayChild(await database.url(), 'work', database.home, specFile);
  try {
    await after(WARM_UP_MS);
    await delayOf(mainstay);
    const look = async () => ({
      asked: await target.asked('mainstay'),
      own: await mainstay.usage(),
      server: usageOf(database.serverPid()).cpu,
    });
    const before = await look();
    const latencies = await commands(mainstay);
    const end = await look();
    const delay = await delayOf(mainstay);
    const due = (A_MINUTE * LASTS_MS) / 60_000;
    const asked = end.asked - before.asked;
    const cpu = (used: number) => `${round(used / asked, 0)} us`;
    const mib = end.own.resident / 1024 ** 2;
    const acknowledged = latencies[Math.floor(latencies.length * 0.99)] ?? 0;
    return [
      {
        target: `T5 ${A_MINUTE} checks a minute for ${LASTS_MS / 60_000} minutes: asked of those due`,
        measured: `${asked}; ${cpu(end.own.cpu - before.own.cpu)} CPU each, PostgreSQL ${cpu(end.server - before.server)}`,
        limit: `${due}`,
        ratio: `${round(asked / due, 3)}x`,
        wanted: '>= 0.99x',
        met: asked / due >= 0.99,
      },
      within('T5 resident memory meanwhile', mib, LIMITS.resident, 'MiB'),
      within('T5 event loop delay meanwhile, p99', delay, LIMITS.delay, 'ms'),
      within(
        `T5 /incident acknowledged meanwhile, p99 of ${latencies.length}`,
        acknowledged,
        LIMITS.acknowledged,
        'ms',
      ),
    ];
  } finally {
    await mainstay.stop();
    await target.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function within(target: string, value: number, limit: number, unit: string): Row {
  return {
    target,
    measured: `${round(value)} ${unit}`,
    limit: `${limit} ${unit}`,
    ratio: `${round(value / limit, 2)}x`,
    wanted: `<= ${limit} ${unit}`,
    met: value <= limit,
  };
}

/** Milliseconds that the event loop was late, p99 since this was asked before. */
async function delayOf({ process }: BenchChild): Promise<number> {
  const answer = once(process, 'message');
  process.send('delay');
  const [{ p99 }] = (await answer) as [{ p99: number }];
  return p99 / 1e6;
}

/** Acknowledgements in milliseconds, the quickest first. */
async function commands({ port }: BenchChild): Promise<number[]> {
  const latencies: number[] = [];
  const until = performance.now() + LASTS_MS;
  for (let n = 0; performance.now() < until; n += 1) {
    const { headers, body } = signedSlash('/incident', 'help', `t5-${n}`);
    const sent = performance.now();
    const answer = await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', headers, body });
    await answer.text();
    if (!answer.ok) throw new Error(`/incident was answered with ${answer.status}`);
    latencies.push(performance.now() - sent);
    await after(Math.max(0, BETWEEN_COMMANDS_MS - (performance.now() - sent)));
  }
  return latencies.sort((a, b) => a - b);
}
