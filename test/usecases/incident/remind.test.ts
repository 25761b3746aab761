import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createStore } from '../../../src/adapters/postgres/store.ts';
import { DatabaseUnavailable } from '../../../src/usecases/errors.ts';
import { remindOverdueUpdates } from '../../../src/usecases/incident/remind-overdue-updates.ts';
import { remindPostmortems } from '../../../src/usecases/incident/remind-postmortems.ts';
import { resolveIncident } from '../../../src/usecases/incident/resolve.ts';
import { setOwner } from '../../../src/usecases/incident/set-owner.ts';
import { alice, bob } from '../../support/incident-spec.ts';
import { type IncidentHarness, incidentHarness, person } from './incident-harness.ts';

let room: IncidentHarness;
beforeAll(async () => {
  room = await incidentHarness();
});
afterAll(() => room.close());
afterEach(async () => {
  for (const { number } of await room.deps.store.incidents('open', 100)) {
    await resolveIncident(room.deps, person(alice), { number, summary: 'End of the test' });
  }
});

async function ownedByBob(): Promise<number> {
  room.at(0);
  const number = await room.declared();
  await setOwner(room.deps, person(alice), { number, owner: bob });
  return number;
}

const overdue = async (number: number) =>
  (await room.promises()).flatMap((promise) =>
    promise.kind === 'post' && promise.message.type === 'update-overdue' && promise.message.incident === number
      ? [promise.to.to]
      : [],
  );

describe('overdue updates', () => {
  it('say of each incident why somebody was told, or why nobody was', async () => {
    const number = await ownedByBob();
    room.at(14);
    expect(await remindOverdueUpdates(room.deps)).toEqual([]);
    const incident = `INC-${number}`;
    const at = async (minute: number) => {
      room.at(minute);
      return remindOverdueUpdates(room.deps);
    };
    expect(await at(15)).toEqual([{ incident, told: true, reason: 'owner-first' }]);
    expect(await at(16)).toEqual([{ incident, told: false, reason: 'owner-has-time' }]);
    expect(await at(20)).toEqual([{ incident, told: true, reason: 'owner-did-not-post' }]);
    expect(await at(21)).toEqual([{ incident, told: false, reason: 'told-in-this-period' }]);
    expect(await overdue(number)).toEqual(['user', 'incident']);
  });

  it('are told once by ten instances that look at the same moment, also by one that has just started', async () => {
    const number = await ownedByBob();
    room.at(75);
    const silent = { enqueue: async () => {} };
    const instances = Array.from({ length: 10 }, () => ({ ...room.deps, store: createStore(room.db, silent) }));
    const reports = await Promise.all(instances.map(remindOverdueUpdates));
    expect(reports.flat().filter(({ told }) => told)).toHaveLength(1);
    expect(await overdue(number)).toEqual(['user']);
    expect((await room.kinds(number)).filter((kind) => kind === 'incident.update_overdue')).toHaveLength(1);
  });

  it('of one incident that cannot be decided keep nobody else from being told', async () => {
    const broken = await ownedByBob();
    const number = await ownedByBob();
    await room.db.pool.query(`update "Incident" set state = state || '{"severity": "SEV9"}' where number = $1`, [
      broken,
    ]);
    room.at(15);
    await expect(remindOverdueUpdates(room.deps)).rejects.toThrow('remind-overdue-updates failed for 1 of 2');
    expect(await overdue(number)).toEqual(['user']);
    await room.db.pool.query(`update "Incident" set state = state || '{"severity": "SEV1"}' where number = $1`, [
      broken,
    ]);
  });
});

describe('a database that is away', () => {
  it('ends the round with that reason, whatever incident it was met at', async () => {
    await ownedByBob();
    await ownedByBob();
    room.at(15);
    let asked = 0;
    const once = () => {
      asked += 1;
      return Promise.reject(new DatabaseUnavailable(new Error('connect ECONNREFUSED')));
    };
    const deps = { ...room.deps, store: { ...room.deps.store, once } };
    await expect(remindOverdueUpdates(deps)).rejects.toThrow(DatabaseUnavailable);
    expect(asked).toBe(1);
  });
});

describe('post-mortems', () => {
  it('are asked for at half their time, once', async () => {
    const number = await ownedByBob();
    await resolveIncident(room.deps, person(bob), { number, summary: 'Fixed' });
    const of = async (minute: number) => {
      room.at(minute);
      const reports = await remindPostmortems(room.deps);
      return reports.filter(({ incident }) => incident === `INC-${number}`).map(({ reason }) => reason);
    };
    expect(await of(60)).toEqual(['too-early']);
    expect(await of(24 * 60)).toEqual(['stage-reached']);
    expect(await of(24 * 60 + 1)).toEqual(['said-already']);
    const said = (await room.promises()).flatMap((promise) =>
      promise.kind === 'post' && promise.message.type === 'postmortem-due' && promise.message.incident === number
        ? [promise.message.stage]
        : [],
    );
    expect(said).toEqual(['half-time']);
  });
});
