import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStore } from '../../../src/adapters/postgres/store.ts';
import { climb } from '../../../src/domain/backup/ladder.ts';
import { parseWhen } from '../../../src/domain/duty/parse-when.ts';
import { requestDrill } from '../../../src/usecases/backup/drill.ts';
import { showDrill } from '../../../src/usecases/backup/list-drills.ts';
import { makeBackup } from '../../../src/usecases/backup/make.ts';
import { type DrillDeps, performDrill } from '../../../src/usecases/backup/perform-drill.ts';
import { runBackup } from '../../../src/usecases/backup/run.ts';
import { tickDrills } from '../../../src/usecases/backup/tick-drills.ts';
import type { Driller } from '../../../src/usecases/drill-port.ts';
import type { DrillJob } from '../../../src/usecases/jobs-port.ts';
import { aBackup, aSealed, backupSpec, NO_LOG } from '../../support/backup-facts.ts';
import { aManifest, seenWell, WANTED } from '../../support/drill-facts.ts';
import { alice, bob, minutesLater } from '../../support/incident-spec.ts';
import { incidentHarness, person } from '../incident/incident-harness.ts';

const never = new AbortController().signal;
const manifest = aManifest();
const passed = climb(manifest, seenWell(manifest), WANTED);

let room: Awaited<ReturnType<typeof incidentHarness>>;
const jobs: DrillJob[] = [];
let deps: DrillDeps & { readonly spec: (typeof room)['deps']['spec'] };
/** Keys are used once, so that the tests share a database. */
let key: string;
let keys = 0;
beforeAll(async () => {
  room = await incidentHarness();
  room.rules.spec = backupSpec(...Array.from({ length: 8 }, (_, n) => aBackup({ key: `orders-${n + 1}` })));
});
afterAll(() => room.close());
beforeEach(() => {
  keys += 1;
  key = `orders-${keys}`;
  jobs.length = 0;
  drilledBy(async (_drill, _stop, onRung) => {
    onRung('fetch');
    onRung('restore');
    return { kind: 'ended', result: passed };
  });
});

function drilledBy(drill: Driller['drill']) {
  const store = createStore(room.db, {
    enqueue: async (_tx, _promises, _actions, _pages, _backups, drills = []) => void jobs.push(...drills),
  });
  deps = { ...room.deps, store, driller: { drill } };
}

async function sealed(): Promise<number> {
  const asked = await runBackup(deps, person(alice), { key });
  if (!asked.ok) throw new Error(asked.refusal.message);
  const { number } = asked.value.backup;
  const maker = {
    make: async () => ({ ok: true, sealed: aSealed() }) as const,
    leftOf: async () => null,
    discard: async () => {},
  };
  await makeBackup({ ...deps, maker, chance: () => 'ab12', pace: { look: 5, tell: 0 }, log: NO_LOG }, number, never);
  return number;
}
async function asked(): Promise<number> {
  const outcome = await requestDrill(deps, person(alice), { key });
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  return outcome.value.drill.number;
}
async function kinds(number: number): Promise<string[]> {
  const shown = await showDrill(deps, number);
  return shown.ok ? shown.value.events.map(({ kind }) => kind) : [];
}

describe('a drill that somebody asks for', () => {
  it('is of the latest backup, and whoever asks meanwhile gets the same', async () => {
    const before = await sealed();
    const backup = await sealed();
    const drill = await asked();
    expect(jobs).toEqual([{ drill, lane: key }]);
    expect(await deps.store.drill(drill)).toMatchObject({ of: backup, status: 'requested', previous: aSealed().id });
    expect(await requestDrill(deps, person(bob), { number: before })).toMatchObject({
      ok: true,
      value: { joined: true, drill: { number: drill } },
    });
    expect(jobs).toHaveLength(1);
  });

  it('needs a backup', async () => {
    expect(await requestDrill(deps, person(alice), { key })).toMatchObject({ refusal: { code: 'nothing-to-drill' } });
    expect(await requestDrill(deps, person(alice), { number: 9999 })).toMatchObject({
      refusal: { code: 'unknown-backup' },
    });
  });
});

describe('making one', () => {
  it('that passes marks the backup as proven', async () => {
    const backup = await sealed();
    const drill = await asked();
    expect(await performDrill(deps, drill, never)).toBe('passed');
    expect(await kinds(drill)).toEqual([
      'drill.requested',
      'drill.began',
      'drill.reached',
      'drill.reached',
      'drill.ended',
    ]);
    expect(await deps.store.backup(backup)).toMatchObject({ proof: { drill, verdict: 'passed' } });
    expect(await performDrill(deps, drill, never)).toBe('over');
  });

  it('that could not look leaves the proof there was', async () => {
    const backup = await sealed();
    const first = await asked();
    await performDrill(deps, first, never);
    drilledBy(async () => ({ kind: 'ended', result: { ...passed, verdict: 'could-not-verify' } }));
    expect(await performDrill(deps, await asked(), never)).toBe('could-not-verify');
    expect(await deps.store.backup(backup)).toMatchObject({ proof: { drill: first, verdict: 'passed' } });
    drilledBy(async () => ({ kind: 'ended', result: { ...passed, verdict: 'finding' } }));
    const last = await asked();
    await performDrill(deps, last, never);
    expect(await deps.store.backup(backup)).toMatchObject({ proof: { drill: last, verdict: 'finding' } });
  });

  it('is given back when its worker ends, and made by the next', async () => {
    await sealed();
    const ending = new AbortController();
    drilledBy((_drill, stop) => {
      const drilled = Promise.withResolvers<never>();
      stop.addEventListener('abort', () => drilled.reject(stop.reason));
      ending.abort(new Error('this process ends'));
      return drilled.promise;
    });
    const drill = await asked();
    expect(await performDrill(deps, drill, ending.signal)).toBe('interrupted');
    drilledBy(async () => ({ kind: 'ended', result: passed }));
    expect(await performDrill(deps, drill, never)).toBe('passed');
    expect(await deps.store.drill(drill)).toMatchObject({ attempts: 2 });
  });
});

it('without a drill worker it could not be verified, and that is said once', async () => {
  await sealed();
  const drill = await asked();
  expect((await tickDrills(deps, minutesLater(4))).givenUp).not.toContain(drill);
  expect((await tickDrills(deps, minutesLater(6))).givenUp).toContain(drill);
  expect((await tickDrills(deps, minutesLater(7))).givenUp).toEqual([]);
  expect(await deps.store.drill(drill)).toMatchObject({
    status: 'could-not-verify',
    lack: { kind: 'no-drill-worker' },
  });
  expect(await performDrill(deps, drill, never)).toBe('over');
  const told = (await room.promises()).filter(
    (one) => one.kind === 'post' && one.message.type === 'drill-report' && one.message.drill === drill,
  );
  expect(told).toHaveLength(1);
});

it('a planned one is opened once when its time has come, of the latest backup', async () => {
  const when = parseWhen({ every: 'day', at: '14:30', timezone: 'UTC' });
  if (!when.ok) throw new Error('that is no time of a day');
  const planned = aBackup({ key, drill: when.value });
  room.rules.spec = { ...room.rules.spec, backups: [planned] };
  expect((await tickDrills(deps, minutesLater(31))).opened).toEqual([]);
  const backup = await sealed();
  const { opened } = await tickDrills(deps, minutesLater(31));
  expect(opened).toHaveLength(1);
  expect(await deps.store.drill(opened[0] ?? 0)).toMatchObject({ of: backup, requested: { by: { kind: 'system' } } });
  await performDrill(deps, opened[0] ?? 0, never);
  expect((await tickDrills(deps, minutesLater(32))).opened).toEqual([]);
  expect((await tickDrills(deps, minutesLater(31 + 24 * 60))).opened).toHaveLength(1);
});
