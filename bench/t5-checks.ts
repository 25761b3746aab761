import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import pg from 'pg';
import { type Asker, type CheckTarget, specOf, startTarget } from './check-target.ts';
import type { BenchChild } from './child.ts';
import { startMainstayChild } from './mainstay-child.ts';
import { probe, startBlackbox, startMonit } from './peers-of-checks.ts';
import type { BenchDatabase } from './postgres.ts';
import { requirePrograms } from './program.ts';
import { type Row, round } from './table.ts';
import { usageOf } from './usage.ts';

/** So many checks of each, and so often: 200 a second. */
const CHECKS = 1_000;
const EVERY_S = 5;
/** Until all have been asked for the first time, and what was loaded for that. */
const WARM_UP_MS = 12_000;
const WINDOW_MS = 12_000;
/** Between two looks at how many were asked. */
const LOOK_MS = 5;

interface Phase {
  readonly kind: 'http' | 'tcp';
  readonly connection: 'fresh' | 'kept';
  readonly ofBlackbox: number;
  /** Null where monit has nothing like it. */
  readonly ofMonit: number | null;
}

const PHASES: readonly Phase[] = [
  { kind: 'http', connection: 'fresh', ofBlackbox: 0.6, ofMonit: 3 },
  { kind: 'http', connection: 'kept', ofBlackbox: 0.3, ofMonit: null },
  { kind: 'tcp', connection: 'fresh', ofBlackbox: 0.6, ofMonit: 3 },
];

/**
 * T5: a thousand checks every five seconds, their answers and states kept in PostgreSQL, beside Debian's blackbox_exporter and monit,
 * which keep nothing. All three ask the same target at the same time; who asked how often, the target says. Then a thousand at once.
 */
export async function checks(database: BenchDatabase): Promise<Row[]> {
  requirePrograms('prometheus-blackbox-exporter', 'monit');
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-bench-'));
  const target = await startTarget();
  const blackbox = await startBlackbox(folder);
  try {
    const rows: Row[] = [];
    for (const phase of PHASES) rows.push(...(await measured(phase, { database, folder, target, blackbox })));
    return rows;
  } finally {
    await Promise.all([blackbox.stop(), target.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}

interface Surroundings {
  readonly database: BenchDatabase;
  readonly folder: string;
  readonly target: CheckTarget;
  readonly blackbox: BenchChild;
}

async function measured(phase: Phase, { database, folder, target, blackbox }: Surroundings): Promise<Row[]> {
  const { kind, connection } = phase;
  const url = await database.url();
  const path = connection === 'kept' ? 'mainstay-kept' : 'mainstay';
  const ours: Asker = kind === 'tcp' ? 'mainstay-tcp' : path;
  const specFile = join(folder, `${kind}-${connection}.yml`);
  await writeFile(specFile, specOf(target, [{ kind, count: CHECKS, every: `${EVERY_S}s`, path, connection }]));
  const mainstay = await startMainstayChild(url, 'work', database.home, specFile);
  const monit =
    phase.ofMonit === null ? null : await startMonit(folder, target, { kind, count: CHECKS, every: EVERY_S });
  const asking = askBlackbox(blackbox, target, kind);
  try {
    await after(WARM_UP_MS);
    const server = { usage: async () => usageOf(database.serverPid()) };
    const peers: [BenchChild | typeof server, Asker][] = [
      [mainstay, ours],
      [server, ours],
      [blackbox, kind === 'http' ? 'blackbox' : 'blackbox-tcp'],
      ...(monit === null ? [] : [[monit, kind === 'http' ? 'monit' : 'monit-tcp'] as [BenchChild, Asker]]),
    ];
    const [own, postgres, box, other] = await within(target, peers);
    await asking.stop();
    const wall = {
      ours: await until(target, ours, () => allDue(url)),
      box: await until(target, kind === 'http' ? 'blackbox' : 'blackbox-tcp', () => atOnce(blackbox, target, kind)),
    };
    if (own === undefined || postgres === undefined || box === undefined) throw new Error('nothing was measured');
    const cost = own.cpu + postgres.cpu;
    const target_ = `T5 ${kind} checks, ${connection} connections, CPU of each`;
    const said = `${round(cost, 0)} us (PostgreSQL ${round(postgres.cpu, 0)}), ${round(own.mib, 0)} MiB; 1,000 due at once ${round(wall.ours, 0)} ms`;
    const boxSaid = `blackbox_exporter ${round(box.cpu, 0)} us, ${round(box.mib, 0)} MiB; ${round(wall.box, 0)} ms`;
    const rows = [row(target_, said, boxSaid, cost / box.cpu, phase.ofBlackbox)];
    if (other !== undefined && phase.ofMonit !== null) {
      const monitSaid = `monit ${round(other.cpu, 0)} us, ${round(other.mib, 0)} MiB`;
      rows.push(row(target_, said, monitSaid, cost / other.cpu, phase.ofMonit));
    }
    return rows;
  } finally {
    await asking.stop();
    await Promise.all([mainstay.stop(), monit?.stop()]);
  }
}

function row(target: string, said: string, peer: string, ratio: number, wanted: number): Row {
  return {
    target,
    measured: said,
    limit: peer,
    ratio: `${round(ratio, 2)}x`,
    wanted: `<= ${wanted}x`,
    met: ratio <= wanted,
  };
}

/** CPU of each check, in us, and memory at the end of one stretch of time, the same for all. */
async function within(target: CheckTarget, peers: readonly [Pick<BenchChild, 'usage'>, Asker][]) {
  const look = () =>
    Promise.all(peers.map(async ([child, who]) => ({ ...(await child.usage()), asked: await target.asked(who) })));
  const before = await look();
  await after(WINDOW_MS);
  return (await look()).map(({ cpu, resident, asked }, n) => {
    const first = before[n] ?? { cpu: 0, asked: 0 };
    return { cpu: (cpu - first.cpu) / (asked - first.asked), mib: resident / 1024 ** 2 };
  });
}

/** Has the blackbox asked at the rate of the others, as a Prometheus would, until it is stopped. */
function askBlackbox(blackbox: BenchChild, target: CheckTarget, kind: 'http' | 'tcp') {
  const each = 50;
  const running = new Set<Promise<unknown>>();
  let n = 0;
  const timer = setInterval(() => {
    for (let k = 0; k < (CHECKS / EVERY_S / 1000) * each; k += 1) {
      n += 1;
      const asked = fetch(probe(blackbox, target, kind, n % CHECKS)).then((answer) => answer.text());
      running.add(asked);
      void asked.finally(() => running.delete(asked));
    }
  }, each);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(running);
    },
  };
}

/** Milliseconds until the target was asked a thousand times more than before. */
async function until(target: CheckTarget, who: Asker, begin: () => Promise<unknown>): Promise<number> {
  const before = await target.asked(who);
  const begun = performance.now();
  const going = begin();
  while ((await target.asked(who)) - before < CHECKS) await after(LOOK_MS);
  const took = performance.now() - begun;
  await going;
  return took;
}

async function allDue(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('update "CheckSchedule" set "dueAt" = now() where active');
  await client.end();
}

/** As many at a time as Mainstay asks. */
async function atOnce(blackbox: BenchChild, target: CheckTarget, kind: 'http' | 'tcp'): Promise<void> {
  let next = 0;
  const client = async () => {
    while (next < CHECKS) await (await fetch(probe(blackbox, target, kind, next++))).text();
  };
  await Promise.all(Array.from({ length: 64 }, client));
}
