import { afterEach, describe, expect, it } from 'vitest';
import { createStore } from '../../../src/adapters/postgres/store.ts';
import { finishRun } from '../../../src/usecases/duty/done.ts';
import { followRuns } from '../../../src/usecases/duty/follow.ts';
import { planDuties } from '../../../src/usecases/duty/plan.ts';
import { reportCompletion } from '../../../src/usecases/duty/report.ts';
import { waiveRun } from '../../../src/usecases/duty/waive.ts';
import { aDuty, DAY, HOUR, person as people, specWith, when } from '../../support/duty-spec.ts';
import { type DutyHarness, dutyHarness, person } from './duty-harness.ts';

let room: DutyHarness;
afterEach(() => room.close());

const dueTimes = async () => (await room.runs()).map(({ dueAt }) => dueAt.slice(0, 16));
const said = async () => (await room.messages()).map(({ to, message }) => `${to} ${message.type}`);

describe('an occurrence', () => {
  it('becomes a run when it is due, once, however often and by however many it is planned', async () => {
    room = await dutyHarness(aDuty());
    await room.at('2026-03-02T07:59:00Z');
    expect(await room.runs()).toEqual([]);
    room.moveTo('2026-03-02T08:00:00Z');
    const others = [1, 2, 3].map(() => ({ ...room.deps, store: createStore(room.db, { enqueue: async () => {} }) }));
    await Promise.all([...others, room.deps].flatMap((deps) => [planDuties(deps), planDuties(deps), followRuns(deps)]));
    expect(await room.runs()).toMatchObject([{ number: expect.any(Number), status: 'due', local: '2026-03-02 09:00' }]);
    expect(await said()).toEqual(['#dba run-card']);
  });

  it('is announced before it is due where the spec asks for it, and asked for on its card', async () => {
    room = await dutyHarness(aDuty({ announceBefore: DAY, when: when({ every: 'week', on: 'friday', at: '09:00' }) }));
    await room.at('2026-03-02T08:00:00Z');
    await room.at('2026-03-05T07:59:00Z');
    expect(await room.runs()).toEqual([]);
    await room.at('2026-03-05T08:00:00Z');
    const [run] = await room.runs();
    expect(run).toMatchObject({ status: 'planned', announcedAt: '2026-03-05T08:00:00.000Z' });
    await room.at('2026-03-06T08:00:00Z');
    expect(await said()).toEqual(['#dba run-announcement', '#dba run-card']);
    expect((await room.promises()).at(-1)).toEqual({ kind: 'render', key: `run:${run?.number}:announcement` });
  });

  it('of a duty that is new in the spec begins with the spec and owes nothing for the past', async () => {
    room = await dutyHarness();
    await room.at('2026-03-02T12:00:00Z');
    room.rules.spec = specWith(aDuty());
    await room.at('2026-03-05T12:00:00Z');
    await room.at('2026-03-06T12:00:00Z');
    expect(await dueTimes()).toEqual(['2026-03-06T08:00']);
  });

  it('that is open stays as it was when the spec changes, and the next ones follow the new one', async () => {
    room = await dutyHarness(aDuty());
    await room.at('2026-03-02T00:00:00Z');
    await room.at('2026-03-02T08:00:00Z');
    room.rules.spec = specWith(aDuty({ title: 'Backups', when: when({ every: 'day', at: '07:00' }) }));
    await room.at('2026-03-02T09:00:00Z');
    await room.at('2026-03-03T06:00:00Z');
    expect((await room.runs()).map(({ title, local, status }) => [title, local, status])).toEqual([
      ['Backup verification', '2026-03-02 09:00', 'late'],
      ['Backups', '2026-03-03 07:00', 'due'],
    ]);
    room.rules.spec = specWith();
    await room.at('2026-03-03T12:00:00Z');
    expect((await room.runs()).map(({ status }) => status)).toEqual(['missed', 'late']);
  });

  it('follows a `when` that changes: what lies ahead is planned, and what is no more is withdrawn unasked', async () => {
    const ahead = { announceBefore: 7 * DAY };
    room = await dutyHarness(aDuty({ ...ahead, when: when({ every: 'week', on: 'sunday', at: '09:00' }) }));
    await room.at('2026-03-02T00:00:00Z');
    await room.at('2026-03-02T12:00:00Z');
    room.rules.spec = specWith(aDuty({ ...ahead, when: when({ every: 'day', at: '10:00' }) }));
    await room.at('2026-03-02T12:01:00Z');
    const all = (await room.runs()).map(({ local, status }) => `${local} ${status}`);
    expect(all).toEqual([
      ...[3, 4, 5, 6, 7].map((day) => `2026-03-0${day} 10:00 planned`),
      '2026-03-08 09:00 skipped',
      '2026-03-08 10:00 planned',
      '2026-03-09 10:00 planned',
    ]);
  });

  it('that a duty had while it was out of the spec for long is not made up for', async () => {
    room = await dutyHarness(aDuty());
    await room.at('2026-03-02T00:00:00Z');
    room.rules.spec = specWith();
    await room.at('2026-03-02T01:00:00Z');
    room.rules.spec = specWith(aDuty());
    await room.at('2026-05-01T12:00:00Z');
    await room.at('2026-05-02T12:00:00Z');
    expect(await dueTimes()).toEqual(['2026-05-02T07:00']);
  });

  it('is not lost when an instance with an older spec plans in between', async () => {
    room = await dutyHarness(aDuty());
    await room.at('2026-03-02T00:00:00Z');
    room.rules.spec = specWith();
    await room.at('2026-03-02T08:00:00Z');
    room.rules.spec = specWith(aDuty());
    await room.at('2026-03-02T08:01:00Z');
    expect(await dueTimes()).toEqual(['2026-03-02T08:00']);
  });

  it('of a team without a channel is asked for among the operators', async () => {
    room = await dutyHarness(aDuty({ owner: 'silent' }));
    await room.at('2026-03-02T00:00:00Z');
    await room.at('2026-03-02T08:00:00Z');
    expect(await said()).toEqual(['#ops run-card']);
  });
});

describe('after an outage', () => {
  it('each missed occurrence is a run, the past ones told in one message, and the last one is still asked for', async () => {
    room = await dutyHarness(aDuty({ when: when({ every: 'hour' }), grace: 15 * 60_000 }));
    await room.at('2026-03-02T00:00:00Z');
    await room.at('2026-03-02T08:10:00Z');
    expect((await room.runs()).map(({ status }) => status)).toEqual([...Array(7).fill('missed'), 'due']);
    expect(await said()).toEqual(['#dba run-card', '#dba runs-missed']);
    expect((await room.messages()).at(-1)?.message).toMatchObject({ count: 7, owner: 'dba' });
    const report = await reportCompletion(room.deps, {
      from: new Date('2026-03-02T00:00:00Z'),
      before: new Date('2026-03-03T00:00:00Z'),
    });
    expect(report.all).toMatchObject({ total: 8, missed: 0, missedUnasked: 7, open: 1 });
  });

  it('what was announced and never asked for is in the same message', async () => {
    const friday = when({ every: 'week', on: 'friday', at: '09:00' });
    room = await dutyHarness(
      aDuty({ key: 'a', announceBefore: DAY, when: friday }),
      aDuty({ key: 'b', announceBefore: DAY, when: friday }),
    );
    await room.at('2026-03-02T00:00:00Z');
    await room.at('2026-03-05T09:00:00Z');
    await room.at('2026-03-13T09:00:00Z');
    expect((await room.runs()).map(({ duty, status }) => `${duty} ${status}`)).toEqual([
      'a missed',
      'b missed',
      'a due',
      'b due',
    ]);
    const missed = (await room.messages()).filter(({ message }) => message.type === 'runs-missed');
    expect(missed).toMatchObject([{ to: '#dba', message: { count: 2 } }]);
  });

  it('of months it is made up for in steps, and still once each', async () => {
    room = await dutyHarness(aDuty({ when: when({ every: 'hour' }) }));
    await room.at('2026-03-02T00:00:00Z');
    await room.at('2026-06-02T00:00:00Z');
    const runs = await room.runs();
    expect(runs).toHaveLength(92 * 24);
    expect(new Set(runs.map(({ occurrence }) => occurrence)).size).toBe(92 * 24);
  });

  it('the team has a whole grace before its contact hears that it is late', async () => {
    room = await dutyHarness(aDuty());
    await room.at('2026-03-02T00:00:00Z');
    await room.at('2026-03-02T16:00:00Z');
    expect(await room.runs()).toMatchObject([{ status: 'late', askedAt: '2026-03-02T16:00:00.000Z', told: [] }]);
    await room.at('2026-03-02T19:59:00Z');
    expect(await said()).toEqual(['#dba run-card']);
    await room.at('2026-03-02T20:00:00Z');
    expect(await said()).toEqual(['#dba run-card', `${people.bob} run-escalation`]);
  });
});

describe('a run that nobody does', () => {
  it('is late after its grace, told to one contact in each further grace, and missed when the next is due', async () => {
    room = await dutyHarness(aDuty());
    await room.at('2026-03-02T00:00:00Z');
    for (const hour of ['08', '11', '12', '13', '15', '16', '17', '20', '23'])
      await room.at(`2026-03-02T${hour}:00:00Z`);
    expect(await said()).toEqual([
      '#dba run-card',
      '#dba run-event',
      `${people.bob} run-escalation`,
      `${people.charlie} run-escalation`,
    ]);
    const [run] = await room.runs();
    expect(run).toMatchObject({ status: 'late', lateAt: '2026-03-02T12:00:00.000Z', nextTellAt: null });
    await room.at('2026-03-03T08:00:00Z');
    const [missed, next] = await room.runs();
    expect([missed?.status, next?.status]).toEqual(['missed', 'due']);
    expect((await said()).slice(4).sort()).toEqual([
      '#dba run-card',
      '#dba run-event',
      `${people.charlie} run-escalation`,
    ]);
    const number = missed?.number ?? 0;
    expect(await room.kinds(number)).toEqual([
      'run.planned',
      'run.due',
      'run.late',
      'run.escalated',
      'run.escalated',
      'run.missed',
      'run.escalated',
    ]);
    expect(await room.fold(number)).toEqual(missed);
  });

  it('is late without anybody to tell where the spec names no contact', async () => {
    room = await dutyHarness(aDuty({ owner: 'silent' }));
    await room.at('2026-03-02T00:00:00Z');
    for (const hour of ['08', '12', '16', '20']) await room.at(`2026-03-02T${hour}:00:00Z`);
    expect(await said()).toEqual(['#ops run-card', '#ops run-event']);
  });
});

describe('one duty for another', () => {
  const yearly = () =>
    aDuty({ key: 'yearly', when: when({ every: 'year', on: '31 march', at: '11:00' }), satisfies: ['quarterly'] });
  const quarterly = () => aDuty({ key: 'quarterly', when: when({ every: 'quarter', on: 'last day', at: '09:00' }) });

  it('is asked for once where both fall on one day, the satisfied one too soon to know included', async () => {
    room = await dutyHarness(yearly(), quarterly());
    await room.at('2026-03-02T00:00:00Z');
    await room.at('2026-03-31T07:00:00Z');
    const [satisfied, asked] = await room.runs();
    expect(satisfied).toMatchObject({ duty: 'quarterly', status: 'satisfied', end: { duty: 'yearly' } });
    expect(asked).toMatchObject({ duty: 'yearly', status: 'planned' });
    await room.at('2026-03-31T09:00:00Z');
    expect(await said()).toEqual(['#dba run-card']);
    await finishRun(room.deps, person(people.alice), { number: asked?.number ?? 0, evidence: [] });
    await room.at('2026-06-30T07:00:00Z');
    expect((await room.runs()).map(({ duty, status }) => `${duty} ${status}`)).toEqual([
      'quarterly satisfied',
      'yearly done',
      'quarterly due',
    ]);
    const march = { from: new Date('2026-03-01T00:00:00Z'), before: new Date('2026-04-01T00:00:00Z') };
    expect((await reportCompletion(room.deps, march)).all).toMatchObject({ total: 2, done: 2 });
  });

  it('is asked for itself where the other is waived', async () => {
    room = await dutyHarness(yearly(), quarterly());
    await room.at('2025-03-02T00:00:00Z');
    await room.at('2025-03-31T09:00:00Z');
    const year = (await room.runs()).find(({ duty }) => duty === 'yearly');
    const until = new Date('2026-12-31T00:00:00Z');
    await waiveRun(room.deps, person(people.alice), { number: year?.number ?? 0, reason: 'Not this time', until });
    await room.at('2025-12-31T09:00:00Z');
    await room.at('2026-03-31T07:00:00Z');
    await room.at('2026-03-31T09:00:00Z');
    const march = (await room.runs()).filter(({ dueAt }) => dueAt.startsWith('2026-03'));
    expect(march.map(({ duty, status }) => `${duty} ${status}`)).toEqual(['quarterly due', 'yearly waived']);
  });
});

describe('a waiver', () => {
  it('covers what is due until it expires, and is asked for as ever after that', async () => {
    room = await dutyHarness(aDuty({ grace: HOUR }));
    await room.at('2026-03-02T00:00:00Z');
    await room.at('2026-03-02T08:00:00Z');
    const [first] = await room.runs();
    const number = first?.number ?? 0;
    const until = new Date('2026-03-04T12:00:00Z');
    await waiveRun(room.deps, person(people.bob), { number, reason: 'The database moves', until });
    for (const day of ['03', '04', '05']) await room.at(`2026-03-${day}T08:00:00Z`);
    const runs = await room.runs();
    expect(runs.map(({ status }) => status)).toEqual(['waived', 'waived', 'waived', 'due']);
    expect(runs[2]?.end).toMatchObject({ of: number, approver: people.bob, reason: 'The database moves' });
    expect(await said()).toEqual(['#dba run-card', '#dba run-card']);
  });
});
