import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventsOf } from '../../../src/adapters/postgres/event-log.ts';
import { rowsOf } from '../../../src/adapters/postgres/session.ts';
import { OWN_SUBJECT } from '../../../src/domain/event.ts';
import type { OwnFacts } from '../../../src/domain/own/facts.ts';
import { judgeOwn } from '../../../src/domain/own/judge.ts';
import type { OwnEvent } from '../../../src/domain/own/trouble.ts';
import { tellOperators } from '../../../src/usecases/own/tell.ts';
import { storeHarness } from '../../adapters/postgres/store-harness.ts';
import { incidentSpec } from '../../support/incident-spec.ts';
import { database, well } from '../../support/own-facts.ts';

const lagging: OwnFacts = {
  ...well,
  database: { ...database, deliveries: { pending: 3, undeliverable: 0, oldestMs: 400_000 } },
};
const slow: OwnFacts = { ...well, database: { ...database, answerMs: 2_000 } };
const full: OwnFacts = { ...well, disks: [{ place: 'home', freeBytes: 0, totalBytes: 1 }] };

let harness: Awaited<ReturnType<typeof storeHarness>>;
beforeAll(async () => {
  harness = await storeHarness();
});
afterAll(() => harness.close());

const time = { now: Date.parse('2026-11-21T14:00:00.000Z') };

/** One instance, which sees what it is told to see. */
function instance(machine: string) {
  const state = { facts: well };
  const { pool } = harness.db;
  const look = tellOperators({
    own: async () => ({ facts: state.facts, health: judgeOwn(state.facts) }),
    store: harness.store,
    told: (since) => eventsOf<OwnEvent>((text, values) => rowsOf(pool, text, values), OWN_SUBJECT, since),
    place: { machine, process: `${machine}, process 1` },
    spec: { current: () => incidentSpec },
    clock: { now: () => new Date(time.now) },
  });
  return { state, look: async () => (await look()).map(({ kind, part, place }) => [kind, part, place]) };
}
async function minutes(count: number, ...all: { look(): Promise<unknown[]> }[]): Promise<unknown[]> {
  const told: unknown[] = [];
  for (let n = 0; n < count; n += 1) {
    for (const said of await Promise.all(all.map(({ look }) => look()))) told.push(...said);
    time.now += 60_000;
  }
  return told;
}
const posted = async () =>
  (
    await harness.db.pool.query<{ intent: { message: { event: OwnEvent } } }>(
      'select intent from "Delivery" order by id',
    )
  ).rows.map(({ intent }) => `${intent.message.event.kind} ${intent.message.event.part}`);

it('tells once what lasts and once that it is over, whichever of two instances sees it, and nothing of what passes', async () => {
  const [one, other] = [instance('app-1'), instance('app-2')];
  expect(await minutes(7, one, other)).toEqual([]);
  for (const { state } of [one, other]) state.facts = lagging;
  expect(await minutes(5, one, other)).toEqual([]);
  for (const { state } of [one, other]) state.facts = well;
  expect(await minutes(2, one, other)).toEqual([]);
  for (const { state } of [one, other]) state.facts = lagging;
  await minutes(30, one, other);
  expect(await posted()).toEqual(['own.degraded queue']);
  for (const { state } of [one, other]) state.facts = well;
  expect(await minutes(5, one, other)).toEqual([]);
  await minutes(30, one, other);
  expect(await posted()).toEqual(['own.degraded queue', 'own.recovered queue']);
});

it('tells of a disk for each machine, and that it is well again also when the process was restarted meanwhile', async () => {
  const [one, other] = [instance('app-1'), instance('app-2')];
  one.state.facts = full;
  other.state.facts = full;
  const told = await minutes(6, one, other);
  expect(new Set(told.map(String))).toEqual(new Set(['own.degraded,disk,app-1', 'own.degraded,disk,app-2']));
  const again = instance('app-1');
  expect(await minutes(6, again)).toEqual([['own.recovered', 'disk', 'app-1']]);
  expect(await minutes(60, again)).toEqual([]);
});

it('tells of a database that is slow for one process, which another that finds it quick does not take back', async () => {
  const [one, other] = [instance('app-4'), instance('app-5')];
  one.state.facts = slow;
  expect(await minutes(30, one, other)).toEqual([['own.degraded', 'database', 'app-4, process 1']]);
  one.state.facts = well;
  expect(await minutes(30, one, other)).toEqual([['own.recovered', 'database', 'app-4, process 1']]);
});

it('tells that what all share is well again also when who told of it is gone and the other never saw it', async () => {
  const [one, other] = [instance('app-6'), instance('app-7')];
  await minutes(7, one, other);
  one.state.facts = lagging;
  expect(await minutes(6, one)).toEqual([['own.degraded', 'queue', null]]);
  expect(await minutes(30, other)).toEqual([['own.recovered', 'queue', null]]);
});

it('says nothing while the database is away, of which people are told past the queue', async () => {
  const one = instance('app-3');
  one.state.facts = { ...well, database: null };
  expect(await minutes(10, one)).toEqual([]);
});
