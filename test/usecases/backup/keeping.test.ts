import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAuditLog } from '../../../src/adapters/postgres/audit-log.ts';
import type { CopyFound } from '../../../src/domain/backup/canary.ts';
import { alarmOf, newPlan } from '../../../src/domain/backup/planning.ts';
import { keepingSubject } from '../../../src/domain/event.ts';
import { verifyLog } from '../../../src/usecases/audit/verify.ts';
import { agreeToPrune } from '../../../src/usecases/backup/agree.ts';
import type { KeepDeps } from '../../../src/usecases/backup/copy.ts';
import { holdBackup, releaseBackup } from '../../../src/usecases/backup/hold.ts';
import { backupGlances } from '../../../src/usecases/backup/list.ts';
import { makeBackup } from '../../../src/usecases/backup/make.ts';
import { runBackup } from '../../../src/usecases/backup/run.ts';
import { doubtClock, dueUpkeep, keepUp } from '../../../src/usecases/backup/upkeep.ts';
import { type BackupCopies, CopyFailed } from '../../../src/usecases/backup-copies-port.ts';
import { aBackup, aSealed, backupSpec, NO_LOG, RECIPIENTS } from '../../support/backup-facts.ts';
import { alice, bob } from '../../support/incident-spec.ts';
import { incidentHarness, person } from '../incident/incident-harness.ts';

const never = new AbortController().signal;
const MINUTE = 1;
const DAY = 24 * 60;
const KEPT = { retention: { keep: 30 * DAY * 60_000, keepAtLeast: 3 }, storage: 'vault' };

let room: Awaited<ReturnType<typeof incidentHarness>>;
let deps: KeepDeps;
let key: string;
let keys = 0;
/** Where the clock stands, in minutes; each test goes on from where the last one left it. */
let minute = 0;
/** What the store is told, in order, and what it answers. */
const told: string[] = [];
let answers: { copy: CopyFailed | null; found: (place: string, id: string) => CopyFound };

beforeAll(async () => {
  room = await incidentHarness();
  const spec = backupSpec(...Array.from({ length: 9 }, (_, n) => aBackup({ key: `orders-${n + 1}`, ...KEPT })));
  room.rules.spec = {
    ...spec,
    targets: { ...spec.targets, vault: { kind: 'storage', url: '/mnt/vault' } },
    permissions: { ...spec.permissions, 'backup.prune': { teams: [], groups: [], users: [bob] } },
  };
  const copies: BackupCopies = {
    copy: async (_place, { id }) => {
      told.push(`copy ${id}`);
      if (answers.copy !== null) throw answers.copy;
      return { bytes: 208_000_000, lockedUntil: null };
    },
    read: async (place, _backup, ids) => ids.map((id) => answers.found(nameOf(place), id)),
    remove: async (place, _backup, id) => void told.push(`remove ${id} ${nameOf(place)}`),
    survey: async () => ({ bytes: 1_000, swept: 0 }),
  };
  deps = { ...room.deps, copies, root: '/home/backups', redact: (text) => text.replaceAll('s3cret', '***') };
});
afterAll(() => room.close());
beforeEach(() => {
  keys += 1;
  key = `orders-${keys}`;
  told.length = 0;
  answers = { copy: null, found: sound };
});

const nameOf = (place: Parameters<BackupCopies['survey']>[0]) => (place.kind === 'folder' ? place.path : place.bucket);
const idOf = (number: number) => `20260301T0100${String(number).padStart(2, '0')}Z-0001`;
const FILES = [
  { name: 'dump.zst.age', bytes: 10, sha256: '01' },
  { name: 'globals.sql.age', bytes: 10, sha256: '02' },
];
const sound = (): CopyFound => ({
  kind: 'read',
  manifestSha256: 'a'.repeat(64),
  says: { files: FILES, recipients: [...RECIPIENTS] },
  files: FILES,
  locks: { 'dump.zst.age': 2, 'globals.sql.age': 2 },
});

function pass(minutes: number): void {
  minute += minutes;
  room.at(minute);
}

/** A sealed backup, made now. */
async function sealed(): Promise<number> {
  const asked = await runBackup(deps, person(alice), { key });
  if (!asked.ok) throw new Error(asked.refusal.message);
  const { number } = asked.value.backup;
  const seal = aSealed({ id: idOf(number), snapshotAt: deps.clock.now().toISOString() });
  const maker = {
    make: async () => ({ ok: true, sealed: seal }) as const,
    leftOf: async () => null,
    discard: async () => {},
  };
  await makeBackup({ ...deps, maker, chance: () => 'ab12', pace: { look: 5, tell: 0 }, log: NO_LOG }, number, never);
  return number;
}

/** Everything that is due of this test's backup, done; what each came to. */
async function upkeep(): Promise<string[]> {
  const outcomes: string[] = [];
  const numbers = new Set((await deps.store.backups({ backup: key }, 100)).map(({ number }) => number));
  for (const job of await dueUpkeep(deps)) {
    if (job.kind === 'copy' ? numbers.has(job.number) : job.backup === key) {
      outcomes.push(`${job.kind} ${await keepUp(deps, job, never)}`);
    }
  }
  return outcomes;
}
const kinds = async (number: number) => {
  const all: string[] = [];
  for await (const event of deps.store.backupEvents(number)) all.push(event.kind);
  return all.slice(3);
};
const said = async (type: string) =>
  (await room.promises()).filter(
    (promise) =>
      promise.kind === 'post' &&
      promise.message.type === type &&
      (!('key' in promise.message) || promise.message.key === key),
  ).length;

describe('a copy off-site', () => {
  it('is tried again with more and more patience, told once, and the one here is kept meanwhile', async () => {
    const number = await sealed();
    answers.copy = new CopyFailed('403 for s3cret');
    const before = await said('backup-not-copied');
    const waited: number[] = [];
    for (const patience of [0, MINUTE, 5 * MINUTE, 15 * MINUTE]) {
      pass(patience);
      waited.push((await upkeep()).length);
      // Not before it is due.
      expect(await upkeep()).toEqual([]);
    }
    expect(waited).toEqual([1, 1, 1, 1]);
    expect(await said('backup-not-copied')).toBe(before + 1);
    const [glance] = (await backupGlances(deps)).filter((one) => one.key === key);
    expect(glance).toMatchObject({ health: 'failing', kept: { offSite: { pending: 1, why: '403 for ***' } } });

    answers.copy = null;
    pass(60 * MINUTE);
    expect(await upkeep()).toEqual(['copy copied']);
    expect(await deps.store.backup(number)).toMatchObject({ custody: { copy: { storage: 'vault' }, copying: null } });
    expect(await said('backup-copied')).toBe(1);
    pass(DAY);
    expect((await upkeep()).filter((outcome) => outcome.startsWith('copy'))).toEqual([]);
    expect(told.filter((line) => line.startsWith('remove'))).toEqual([]);
  });
});

describe('the daily look at what is kept', () => {
  it('reads every copy, says what changed and nothing else, and never calls good what it could not read', async () => {
    const [first, second] = [await sealed(), await sealed()];
    await upkeep();
    pass(DAY);
    expect(await upkeep()).toEqual(['look nothing']);
    expect(await kinds(first)).toEqual(['backup.copied', 'backup.looked-at']);
    expect(await upkeep()).toEqual([]);
    const before = await said('backups-unsound');

    pass(DAY);
    answers.found = (place, id) =>
      place === '/mnt/vault' && id === idOf(first) ? ({ ...sound(), files: FILES.slice(1) } as CopyFound) : sound();
    await upkeep();
    pass(DAY);
    await upkeep();
    expect(await said('backups-unsound')).toBe(before + 1);
    expect(await deps.store.backup(first)).toMatchObject({
      custody: {
        look: { findings: [{ place: 'off-site', verdict: 'damaged', what: 'dump.zst.age: it is not there' }] },
      },
    });
    expect(await kinds(second)).toEqual(['backup.copied', 'backup.looked-at']);
    const [glance] = (await backupGlances(deps)).filter((one) => one.key === key);
    expect(glance).toMatchObject({ health: 'failing', kept: { unsound: [first], look: { looked: 4, sound: 3 } } });

    // Its owners are woken for it, once, by whoever watches backups.
    const plan = { ...newPlan(key, deps.clock.now()), alarm: null };
    const { backups } = room.rules.spec;
    const one = backups.find((backup) => backup.key === key);
    if (glance === undefined || one === undefined) throw new Error('the spec has no such backup');
    expect(alarmOf(glance, plan, one, 'UTC', deps.clock.now())).toMatchObject({ alarm: `unsound BK-${first}` });
    expect(alarmOf({ ...glance, kept: null }, plan, one, 'UTC', deps.clock.now())).toBeNull();

    pass(DAY);
    answers.found = () => ({ kind: 'not-read', why: 'no answer' });
    await upkeep();
    const [unread] = (await backupGlances(deps)).filter((one) => one.key === key);
    expect(unread).toMatchObject({
      health: 'failing',
      kept: { untold: [second, first], look: { sound: 0, untold: 4 } },
    });
  });

  it('finds that the keys of a backup were all replaced (row 7), unless somebody says that they are kept', async () => {
    const number = await sealed();
    await upkeep();
    const { backups } = room.rules.spec;
    const others = ['age1charlie', 'age1dora'];
    const replace = (formerRecipients: string[]) => {
      room.rules.spec = {
        ...room.rules.spec,
        backups: backups.map((one) => (one.key === key ? { ...one, recipients: others, formerRecipients } : one)),
      };
    };
    replace([]);
    pass(DAY);
    await upkeep();
    const verdict = async () => (await deps.store.backup(number))?.custody.look?.findings.map((one) => one.verdict);
    expect(await verdict()).toEqual(['unreadable', 'unreadable']);
    replace([...RECIPIENTS]);
    pass(DAY);
    await upkeep();
    expect(await verdict()).toEqual([]);
  });
});

describe('what had its time', () => {
  /** Six, a day apart, copied and read; the first four of which are old. */
  async function old(): Promise<number[]> {
    const numbers: number[] = [];
    for (let day = 0; day < 4; day += 1) {
      numbers.push(await sealed());
      pass(DAY);
      await upkeep();
    }
    for (let day = 0; day < 30; day += 1) {
      pass(DAY);
      await upkeep();
    }
    for (let day = 0; day < 3; day += 1) numbers.push(await sealed());
    return numbers;
  }

  it('goes only after a person has agreed, from off-site first, each with an event; what is held stays', async () => {
    const asked = await said('backups-to-delete');
    const [first = 0, second = 0, third = 0, ...rest] = await old();
    await holdBackup(deps, person(alice), { number: second, reason: 'the auditors want it' });
    await upkeep();
    pass(DAY);
    expect(await upkeep()).toContain('look ask');
    expect(await said('backups-to-delete')).toBe(asked + 1);
    expect(told.filter((line) => line.startsWith('remove'))).toEqual([]);

    expect(await agreeToPrune(deps, person(alice), { key })).toMatchObject({ refusal: { code: 'not-permitted' } });
    expect(await agreeToPrune(deps, person(bob), { key })).toMatchObject({ ok: true });
    pass(MINUTE);
    expect(await upkeep()).toEqual(['look expire']);
    expect(told.filter((line) => line.startsWith('remove')).slice(0, 2)).toEqual([
      `remove ${idOf(first)} /mnt/vault`,
      `remove ${idOf(first)} /home/backups`,
    ]);
    const status = async (number: number) => (await deps.store.backup(number))?.status;
    expect([await status(first), await status(second), await status(third)]).toEqual(['expired', 'sealed', 'expired']);
    expect((await kinds(first)).slice(-2)).toEqual(['backup.expiring', 'backup.expired']);
    for (const number of rest.slice(1)) expect(await status(number)).toBe('sealed');
    expect(await holdBackup(deps, person(alice), { number: first, reason: null })).toMatchObject({
      refusal: { code: 'not-kept' },
    });

    await releaseBackup(deps, person(alice), { number: second, reason: null });
    pass(DAY);
    expect(await upkeep()).toContain('look expire');
    expect(await status(second)).toBe('expired');
    const log = createAuditLog(room.db, { enqueue: async () => {} });
    expect(await verifyLog({ log, published: null })).toMatchObject({ intact: true, faults: [] });
  });

  it('stays when the clock jumped, until somebody agrees anew (row 12)', async () => {
    const [first = 0] = await old();
    pass(DAY);
    await upkeep();
    await agreeToPrune(deps, person(bob), { key });
    const now = deps.clock.now();
    const before = await said('backups-kept');
    await doubtClock(deps, { now, lastSeenAt: new Date(now.getTime() - 86_400_000), passed: 60_000 });
    await doubtClock(deps, { now, lastSeenAt: new Date(now.getTime() - 86_400_000), passed: 60_000 });
    expect(await said('backups-kept')).toBe(before + 1);
    pass(DAY);
    expect(await upkeep()).toContain('look ask');
    expect(await deps.store.backup(first)).toMatchObject({ status: 'sealed' });
    await agreeToPrune(deps, person(bob), { key });
    pass(MINUTE);
    expect(await upkeep()).toContain('look expire');
    expect(await deps.store.backup(first)).toMatchObject({ status: 'expired' });
    expect((await deps.store.latestKeeping(key)).map(({ subject }) => subject)).toContain(keepingSubject(key));
  });
});
