import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/adapters/postgres/client.ts';
import { createStore } from '../../../src/adapters/postgres/store.ts';
import type { Digest } from '../../../src/domain/spec/digest.ts';
import { postDigests } from '../../../src/usecases/digest/post.ts';
import { aDuty, HOUR } from '../../support/duty-spec.ts';
import { type DutyHarness, dutyHarness } from '../duty/duty-harness.ts';

const NINE: Digest = {
  at: { hour: 9, minute: 0 },
  days: 'working days',
  sections: ['duties', 'incidents', 'since-yesterday'],
  rollups: [],
};

let room: DutyHarness;
beforeEach(async () => {
  room = await dutyHarness(aDuty({ grace: HOUR }));
  room.rules.spec = { ...room.rules.spec, digest: { dba: NINE, silent: { ...NINE, timezone: 'UTC' } } };
});
afterEach(() => room.close());

/** Says that a spec came into force then. */
const installed = (at: string) => {
  const instant = new Date(at);
  const draft = {
    actor: { kind: 'system', job: 'start' } as const,
    occurredAt: instant,
    recordedAt: instant,
    body: { kind: 'spec.loaded' },
  };
  return room.deps.store.once(null, (tx) => tx.save({ events: [{ subject: 'SPEC', draft }] }));
};

/** What was said until now: where, and of which day; " late" where it was. */
const said = async () =>
  (await room.messages()).flatMap(({ to, message }) =>
    message.type === 'digest' ? [`${to} ${message.digest.day}${message.digest.late ? ' late' : ''}`] : [],
  );
const reasons = async (at: string) => {
  room.moveTo(at);
  return (await postDigests(room.deps)).map(({ reason }) => reason);
};

describe('the digests of the teams', () => {
  it('are said once each at the hour of each team, however often one looks', async () => {
    // Wednesday; Paris is an hour ahead.
    expect(await reasons('2026-03-18T07:59:00Z')).toEqual(['too-early', 'too-early']);
    expect(await reasons('2026-03-18T08:00:00Z')).toEqual(['on-time', 'too-early']);
    expect(await reasons('2026-03-18T09:00:00Z')).toEqual(['said-already', 'on-time']);
    expect(await reasons('2026-03-18T17:00:00Z')).toEqual(['said-already', 'said-already']);
    expect(await reasons('2026-03-21T09:00:00Z')).toEqual(['not-on-this-weekday', 'not-on-this-weekday']);
    expect(await said()).toEqual(['#dba 2026-03-18', '#ops 2026-03-18']);
  });

  it('are said once by instances that look at once', async () => {
    const other = openDatabase(room.url);
    const second = { ...room.deps, store: createStore(other, { enqueue: async () => {} }) };
    await installed('2026-03-01T00:00:00Z');
    room.moveTo('2026-03-18T09:00:00Z');
    const reports = await Promise.all([room.deps, second, room.deps, second].map((deps) => postDigests(deps)));
    await other.close();
    expect(reports.flat().filter(({ posted }) => posted)).toHaveLength(2);
    expect(reports.flat().filter(({ reason }) => reason === 'said-already')).toHaveLength(6);
    expect((await said()).sort()).toEqual(['#dba 2026-03-18 late', '#ops 2026-03-18']);
  });

  it('after an outage are said late on the same day, and for no day that has passed', async () => {
    await installed('2026-03-01T00:00:00Z');
    await reasons('2026-03-17T08:00:00Z');
    expect(await reasons('2026-03-20T14:00:00Z')).toEqual(['late', 'late']);
    expect(await said()).toEqual(['#dba 2026-03-17', '#dba 2026-03-20 late', '#ops 2026-03-20 late']);
  });

  it('are not owed for an hour before Mainstay was installed', async () => {
    await installed('2026-03-18T13:00:00Z');
    expect(await reasons('2026-03-18T14:00:00Z')).toEqual(['not-here-then', 'not-here-then']);
    expect(await reasons('2026-03-19T14:00:00Z')).toEqual(['late', 'late']);
  });

  it('tell what is late, what is due, and what ended since', async () => {
    await room.at('2026-03-17T07:59:00Z');
    await room.at('2026-03-17T08:00:00Z');
    await room.at('2026-03-17T10:00:00Z');
    await room.at('2026-03-18T08:00:00Z');
    await postDigests(room.deps);
    const [first] = (await room.messages()).flatMap(({ message }) =>
      message.type === 'digest' ? [message.digest] : [],
    );
    const lines = first?.sections.map(({ name, lines }) => [
      name,
      ...lines.map((line) => `${line.subject} ${line.said}`),
    ]);
    expect(lines).toEqual([
      ['duties', 'RUN-2 due since'],
      ['since-yesterday', 'RUN-1 missed, was due'],
    ]);
    expect(first?.green).toEqual(['no open incident']);
  });
});
