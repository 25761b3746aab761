import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/adapters/postgres/client.ts';
import { createStore } from '../../../src/adapters/postgres/store.ts';
import type { Digest } from '../../../src/domain/spec/digest.ts';
import { postRollups } from '../../../src/usecases/digest/post-rollups.ts';
import { aDuty, HOUR, when } from '../../support/duty-spec.ts';
import { type DutyHarness, dutyHarness } from '../duty/duty-harness.ts';

/** On Fridays at 16:00, and on the first of each month; in Paris. */
const LOOKS_BACK: Digest = {
  at: { hour: 9, minute: 0 },
  days: 'working days',
  sections: ['duties'],
  rollups: [when({ every: 'week', on: 'friday', at: '16:00' }), when({ every: 'month', on: 1, at: '09:00' })],
};

let room: DutyHarness;
beforeEach(async () => {
  room = await dutyHarness(aDuty({ grace: HOUR, when: when({ every: 'week', on: 'monday', at: '09:00' }) }));
  room.rules.spec = { ...room.rules.spec, digest: { dba: LOOKS_BACK } };
});
afterEach(() => room.close());

const said = async () =>
  (await room.messages()).flatMap(({ to, message }) =>
    message.type === 'rollup' ? [`${to} ${message.rollup.period}${message.rollup.late ? ' late' : ''}`] : [],
  );
const reasons = async (at: string) => {
  room.moveTo(at);
  return (await postRollups(room.deps)).map(({ reason }) => reason);
};

describe('the look backs', () => {
  it('are said once each when they are due, and a quarter to the managers on the morning after', async () => {
    await room.at('2026-03-01T12:00:00Z');
    await room.at('2026-03-23T08:00:00Z');
    expect(await reasons('2026-03-27T15:00:00Z')).toEqual(['on-time', 'not-due', 'not-due']);
    expect(await reasons('2026-03-27T15:01:00Z')).toEqual(['said-already', 'not-due', 'not-due']);
    expect(await reasons('2026-04-01T07:00:00Z')).toEqual(['said-already', 'on-time', 'on-time']);
    expect(await reasons('2026-04-01T17:00:00Z')).toEqual(['not-due', 'said-already', 'said-already']);
    expect(await said()).toEqual(['#dba Week 13 of 2026', '#dba March 2026', '#managers Q1 2026']);
  });

  it('are said once by instances that look at once, and late after an outage', async () => {
    await room.at('2026-03-01T12:00:00Z');
    await room.at('2026-03-23T08:00:00Z');
    const other = openDatabase(room.url);
    const second = { ...room.deps, store: createStore(other, { enqueue: async () => {} }) };
    room.moveTo('2026-04-03T06:00:00Z');
    const reports = await Promise.all([room.deps, second, room.deps, second].map((deps) => postRollups(deps)));
    await other.close();
    expect(reports.flat().filter(({ posted }) => posted)).toHaveLength(2);
    expect((await said()).sort()).toEqual(['#dba March 2026 late', '#managers Q1 2026 late']);
  });

  it('are not owed by a Mainstay that has just been installed', async () => {
    expect(await reasons('2026-04-01T12:00:00Z')).toEqual(['nothing-recorded', 'nothing-recorded', 'nothing-recorded']);
    expect(await said()).toEqual([]);
  });
});
