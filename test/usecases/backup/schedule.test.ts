import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStore } from '../../../src/adapters/postgres/store.ts';
import type { Backup } from '../../../src/domain/spec/backup.ts';
import { watchBackups } from '../../../src/usecases/backup/alarm.ts';
import type { BackupDeps } from '../../../src/usecases/backup/change.ts';
import { type MakeDeps, makeBackup } from '../../../src/usecases/backup/make.ts';
import { planBackups } from '../../../src/usecases/backup/plan.ts';
import { runBackup } from '../../../src/usecases/backup/run.ts';
import type { Made } from '../../../src/usecases/backup-port.ts';
import { aBackup, aSealed, backupSpec, NO_LOG } from '../../support/backup-facts.ts';
import { when } from '../../support/duty-spec.ts';
import { alice } from '../../support/incident-spec.ts';
import { incidentHarness, person } from '../incident/incident-harness.ts';

const never = new AbortController().signal;
const HOUR = 60;
const DAY = 24 * HOUR;
/** The clock stands at 15:00 of Paris; the next midnight there is nine hours away. */
const MIDNIGHT = 9 * HOUR;

let room: Awaited<ReturnType<typeof incidentHarness>>;
let backup: Backup;
let keys = 0;
beforeAll(async () => {
  room = await incidentHarness();
});
afterAll(() => room.close());
beforeEach(() => {
  keys += 1;
  backup = aBackup({ key: `orders-${keys}`, when: when({ every: 'day', at: '00:00' }) });
  room.rules.spec = backupSpec(backup);
  room.at(0);
});

/** What a process makes of it. */
function make(number: number, made: Made): Promise<unknown> {
  const deps: MakeDeps = {
    ...room.deps,
    maker: { make: async () => made, leftOf: async () => null, discard: async () => {} },
    chance: () => 'ab12',
    pace: { look: 5, tell: 60_000 },
    log: NO_LOG,
  };
  return makeBackup(deps, number, never);
}
const seal = (number: number) => {
  const snapshotAt = room.deps.clock.now().toISOString();
  return make(number, { ok: true, sealed: aSealed({ snapshotAt }) });
};
const fail = (number: number) => make(number, { ok: false, reason: 'disk full', passing: false });
const pages = async () => (await room.deps.store.openPages(50)).filter(({ title }) => title.startsWith('Orders'));
/** The number of the one that is due; fails when none is. */
async function due(): Promise<number> {
  const [planned] = await planBackups(room.deps);
  if (planned === undefined) throw new Error('none is due');
  return planned.number;
}

describe('the calendar of a backup', () => {
  it('begins when the spec has it: nothing from before is asked for', async () => {
    expect(await planBackups(room.deps)).toEqual([]);
    room.at(MIDNIGHT - 1);
    expect(await planBackups(room.deps)).toEqual([]);
    room.at(MIDNIGHT);
    expect(await planBackups(room.deps)).toMatchObject([{ backup: backup.key, joined: false, missed: 0 }]);
    expect(await planBackups(room.deps)).toEqual([]);
  });

  it('has each made once, however many instances look at once', async () => {
    await planBackups(room.deps);
    room.at(MIDNIGHT);
    const other: BackupDeps = { ...room.deps, store: createStore(room.db, { enqueue: async () => {} }) };
    const planned = (
      await Promise.all(Array.from({ length: 10 }, (_, n) => planBackups(n % 2 === 0 ? room.deps : other)))
    ).flat();
    expect(planned).toHaveLength(1);
    expect(await room.deps.store.backups({ backup: backup.key }, 10)).toMatchObject([
      { occurrence: '2026-11-22T00:00' },
    ]);
  });

  it('is satisfied by one that a person asked for just before', async () => {
    await planBackups(room.deps);
    room.at(MIDNIGHT - 1);
    const asked = await runBackup(room.deps, person(alice), { key: backup.key });
    room.at(MIDNIGHT);
    expect(await planBackups(room.deps)).toMatchObject([
      { joined: true, number: asked.ok ? asked.value.backup.number : 0 },
    ]);
    expect(await room.deps.store.backups({ backup: backup.key }, 10)).toHaveLength(1);
  });

  it('after an outage of days has one made, not one for each', async () => {
    await planBackups(room.deps);
    room.at(MIDNIGHT + 3 * DAY + HOUR);
    expect(await planBackups(room.deps)).toMatchObject([{ joined: false, missed: 3 }]);
    expect(await room.deps.store.backups({ backup: backup.key }, 10)).toMatchObject([
      { occurrence: '2026-11-25T00:00' },
    ]);
  });

  it('a clock that was set back makes none twice', async () => {
    await planBackups(room.deps);
    room.at(MIDNIGHT + 5);
    await seal(await due());
    room.at(MIDNIGHT - 30);
    expect(await planBackups(room.deps)).toEqual([]);
    room.at(MIDNIGHT + 1);
    expect(await planBackups(room.deps)).toEqual([]);
    room.at(MIDNIGHT + DAY);
    expect(await planBackups(room.deps)).toHaveLength(1);
  });
});

describe('a backup that is not made', () => {
  it('wakes its owners once when it failed, again when the next one does, and is quiet once one is good', async () => {
    await planBackups(room.deps);
    room.at(MIDNIGHT);
    const first = await due();
    expect(await watchBackups(room.deps)).toEqual([]);
    await fail(first);
    expect(await watchBackups(room.deps)).toMatchObject([{ alarm: `failed BK-${first}`, incident: null }]);
    expect(await watchBackups(room.deps)).toEqual([]);
    expect(await pages()).toMatchObject([
      { title: 'Orders, daily: the backup failed', detail: 'disk full', team: 'platform' },
    ]);
    room.at(MIDNIGHT + DAY);
    await fail(await due());
    expect(await watchBackups(room.deps)).toHaveLength(1);
    room.at(MIDNIGHT + 2 * DAY);
    await seal(await due());
    expect(await watchBackups(room.deps)).toEqual([]);
    room.at(MIDNIGHT + 3 * DAY);
    await fail(await due());
    expect(await watchBackups(room.deps)).toHaveLength(1);
  });

  it('wakes them when none came an hour after the first was due, and not before', async () => {
    await planBackups(room.deps);
    room.rules.spec = backupSpec({ ...backup, rpo: DAY * 60_000 });
    room.at(MIDNIGHT + HOUR - 1);
    expect(await watchBackups(room.deps)).toEqual([]);
    room.at(MIDNIGHT + HOUR);
    expect(await watchBackups(room.deps)).toMatchObject([{ alarm: 'none' }]);
  });

  it('wakes them when the last is older than may be lost', async () => {
    await planBackups(room.deps);
    room.at(MIDNIGHT);
    const number = await due();
    await seal(number);
    room.rules.spec = backupSpec({ ...backup, rpo: DAY * 60_000 });
    room.at(MIDNIGHT + DAY);
    expect(await watchBackups(room.deps)).toEqual([]);
    room.at(MIDNIGHT + DAY + 1);
    expect(await watchBackups(room.deps)).toMatchObject([{ alarm: `old BK-${number}` }]);
  });

  it('declares an incident where the spec says so, one', async () => {
    room.rules.spec = backupSpec({ ...backup, incident: 'SEV2' });
    await planBackups(room.deps);
    room.at(MIDNIGHT);
    await fail(await due());
    const [alarmed] = await watchBackups(room.deps);
    expect(await room.deps.store.incident(alarmed?.incident ?? 0)).toMatchObject({
      title: 'Orders, daily: the backup failed',
      severity: 'SEV2',
    });
    expect(await watchBackups(room.deps)).toEqual([]);
  });

  it('that a person asked for is told in the channel and wakes nobody while there is a good one', async () => {
    await planBackups(room.deps);
    room.at(MIDNIGHT);
    await seal(await due());
    const asked = await runBackup(room.deps, person(alice), { key: backup.key });
    await fail(asked.ok ? asked.value.backup.number : 0);
    expect(await watchBackups(room.deps)).toEqual([]);
  });
});
