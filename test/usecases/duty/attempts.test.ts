import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Duty } from '../../../src/domain/spec/duty.ts';
import type { ActionOutcome, CarryOut } from '../../../src/usecases/action-port.ts';
import { digestPost } from '../../../src/usecases/digest/post-now.ts';
import { approveRun } from '../../../src/usecases/duty/approve.ts';
import { declineRun } from '../../../src/usecases/duty/decline.ts';
import { makeAttempt } from '../../../src/usecases/duty/make-attempt.ts';
import { startRun } from '../../../src/usecases/duty/start.ts';
import { startDuty } from '../../../src/usecases/duty/start-duty.ts';
import { takeRun } from '../../../src/usecases/duty/take.ts';
import { specValidate } from '../../../src/usecases/spec/validate.ts';
import { aDuty, CHANGE, LOOK, person as people, specWith } from '../../support/duty-spec.ts';
import { type DutyHarness, dutyHarness, person } from './duty-harness.ts';

const GOOD: ActionOutcome = { outcome: 'succeeded', summary: 'All is well', output: 'line' };
const forAlice: Duty['approval'] = { of: 'first run', by: { teams: [], groups: [], users: ['alice'] } };
const never = new AbortController().signal;

let room: DutyHarness;
let carryOut: CarryOut;
/** A day and a duty of its own for each test; `number` is the run that fell due. */
let day = 0;
let number = 0;
beforeAll(async () => {
  room = await dutyHarness();
});
afterAll(() => room.close());
beforeEach(() => {
  day += 3;
  number = 0;
  room.actions.length = 0;
  carryOut = async () => GOOD;
});

const key = () => `backups-${day}`;
const date = (later = 0) => new Date(Date.UTC(2026, 2, day + later)).toISOString().slice(0, 10);

/** The duty is in the spec alone, and its first run is due and in the queue. */
async function due(duty: Partial<Duty> = {}): Promise<void> {
  room.rules.spec = specWith(aDuty({ key: key(), run: LOOK, checklist: [], ...duty }));
  await room.at(`${date()}T00:00:00Z`);
  await room.at(`${date()}T08:00:00Z`);
  number = (await room.runs()).find((run) => run.duty === key())?.number ?? 0;
}

const deps = () => ({
  ...room.deps,
  carryOut: ((...given) => carryOut(...given)) as CarryOut,
  redact: (text: string) => text,
});
/** What a worker does that gets the newest job. */
const attempt = (over = never) => makeAttempt(deps(), room.actions.at(-1) ?? { run: 0, attempt: 0 }, over);
const run = async () => (await room.deps.store.run(number)) ?? expect.fail(`there is no RUN-${number}`);

describe('an attempt', () => {
  it('is put in the queue with the event that starts it, and is carried out with what the spec says', async () => {
    const given: unknown[] = [];
    carryOut = async (action, target, { mode }) => {
      given.push(action, target, mode);
      return GOOD;
    };
    await due();
    expect(room.actions).toEqual([{ run: number, attempt: 1, lane: key() }]);
    expect(await attempt()).toBe('succeeded');
    expect(given).toEqual([LOOK, { key: 'api', kind: 'http', title: 'SSOT API', url: 'http://127.0.0.1:9' }, 'run']);
    expect(await room.kinds(number)).toEqual([
      'run.planned',
      'run.due',
      'run.started',
      'run.begun',
      'run.finished',
      'run.done',
    ]);
    expect(await run()).toEqual(await room.fold(number));
    expect(await run()).toMatchObject({ status: 'done', end: { by: { kind: 'system', job: 'run-action' } } });
  });

  it('is not in the queue when what starts it is not written', async () => {
    await due({ run: { ...LOOK, target: 'gone' } });
    expect(room.actions).toEqual([]);
    expect(await run()).toMatchObject({ status: 'due', notRun: 'It was switched off.' });
  });

  it('of two workers is made by one: the other finds that it was begun, and tells it as interrupted', async () => {
    await due({ run: CHANGE });
    const hangs = Promise.withResolvers<ActionOutcome>();
    const begun = Promise.withResolvers<void>();
    carryOut = () => {
      begun.resolve();
      return hangs.promise;
    };
    const dead = attempt();
    await begun.promise;
    expect(await attempt()).toBe('interrupted');
    hangs.resolve(GOOD);
    // What the first one still says changes nothing any more.
    expect(await dead).toBe('not-wanted');
    expect(await run()).toMatchObject({ status: 'due', attempt: { finished: { outcome: 'interrupted' } } });
    const about = (await room.messages()).filter(({ message }) => 'run' in message && message.run === number);
    expect(about.map(({ message }) => message.type)).toEqual(['run-card', 'run-event']);
    expect(await attempt()).toBe('not-wanted');
  });

  it('that throws could not run, and says why', async () => {
    await due();
    carryOut = () => {
      throw new Error('no such table');
    };
    expect(await attempt()).toBe('could-not-run');
    expect(await run()).toMatchObject({
      status: 'due',
      attempt: { finished: { outcome: 'could-not-run', summary: 'no such table' } },
    });
  });

  it('that takes too long is stopped and has failed, with what it had said', async () => {
    await due({ run: { ...LOOK, timeout: 20 } });
    carryOut = (_action, _target, { signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () =>
          resolve({ outcome: 'could-not-run', summary: 'stopped', output: 'so far' }),
        );
      });
    expect(await attempt()).toBe('failed');
    expect(await run()).toMatchObject({
      attempt: {
        finished: { outcome: 'failed', summary: 'It was stopped after 20ms: its time was up', excerpt: 'so far' },
      },
    });
  });

  it('is interrupted when this process ends, and made again by itself a minute later where it only looks', async () => {
    await due();
    const ending = new AbortController();
    carryOut = async (_action, _target, { signal }) => {
      ending.abort();
      return { outcome: signal.aborted ? 'failed' : 'succeeded', summary: 'stopped', output: '' };
    };
    expect(await attempt(ending.signal)).toBe('interrupted');
    await room.at(`${date()}T08:01:00Z`);
    expect(room.actions).toHaveLength(2);
    carryOut = async () => GOOD;
    expect(await attempt()).toBe('succeeded');
    expect(await run()).toMatchObject({ status: 'done', attempt: { number: 2, why: 'interrupted' } });
    expect(await run()).toEqual(await room.fold(number));
  });

  it('of a target that was taken away meanwhile could not run', async () => {
    await due();
    room.rules.spec = { ...room.rules.spec, targets: {} };
    expect(await attempt()).toBe('could-not-run');
    expect((await run()).attempt?.finished?.summary).toBe('The spec has no target "api" any more');
  });

  it.each<[string, () => Duty[]]>([
    ['left the spec', () => []],
    ['does something else now', () => [aDuty({ key: key(), run: { ...LOOK, path: '/other' }, checklist: [] })]],
    ['is done by people now', () => [aDuty({ key: key() })]],
  ])('of a duty that %s could not run, and people are told', async (_what, duties) => {
    let isCarriedOut = false;
    carryOut = async () => {
      isCarriedOut = true;
      return GOOD;
    };
    await due();
    room.rules.spec = specWith(...duties());
    expect(await attempt()).toBe('could-not-run');
    expect(isCarriedOut).toBe(false);
    const summary = 'The duty is no longer in the spec, or does something else now';
    expect(await run()).toMatchObject({ status: 'due', attempt: { finished: { summary } } });
    expect((await room.messages()).filter(({ message }) => 'run' in message && message.run === number)).toHaveLength(2);
    expect(await startRun(room.deps, person(people.bob), { number })).toMatchObject({
      refusal: { code: 'not-connected', message: expect.stringContaining(summary) },
    });
  });

  it('keeps no secret and no more of its output than it may', async () => {
    await due();
    carryOut = async () => ({
      outcome: 'failed',
      summary: 'hunter2 is wrong',
      output: `\u001b[31mhunter2\n${'line\n'.repeat(9_000)}end`,
    });
    const redact = (text: string) => text.replaceAll('hunter2', '[secret]');
    await makeAttempt({ ...deps(), redact }, { run: number, attempt: 1 }, never);
    const finished = (await room.events(number)).at(-1)?.body;
    if (finished?.kind !== 'run.finished') throw new Error('it did not finish');
    expect(finished.summary).toBe('[secret] is wrong');
    expect(finished.output.length).toBeLessThan(10_100);
    expect(finished.output).toMatch(/^\[secret\]\nline\n.*\[… \d+ characters left out …\].*end$/s);
    expect((await run()).attempt?.finished).toMatchObject({ more: true, excerpt: expect.stringMatching(/end$/) });
  });
});

describe('what needs no target', () => {
  const context = (mode: 'preview' | 'run') => ({ signal: never, mode, now: new Date('2026-03-02T08:00:00Z') });

  it.each([
    ['h1', 'succeeded', 'ops.yml can be loaded, and is the one in force'],
    ['h2', 'succeeded', 'ops.yml can be loaded, and is not the one in force: it waits for a reload'],
    [null, 'failed', 'The spec file has a fault'],
  ])('spec.validate of a file with the hash %s has %s', async (hash, outcome, summary) => {
    const version = { spec: room.rules.spec, file: 'ops.yml', text: '', hash: hash ?? '' };
    const validate = specValidate({
      read: () => (hash === null ? { ok: false, faults: ['ops.yml:1:1: is wrong'] } : { ok: true, version }),
      running: () => ({ ...version, hash: 'h1' }),
    });
    const ended = await validate({ action: 'spec.validate', timeout: 1 }, null, context('run'));
    expect(ended).toMatchObject({ outcome, summary });
    if (hash === null) expect(ended.output).toBe('ops.yml:1:1: is wrong');
  });

  it('digest.post posts the digest of its team, and nothing in a preview', async () => {
    const post = digestPost(room.deps);
    const digests = async () => (await room.messages()).filter(({ message }) => message.type === 'digest');
    const input = { action: 'digest.post', team: 'dba', timeout: 1 } as const;
    expect(await post(input, null, context('preview'))).toMatchObject({
      summary: 'The digest of Database team would be posted',
    });
    expect(await digests()).toEqual([]);
    expect(await post(input, null, context('run'))).toMatchObject({ outcome: 'succeeded' });
    expect(await digests()).toMatchObject([{ to: '#dba' }]);
  });
});

describe('running by hand', () => {
  it('is once however often the request is repeated, and every run of a duty has its own lane', async () => {
    await due();
    const ask = () => startDuty(room.deps, person(people.bob, 'T1'), { duty: key() });
    const [first, twin] = await Promise.all([ask(), ask()]);
    expect(first).toEqual(twin);
    expect(await ask()).toEqual(first);
    expect(first).toMatchObject({
      ok: true,
      value: { occurrence: expect.stringMatching(/^asked-RUN-\d+$/), status: 'due' },
    });
    expect(room.actions).toHaveLength(2);
    expect(new Set(room.actions.map(({ lane }) => lane))).toEqual(new Set([key()]));
  });

  it('is for those whom both the verb and the duty let in; a refusal is on the record', async () => {
    await due({ permission: { teams: ['dba'], groups: [], users: [] } });
    await attempt();
    expect(await startDuty(room.deps, person(people.bob), { duty: key() })).toMatchObject({
      refusal: { code: 'not-permitted', message: 'You may not have this duty run. Ask team Database team.' },
    });
    room.rules.spec.permissions['duty.run'] = { teams: [], groups: [], users: [people.bob] };
    expect(await startDuty(room.deps, person(people.alice), { duty: key() })).toMatchObject({
      refusal: { code: 'not-permitted' },
    });
    room.rules.spec.permissions['duty.run'] = 'everyone';
    const { rows } = await room.db.pool.query(`select 1 from "Event" where subject = 'ACCESS'`);
    expect(rows).toHaveLength(2);
    expect(room.actions).toHaveLength(1);
  });

  it('again is for a run that failed', async () => {
    await due();
    carryOut = async () => ({ outcome: 'failed', summary: 'It is down', output: '' });
    await attempt();
    carryOut = async () => GOOD;
    expect(await startRun(room.deps, person(people.bob), { number })).toMatchObject({ ok: true });
    expect(room.actions.at(-1)).toEqual({ run: number, attempt: 2, lane: key() });
    await attempt();
    expect(await run()).toMatchObject({ status: 'done' });
  });
});

describe('a duty that has left the spec', () => {
  it('lets in whom it let in when its run was planned', async () => {
    await due({ permission: { teams: ['dba'], groups: [], users: [] } });
    carryOut = async () => ({ ...GOOD, outcome: 'failed' });
    await attempt();
    room.rules.spec = specWith();
    for (const verb of [takeRun, startRun]) {
      expect(await verb(room.deps, person(people.bob), { number })).toMatchObject({
        refusal: { code: 'not-permitted', message: expect.stringContaining('Ask team Database team.') },
      });
    }
  });

  it('asks nobody whether its action may run when it falls due: the people do it', async () => {
    room.rules.spec = specWith(aDuty({ key: key(), run: LOOK, checklist: [], announceBefore: 86_400_000 }));
    await room.at(`${date()}T00:00:00Z`);
    room.rules.spec = specWith();
    await room.at(`${date()}T08:00:00Z`);
    number = (await room.runs()).find(({ duty }) => duty === key())?.number ?? 0;
    expect(room.actions).toEqual([]);
    expect(await run()).toMatchObject({
      status: 'due',
      notRun: 'The duty is no longer in the spec, or does something else now',
    });
  });
});

describe('approval of what works elsewhere now', () => {
  const approve = (attempt: number) => approveRun(room.deps, person(people.alice), { number, attempt });
  const moveTo = (place: object) => {
    const { targets } = room.rules.spec;
    room.rules.spec = {
      ...room.rules.spec,
      targets: { ...targets, scripts: { ...targets['scripts'], ...place } as never },
    };
  };

  it.each([{ url: '/srv/production' }, { kind: 'files' }, { role: 'admin' }])(
    'is asked for anew: before it is given, before it runs, and for the next first run (%j)',
    async (place) => {
      await due({ run: CHANGE, approval: forAlice });
      await attempt();
      moveTo(place);
      expect(await approve(1)).toMatchObject({ refusal: { code: 'other-preview' } });
      expect(await startRun(room.deps, person(people.bob), { number })).toMatchObject({ ok: true });
      expect(await attempt()).toBe('succeeded');
      expect(await run()).toMatchObject({ attempt: { mode: 'preview', number: 2 } });
      expect(await approve(2)).toMatchObject({ ok: true });
      moveTo({ url: '/srv/third' });
      expect(await attempt()).toBe('could-not-run');
      await startRun(room.deps, person(people.bob), { number });
      await attempt();
      expect(await run()).toMatchObject({ agreed: null, attempt: { mode: 'preview', number: 4 } });
      expect(await approve(4)).toMatchObject({ ok: true });
      expect(await attempt()).toBe('succeeded');
      expect(await run()).toMatchObject({ status: 'done' });
      expect(await run()).toEqual(await room.fold(number));
      expect(JSON.stringify(await room.events(number))).not.toContain('/srv/');
      // The same place needs no approval any more; another one does, also between the start and the run.
      await room.at(`${date(1)}T08:00:00Z`);
      moveTo({ url: '/srv/fourth' });
      expect(await attempt()).toBe('could-not-run');
      moveTo({ url: '/srv/fifth' });
      await room.at(`${date(2)}T08:00:00Z`);
      const last = (await room.runs()).filter(({ duty }) => duty === key()).at(-1);
      expect(last).toMatchObject({ attempt: { mode: 'preview' } });
    },
  );
});

describe('approval', () => {
  const approve = (user: string) => approveRun(room.deps, person(user), { number, attempt: 1 });

  it('is given by whom the duty names, to what was previewed; the next run of the same action needs none', async () => {
    const modes: string[] = [];
    carryOut = async (_action, _target, { mode }) => {
      modes.push(mode);
      return GOOD;
    };
    await due({ run: CHANGE, approval: forAlice });
    await attempt();
    expect(await run()).toMatchObject({ status: 'due', attempt: { mode: 'preview' } });
    expect(await approve(people.bob)).toMatchObject({
      refusal: { code: 'not-permitted', message: 'You may not approve this run. Ask Alice.' },
    });
    expect(await declineRun(room.deps, person(people.bob), { number, reason: 'x' })).toMatchObject({
      refusal: { code: 'not-permitted' },
    });
    expect(await approve(people.alice)).toMatchObject({ ok: true });
    await attempt();
    expect(await run()).toMatchObject({ status: 'done' });
    await room.at(`${date(1)}T08:00:00Z`);
    await attempt();
    expect(modes).toEqual(['preview', 'run', 'run']);
    // Another action of the same duty is another question.
    room.rules.spec = specWith(
      aDuty({ key: key(), run: { ...CHANGE, argv: ['rm'] }, checklist: [], approval: forAlice }),
    );
    await room.at(`${date(2)}T08:00:00Z`);
    await attempt();
    expect(modes.at(-1)).toBe('preview');
  });
});
