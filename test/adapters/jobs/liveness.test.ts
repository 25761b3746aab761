import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { JobOutcome, JobWorkers } from '../../../src/usecases/jobs-port.ts';
import { asAdmin } from '../../support/test-server.ts';
import { type QueueHarness, queueHarness, stuckWorker } from './queue-harness.ts';

const done: JobOutcome = { kind: 'done' };
const FAULT = 'the job queue had a fault and goes on';
/** As if the database had been away at that moment. */
const REFUSE_EVERY_CHANGE = `
  create function refuse() returns trigger language plpgsql as $$ begin raise 'away'; end $$;
  create trigger away before update or delete on pgboss.job_common for each row execute function refuse()`;
const PATIENCE = { timeout: 15_000, interval: 20 };

let harness: QueueHarness;
beforeEach(async () => {
  harness = await queueHarness();
});
afterEach(() => harness.close());

/** Starts an instance that notes the lanes it ran. */
async function noting(): Promise<{ ran: string[]; workers: JobWorkers }> {
  const ran: string[] = [];
  const workers = await harness.instance();
  await workers.work('slack', 1, async ({ lane }) => {
    ran.push(lane);
    return done;
  });
  return { ran, workers };
}

/** How often the instances have looked for dead ones: what they last ran on the connection that shows them alive. */
async function beats(): Promise<number> {
  const { rows } = await asAdmin(harness.url, (admin) =>
    admin.query<{ beats: number }>(
      `select coalesce(sum(xact_commit + xact_rollback), 0)::int as beats from pg_stat_database where datname = current_database()`,
    ),
  );
  return rows[0]?.beats ?? 0;
}

it('two instances share the work', async () => {
  const first = await noting();
  const second = await noting();
  const lanes = Array.from({ length: 40 }, (_, n) => `lane ${n}`);
  await harness.enqueue(...lanes);
  await vi.waitFor(() => expect([...first.ran, ...second.ran].toSorted()).toEqual(lanes.toSorted()), PATIENCE);
  expect(first.ran.length).toBeGreaterThan(0);
  expect(second.ran.length).toBeGreaterThan(0);
});

it('a live instance keeps its job however long it runs; a killed one loses it at once', async () => {
  const victim = await stuckWorker(harness.url);
  await harness.enqueue('held');
  expect(await victim.took).toBe('held');
  const sibling = await noting();
  await harness.enqueue('other');
  await vi.waitFor(() => expect(sibling.ran).toEqual(['other']), PATIENCE);
  const seen = await beats();
  await vi.waitFor(async () => expect(await beats()).toBeGreaterThan(seen + 30), PATIENCE);
  expect(sibling.ran).toEqual(['other']);

  await victim.kill();
  // pg-boss itself would give it back after 15 minutes.
  await vi.waitFor(() => expect(sibling.ran).toEqual(['other', 'held']), PATIENCE);
});

it('an instance that starts takes over what a killed one left', async () => {
  const victim = await stuckWorker(harness.url);
  await harness.enqueue('left');
  await victim.took;
  await victim.kill();
  const { ran } = await noting();
  await vi.waitFor(() => expect(ran).toEqual(['left']), PATIENCE);
});

it('a job that was taken but never claimed, because its taker died in between, is given back', async () => {
  await harness.enqueue('unclaimed');
  expect(await harness.queue.boss.fetch('slack')).toHaveLength(1);
  const { ran } = await noting();
  await vi.waitFor(() => expect(ran).toEqual(['unclaimed']), PATIENCE);
});

it('an instance whose connection is cut knows it, and does not run a job twice at one time', async () => {
  const held = Promise.withResolvers<void>();
  const signals: AbortSignal[] = [];
  let busy = 0;
  let most = 0;
  const workers = await harness.instance();
  await workers.work('slack', 2, async (_, signal) => {
    signals.push(signal);
    most = Math.max(most, ++busy);
    if (signals.length === 1) await held.promise;
    busy--;
    return done;
  });
  await harness.enqueue('held');
  await vi.waitFor(() => expect(signals).toHaveLength(1), PATIENCE);
  await asAdmin(harness.url, (admin) =>
    admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'mainstay-life'
                 and datname = current_database()`),
  );
  await vi.waitFor(() => expect(signals[0]?.aborted).toBe(true), PATIENCE);
  // Its new number is no longer that of the claim: the job comes back, and waits here until the first run has ended.
  await vi.waitFor(async () => {
    const [job] = await harness.queue.boss.findJobs<object>('slack', { key: 'held' });
    expect(job).toMatchObject({ state: 'active', retryCount: 1 });
  }, PATIENCE);
  held.resolve();
  await vi.waitFor(() => expect(signals).toHaveLength(2), PATIENCE);
  expect(signals[1]?.aborted).toBe(false);
  expect(most).toBe(1);
});

it('a job whose end could not be written down is run again', async () => {
  const ran: string[] = [];
  const workers = await harness.instance();
  await workers.work('slack', 1, async ({ lane }) => {
    ran.push(lane);
    if (ran.length === 1) await asAdmin(harness.url, (admin) => admin.query(REFUSE_EVERY_CHANGE));
    return done;
  });
  await harness.enqueue('unwritten');
  await vi.waitFor(() => expect(harness.log.lines.map(({ msg }) => msg)).toContain(FAULT), PATIENCE);
  await asAdmin(harness.url, (admin) => admin.query('drop trigger away on pgboss.job_common'));
  await vi.waitFor(() => expect(ran).toEqual(['unwritten', 'unwritten']), PATIENCE);
});
