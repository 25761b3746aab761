import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAuditLog } from '../../../src/adapters/postgres/audit-log.ts';
import { createStore } from '../../../src/adapters/postgres/store.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import { eraseEvent } from '../../../src/usecases/audit/erase.ts';
import { verifyLog } from '../../../src/usecases/audit/verify.ts';
import { cancelBackup } from '../../../src/usecases/backup/cancel.ts';
import { showBackup } from '../../../src/usecases/backup/list.ts';
import { type MakeDeps, makeBackup } from '../../../src/usecases/backup/make.ts';
import { runBackup } from '../../../src/usecases/backup/run.ts';
import type { BackupMaker, Made } from '../../../src/usecases/backup-port.ts';
import type { BackupJob } from '../../../src/usecases/jobs-port.ts';
import { aBackup, aSealed, backupSpec, NO_LOG } from '../../support/backup-facts.ts';
import { alice, bob } from '../../support/incident-spec.ts';
import { incidentHarness, person } from '../incident/incident-harness.ts';

const never = new AbortController().signal;

let room: Awaited<ReturnType<typeof incidentHarness>>;
const jobs: BackupJob[] = [];
let deps: MakeDeps;
/** Keys are used once, so that the tests share a database. */
let key: string;
let keys = 0;
beforeAll(async () => {
  room = await incidentHarness();
  room.rules.spec = backupSpec(...Array.from({ length: 12 }, (_, n) => aBackup({ key: `orders-${n + 1}` })));
});
afterAll(() => room.close());
beforeEach(() => {
  keys += 1;
  key = `orders-${keys}`;
  jobs.length = 0;
});

/** Whoever makes them in these tests does what it is told. */
function maker(make: BackupMaker['make'], left: BackupMaker['leftOf'] = async () => null) {
  const discarded: string[] = [];
  const store = createStore(room.db, {
    enqueue: async (_tx, _promises, _actions, _pages, backups = []) => void jobs.push(...backups),
  });
  deps = {
    ...room.deps,
    store,
    maker: { make, leftOf: left, discard: async (_backup, id) => void discarded.push(id) },
    chance: () => 'ab12',
    pace: { look: 5, tell: 0 },
    log: NO_LOG,
  };
  return discarded;
}
const good = async (): Promise<Made> => ({ ok: true, sealed: aSealed() });
async function asked(): Promise<number> {
  const outcome = await runBackup(deps, person(alice), { key });
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  return outcome.value.backup.number;
}
async function kinds(number: number): Promise<string[]> {
  const shown = await showBackup(deps, number);
  return shown.ok ? shown.value.events.map(({ kind }) => kind) : [];
}
const said = async (type: string): Promise<Delivery[]> =>
  (await room.promises()).filter((promise) => promise.kind === 'post' && promise.message.type === type);

describe('asking for a backup', () => {
  it('of twenty people at once, in two processes, one gets it made and the others get that one', async () => {
    maker(good);
    const other = {
      ...deps,
      store: createStore(room.db, { enqueue: async (_tx, _p, _a, _g, backups = []) => void jobs.push(...backups) }),
    };
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, n) => runBackup(n % 2 === 0 ? deps : other, person(`U${n}`, `key-${n}`), { key })),
    );
    const values = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
    expect(values).toHaveLength(20);
    expect(new Set(values.map(({ backup }) => backup.number)).size).toBe(1);
    expect(values.filter(({ joined }) => !joined)).toHaveLength(1);
    expect(jobs).toEqual([{ backup: values[0]?.backup.number, lane: 'orders-db' }]);
  });

  it('while one is being cancelled gets another one', async () => {
    const running = Promise.withResolvers<void>();
    maker((_order, stop) => {
      running.resolve();
      return new Promise((_resolve, reject) => stop.addEventListener('abort', () => reject(stop.reason)));
    });
    const first = await asked();
    const made = makeBackup({ ...deps, pace: { look: 200, tell: 0 } }, first, never);
    await running.promise;
    await cancelBackup(deps, person(bob), { number: first });
    expect(await asked()).toBe(first + 1);
    expect(await made).toEqual({ outcome: 'cancelled' });
  });

  it('the next one is another one', async () => {
    maker(good);
    const first = await asked();
    await makeBackup(deps, first, never);
    expect(await asked()).toBe(first + 1);
  });
});

describe('making it', () => {
  it('says how far it is, seals it and holds its own log to be right', async () => {
    const told = Promise.withResolvers<void>();
    maker(async (order, _stop, onBytes) => {
      onBytes(5_000);
      for (;;) {
        const progress = await deps.store.backupProgress(order.number);
        if (progress !== null) break;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      told.resolve();
      return good();
    });
    const number = await asked();
    expect(await makeBackup(deps, number, never)).toEqual({ outcome: 'sealed' });
    await told.promise;
    expect(await deps.store.backupProgress(number)).toMatchObject({
      bytes: 5_000,
      tick: 1,
      id: '20261121T140000Z-ab12',
    });
    expect(await kinds(number)).toEqual(['backup.requested', 'backup.began', 'backup.sealed']);
    expect(await makeBackup(deps, number, never)).toEqual({ outcome: 'over' });
  });

  it('tries again what may pass, and says aloud what does not', async () => {
    maker(async () => ({ ok: false, reason: 'the database is away', passing: true }));
    const number = await asked();
    const before = (await said('backup-failed')).length;
    const reports = [];
    for (let n = 0; n < 3; n += 1) reports.push(await makeBackup(deps, number, never));
    expect(reports).toEqual([
      { outcome: 'stumbled', again: 30_000 },
      { outcome: 'stumbled', again: 300_000 },
      { outcome: 'failed' },
    ]);
    expect((await said('backup-failed')).length).toBe(before + 1);
  });

  it('goes on when how far it is cannot be told, whatever the reason', async () => {
    const looked = Promise.withResolvers<void>();
    maker(async () => {
      await looked.promise;
      return good();
    });
    const number = await asked();
    const lines: string[] = [];
    const store = {
      ...deps.store,
      backup: async (of: number) => {
        if (lines.length === 0 && (await deps.store.backup(of))?.status === 'running') throw new Error('disk full');
        return deps.store.backup(of);
      },
    };
    const log = {
      warn: (_fields: object, message: string) => {
        lines.push(message);
        looked.resolve();
      },
    };
    expect(await makeBackup({ ...deps, store, log }, number, never)).toEqual({ outcome: 'sealed' });
    expect(lines).toEqual(['how far a backup is could not be told']);
  });

  it('ends when somebody cancels it, within moments', async () => {
    const running = Promise.withResolvers<void>();
    maker((_order, stop) => {
      running.resolve();
      return new Promise((_resolve, reject) => stop.addEventListener('abort', () => reject(stop.reason)));
    });
    const number = await asked();
    const made = makeBackup(deps, number, never);
    await running.promise;
    expect(await cancelBackup(deps, person(bob), { number })).toMatchObject({
      ok: true,
      value: { status: 'cancelling' },
    });
    expect(await made).toEqual({ outcome: 'cancelled' });
    expect(await deps.store.backup(number)).toMatchObject({ status: 'cancelled', cancelledBy: { user: bob } });
    expect(await cancelBackup(deps, person(bob), { number })).toMatchObject({ refusal: { code: 'already-ended' } });
    expect(await cancelBackup(deps, person(bob), { number: 999 })).toMatchObject({
      refusal: { code: 'unknown-backup' },
    });
  });

  it('is given back when this process ends', async () => {
    const ending = new AbortController();
    maker((_order, stop) => {
      const made = Promise.withResolvers<Made>();
      stop.addEventListener('abort', () => made.reject(stop.reason));
      ending.abort(new Error('this process ends'));
      return made.promise;
    });
    const number = await asked();
    expect(await makeBackup(deps, number, ending.signal)).toEqual({ outcome: 'interrupted', again: 0 });
    expect(await deps.store.backup(number)).toMatchObject({ status: 'requested', attempts: 1 });
  });
});

describe('after a process that is gone', () => {
  /** Began one and was killed. */
  async function killed(): Promise<number> {
    maker(() => Promise.reject(new Error('killed')));
    const number = await asked();
    await expect(makeBackup(deps, number, never)).rejects.toThrow('killed');
    expect(await deps.store.backup(number)).toMatchObject({ status: 'running' });
    return number;
  }

  it('it is made anew where nothing whole was left', async () => {
    const number = await killed();
    maker(good);
    expect(await makeBackup(deps, number, never)).toEqual({ outcome: 'sealed' });
    expect(await kinds(number)).toEqual([
      'backup.requested',
      'backup.began',
      'backup.interrupted',
      'backup.began',
      'backup.sealed',
    ]);
  });

  it('what it left whole is taken, and nothing made', async () => {
    const number = await killed();
    maker(
      () => Promise.reject(new Error('nothing was to be made')),
      async () => aSealed({ took: 9 }),
    );
    expect(await makeBackup(deps, number, never)).toEqual({ outcome: 'over' });
    expect(await deps.store.backup(number)).toMatchObject({ status: 'sealed', sealed: { took: 9 } });
  });

  it('what it left whole stays, when it was thought gone and was not', async () => {
    const taken = Promise.withResolvers<void>();
    const slow = Promise.withResolvers<void>();
    const id = '20261121T140000Z-ab12';
    const discarded = maker(async () => {
      taken.resolve();
      await slow.promise;
      return { ok: true, sealed: aSealed({ id }) };
    });
    const first = deps;
    const number = await asked();
    const made = makeBackup({ ...first, pace: { look: 60_000, tell: 0 } }, number, never);
    await taken.promise;
    maker(
      () => Promise.reject(new Error('nothing was to be made')),
      async () => aSealed({ id }),
    );
    expect(await makeBackup(deps, number, never)).toEqual({ outcome: 'over' });
    slow.resolve();
    expect(await made).toEqual({ outcome: 'over' });
    expect(discarded).toEqual([]);
  });

  it('one that was thought gone and was not takes away what nobody asked of it any more', async () => {
    const taken = Promise.withResolvers<void>();
    const slow = Promise.withResolvers<void>();
    const discarded = maker(async () => {
      taken.resolve();
      await slow.promise;
      return good();
    });
    const first = deps;
    const number = await asked();
    const made = makeBackup({ ...first, pace: { look: 60_000, tell: 0 } }, number, never);
    await taken.promise;
    maker(good);
    expect(await makeBackup({ ...deps, chance: () => 'cd34' }, number, never)).toEqual({ outcome: 'sealed' });
    slow.resolve();
    expect(await made).toEqual({ outcome: 'over' });
    expect(discarded).toEqual(['20261121T140000Z-ab12']);
  });
});

it('the log of all this verifies, also when a word of it was erased', async () => {
  const log = createAuditLog(room.db, { enqueue: async () => {} });
  const published = { lines: async function* () {}, append: async () => {} };
  await eraseEvent(
    { log, clock: room.deps.clock },
    { kind: 'cli', user: 'root' },
    { subject: 'BK-1', seq: 1, reason: 'asked for' },
  );
  expect(await verifyLog({ log, published })).toMatchObject({ intact: true });
});
