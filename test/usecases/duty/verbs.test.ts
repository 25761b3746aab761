import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { finishRun } from '../../../src/usecases/duty/done.ts';
import { dutyHistory } from '../../../src/usecases/duty/history.ts';
import { myDuties } from '../../../src/usecases/duty/mine.ts';
import { nextDuties } from '../../../src/usecases/duty/next.ts';
import { showRun } from '../../../src/usecases/duty/show.ts';
import { skipRun } from '../../../src/usecases/duty/skip.ts';
import { takeRun } from '../../../src/usecases/duty/take.ts';
import { waiveRun } from '../../../src/usecases/duty/waive.ts';
import { aDuty, DAY, person as people, specWith, when } from '../../support/duty-spec.ts';
import { type DutyHarness, dutyHarness, person } from './duty-harness.ts';

let room: DutyHarness;
let day = 2;
/** A run that is due, of a day of its own. */
let number = 0;
const daily = aDuty();
const friday = aDuty({ key: 'friday', title: 'Review', when: when({ every: 'week', on: 'friday', at: '10:00' }) });

beforeAll(async () => {
  room = await dutyHarness(daily, friday);
  await room.tick();
});
afterAll(() => room.close());
beforeEach(async () => {
  room.rules.spec = specWith(daily, friday);
  await room.at(`2026-03-${String(day).padStart(2, '0')}T08:00:00Z`);
  day += 1;
  number = (await room.runs()).find(({ duty, status }) => duty === 'backups' && status === 'due')?.number ?? 0;
});

describe('a verb', () => {
  it('writes its event, the state it leads to and the edit of the card together', async () => {
    const before = (await room.promises()).length;
    const taken = await takeRun(room.deps, person(people.alice), { number });
    const run = await room.deps.store.run(number);
    expect(taken).toEqual({ ok: true, value: run });
    expect(await room.fold(number)).toEqual(run);
    expect((await room.promises()).slice(before)).toEqual([{ kind: 'render', key: `run:${number}:card` }]);
  });

  it('of a repeated request is done once and answered the same', async () => {
    const finish = () => finishRun(room.deps, person(people.alice, `done ${number}`), { number, evidence: [] });
    const [first, twin] = await Promise.all([finish(), finish()]);
    expect(first).toEqual(twin);
    expect(await finish()).toEqual(first);
    expect((await room.kinds(number)).filter((kind) => kind === 'run.done')).toHaveLength(1);
  });

  it('of two people at once is done by one, and the other is told that it is done', async () => {
    const finish = (user: string) => finishRun(room.deps, person(user), { number, evidence: [] });
    const outcomes = await Promise.all([finish(people.alice), finish(people.bob)]);
    const codes = outcomes.map((outcome) => (outcome.ok ? 'done' : outcome.refusal.code));
    expect(codes.toSorted()).toEqual(['already-done', 'done']);
  });

  it('of a run that is not there is refused', async () => {
    expect(await takeRun(room.deps, person(people.alice), { number: 9999 })).toMatchObject({
      refusal: { code: 'unknown-run' },
    });
  });
});

describe('permission', () => {
  it.each([
    ['duty.work', () => takeRun(room.deps, person(people.charlie), { number })],
    ['duty.skip', () => skipRun(room.deps, person(people.charlie), { number, reason: 'x' })],
    ['duty.waive', () => waiveRun(room.deps, person(people.charlie), { number, reason: 'x', until: null })],
  ] as const)('%s is asked for, and its refusal is an event of the run', async (verb, ask) => {
    const spec = specWith(daily, friday);
    room.rules.spec = {
      ...spec,
      permissions: { ...spec.permissions, [verb]: { teams: ['dba'], groups: [], users: [] } },
    };
    const refused = await ask();
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'not-permitted' } });
    expect(refused.ok ? '' : refused.refusal.message).toContain('Ask team Database team.');
    expect((await room.events(number)).at(-1)).toMatchObject({ body: { kind: 'permission.refused', verb } });
    expect(await room.fold(number)).toEqual(await room.deps.store.run(number));
  });

  it("of the duty's own decides who may work on it, and not who may waive it", async () => {
    room.rules.spec = specWith({ ...daily, permission: { teams: [], groups: [], users: ['bob'] } }, friday);
    const alice = person(people.alice);
    expect(await takeRun(room.deps, alice, { number })).toMatchObject({ refusal: { code: 'not-permitted' } });
    expect(await takeRun(room.deps, person(people.bob), { number })).toMatchObject({ ok: true });
    expect(await waiveRun(room.deps, alice, { number, reason: 'Moved', until: null })).toMatchObject({ ok: true });
  });
});

describe('who looks', () => {
  it('sees what is open, and of each duty what comes next', async () => {
    const { open, coming } = await nextDuties(room.deps, { owners: ['dba'] });
    expect(open.map((run) => run.number)).toContain(number);
    expect(coming.map(({ duty }) => duty).toSorted()).toEqual(['backups', 'friday']);
    expect(coming.every(({ at }) => at > room.deps.clock.now())).toBe(true);
    expect(await nextDuties(room.deps, { owners: ['silent'] })).toEqual({ open: [], coming: [] });
  });

  it('sees their own: what they took, what is free in their teams, and what comes in a week', async () => {
    const alice = { userId: people.alice, groups: [] };
    const free = await myDuties(room.deps, alice);
    expect(free.free.map((run) => run.number)).toContain(number);
    expect(free.coming.length).toBeGreaterThanOrEqual(7);
    expect(free.coming.every(({ at }) => at.getTime() - room.deps.clock.now().getTime() <= 7 * DAY)).toBe(true);
    await takeRun(room.deps, person(people.bob), { number });
    expect((await myDuties(room.deps, alice)).free.map((run) => run.number)).not.toContain(number);
    const bobs = await myDuties(room.deps, { userId: people.bob, groups: [] });
    expect(bobs.taken.map((run) => run.number)).toContain(number);
  });

  it('sees what has ended, the last first, and what happened to one run', async () => {
    await finishRun(room.deps, person(people.alice), { number, evidence: [{ kind: 'text', value: 'All there' }] });
    const [latest] = await dutyHistory(room.deps, { duty: 'backups' });
    expect(latest).toMatchObject({ number, end: { how: 'done', late: false } });
    const shown = await showRun(room.deps, number);
    expect(shown.ok && shown.value.events.map(({ kind }) => kind)).toEqual(['run.planned', 'run.due', 'run.done']);
  });
});
