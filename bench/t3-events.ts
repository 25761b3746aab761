import { randomUUID } from 'node:crypto';
import { openQueue } from '../src/adapters/jobs/boss.ts';
import { openDatabase } from '../src/adapters/postgres/client.ts';
import { createStore } from '../src/adapters/postgres/store.ts';
import { type EventDraft, GENESIS } from '../src/domain/event.ts';
import type { BenchDatabase } from './postgres.ts';
import { quiet } from './quiet.ts';
import { median, type Row, round } from './table.ts';

const AT_ONCE = 32;
const SINGLE = 1_500;
const BATCH = 1_000;
const BATCHES = 10;
const ROUNDS = 5;
const BATCHED_A_SECOND = 40_000;

/** What the log is written with, and nothing of what surrounds it: no lock, no reading of heads, no hashing, no transaction of several. */
const RAW = {
  name: 'append',
  text: `
    with event as (
      insert into "Event" (subject, seq, v, "occurredAt", "recordedAt", actor, kind, digest, "prevHash", hash)
      values ($1, 1, 1, $2, $2, $3, 'bench', $4, $4, $5)
    ), body as (
      insert into "EventBody" (subject, seq, salt, body) values ($1, 1, $6, $7)
    )
    insert into "EventHead" (subject, seq, hash) values ($1, 1, $5)`,
};

/** T3: events appended to chains of their own, each durable, beside the bare prepared statement; and a thousand in one. */
export async function events(database: BenchDatabase): Promise<Row[]> {
  const url = await database.url();
  const db = openDatabase(url, { poolSize: AT_ONCE });
  const queue = await openQueue(url, { keep: false, log: quiet });
  const store = createStore(db, queue);
  const append = (subject: string, count: number) =>
    store.once(null, (tx) => tx.save({ events: Array.from({ length: count }, () => ({ subject, draft: draft() })) }));
  const raw = (subject: string) => {
    const { actor, occurredAt, body } = draft();
    return db.pool.query({ ...RAW, values: [subject, occurredAt, actor, GENESIS, subject, 'salt', body] });
  };
  const rates = { ours: [] as number[], theirs: [] as number[], batched: [] as number[] };
  try {
    for (let turn = 0; turn <= ROUNDS; turn += 1) {
      const ours = await perSecond(SINGLE, AT_ONCE, () => append(`OURS-${randomUUID()}`, 1));
      const theirs = await perSecond(SINGLE, AT_ONCE, () => raw(`RAW-${randomUUID()}`));
      const batched = BATCH * (await perSecond(BATCHES, 1, () => append(`BATCH-${randomUUID()}`, BATCH)));
      // The first turn connects, prepares and compiles.
      if (turn === 0) continue;
      rates.ours.push(ours);
      rates.theirs.push(theirs);
      rates.batched.push(batched);
    }
  } finally {
    await queue.close();
    await db.close();
  }
  const ratio = median(rates.ours) / median(rates.theirs);
  const batched = median(rates.batched);
  return [
    {
      target: `T3 append an event, c=${AT_ONCE}`,
      measured: `${round(median(rates.ours), 0)}/s`,
      limit: `pg, prepared ${round(median(rates.theirs), 0)}/s`,
      ratio: `${round(ratio, 2)}x`,
      wanted: '>= 0.6x',
      met: ratio >= 0.6,
    },
    {
      target: `T3 append events, ${BATCH} together`,
      measured: `${round(batched, 0)} rows/s, hashed and in three tables`,
      limit: `${BATCHED_A_SECOND} rows/s`,
      ratio: `${round(batched / BATCHED_A_SECOND, 2)}x`,
      wanted: '>= 1x',
      met: batched >= BATCHED_A_SECOND,
    },
  ];
}

function draft(): EventDraft {
  const now = new Date();
  const actor = { kind: 'system', job: 'bench' } as const;
  return { actor, occurredAt: now, recordedAt: now, body: { kind: 'bench' } };
}

async function perSecond(count: number, clients: number, work: () => Promise<unknown>): Promise<number> {
  let left = count;
  const began = performance.now();
  const client = async () => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return (count * 1000) / (performance.now() - began);
}
