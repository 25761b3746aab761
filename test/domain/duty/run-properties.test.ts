import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideApprove, decideDecline } from '../../../src/domain/duty/approve.ts';
import { type AttemptOutcome, isRunning } from '../../../src/domain/duty/attempt.ts';
import { decideCannot } from '../../../src/domain/duty/cannot.ts';
import { type RunDecided, type RunSituation, runEventNow } from '../../../src/domain/duty/decision.ts';
import { decideDone } from '../../../src/domain/duty/done.ts';
import { decideFinish } from '../../../src/domain/duty/finish.ts';
import { unknownRun } from '../../../src/domain/duty/refusals.ts';
import { completionOf } from '../../../src/domain/duty/report.ts';
import { type DutyRun, isOpenRun } from '../../../src/domain/duty/run.ts';
import { decideSkip } from '../../../src/domain/duty/skip.ts';
import { decideSnooze } from '../../../src/domain/duty/snooze.ts';
import { decideStart } from '../../../src/domain/duty/start.ts';
import { decideTake } from '../../../src/domain/duty/take.ts';
import { decideTick } from '../../../src/domain/duty/tick.ts';
import { decideWaive } from '../../../src/domain/duty/waive.ts';
import { done } from '../../../src/domain/outcome.ts';
import type { Duty } from '../../../src/domain/spec/duty.ts';
import { CHANGE, LOOK, person } from '../../support/duty-spec.ts';
import { fold, look, newRun, type RunStory, step } from '../../support/run-story.ts';

type Move = { name: string; run: (run: DutyRun, situation: RunSituation) => RunDecided } | { name: 'look' };

const text = fc.constantFrom('', '  ', 'No access', '<!channel>');
const hours = fc.integer({ min: -1, max: 30 });
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.constant({ name: 'look' as const }),
  fc.constant({ name: 'take', run: decideTake }),
  text.map((reason) => ({
    name: 'cannot',
    run: (run: DutyRun, at: RunSituation) => decideCannot(run, { reason }, at),
  })),
  text.map((reason) => ({ name: 'skip', run: (run: DutyRun, at: RunSituation) => decideSkip(run, { reason }, at) })),
  fc.tuple(text, fc.option(hours)).map(([reason, hour]) => ({
    name: 'waive',
    run: (run: DutyRun, at: RunSituation) =>
      decideWaive(run, { reason, until: hour === null ? null : inHours(at, hour) }, at),
  })),
  text.map((value) => ({
    name: 'done',
    run: (run: DutyRun, at: RunSituation) => decideDone(run, { evidence: [{ kind: 'text' as const, value }] }, at),
  })),
  hours.map((hour) => ({
    name: 'snooze',
    run: (run: DutyRun, at: RunSituation) => decideSnooze(run, { until: inHours(at, hour) }, at),
  })),
  fc.constant({ name: 'run', run: decideStart }),
  fc.integer({ min: 1, max: 3 }).map((attempt) => ({
    name: 'approve',
    run: (run: DutyRun, at: RunSituation) => decideApprove(run, { attempt }, at),
  })),
  text.map((reason) => ({
    name: 'decline',
    run: (run: DutyRun, at: RunSituation) => decideDecline(run, { reason }, at),
  })),
  // What the worker does, where there is something for it.
  fc.constant({
    name: 'begin',
    run: (run: DutyRun, at: RunSituation): RunDecided =>
      isRunning(run) && run.attempt?.begunAt === null
        ? done({ events: [runEventNow(at, { kind: 'run.begun' })], deliveries: [] })
        : unknownRun(1),
  }),
  fc.constantFrom<AttemptOutcome>('succeeded', 'failed', 'could-not-run', 'interrupted').map((outcome) => ({
    name: 'finish',
    run: (run: DutyRun, at: RunSituation): RunDecided =>
      isRunning(run)
        ? done(decideFinish(run, { outcome, summary: 'It ended', output: '<!channel>', took: 1 }, at))
        : unknownRun(1),
  })),
  fc.array(fc.integer({ min: 0, max: 2 })).map((items) => ({
    name: 'tick',
    run: (run: DutyRun, at: RunSituation) => decideTick(run, { items }, at),
  })),
);

const life = fc.record({
  announced: fc.boolean(),
  evidence: fc.constantFrom('required' as const, 'optional' as const),
  owner: fc.constantFrom('dba', 'silent'),
  action: fc.constantFrom(undefined, LOOK, CHANGE, { ...LOOK, target: 'gone' }),
  approval: fc.constantFrom(undefined, 'every run' as const, 'first run' as const),
  checklist: fc.constantFrom([], ['Backups completed', 'Integrity checked']),
  moves: fc.array(
    fc.record({ move, by: fc.constantFrom(person.alice, person.bob), minutes: fc.integer({ min: 0, max: 600 }) }),
    { maxLength: 14 },
  ),
});

function inHours(situation: RunSituation, hours: number): Date {
  return new Date(situation.now.getTime() + hours * 3_600_000);
}

function live({
  announced,
  evidence,
  owner,
  action,
  approval,
  checklist,
  moves,
}: typeof life extends fc.Arbitrary<infer T> ? T : never): RunStory {
  const duty: Partial<Duty> = {
    evidence,
    owner,
    checklist: [...checklist],
    ...(action && { run: action }),
    ...(approval && { approval: { of: approval, by: 'everyone' } }),
  };
  const story = announced ? newRun({ ...duty, announceBefore: 86_400_000 }, '2026-03-01T12:00:00.000Z') : newRun(duty);
  for (const { move, by, minutes } of moves) {
    const now = new Date(story.now.getTime() + minutes * 60_000);
    if ('run' in move) {
      story.now = now;
      story.actor = { kind: 'slack', user: by };
      step(story, move.run);
    } else {
      look(story, now.toISOString());
    }
  }
  return story;
}

describe('whatever is done to a run', () => {
  it('its state is the fold of its events, and survives JSON', () => {
    fc.assert(
      fc.property(life, (one) => {
        const { run, events } = live(one);
        expect(fold(events)).toEqual(run);
        expect(JSON.parse(JSON.stringify(run))).toEqual(run);
        expect(run.version).toBe(events.length);
      }),
    );
  });

  it('it ends at most once, is asked for at most once, and then waits for nothing', () => {
    const ends = ['run.done', 'run.skipped', 'run.missed', 'run.failed', 'run.satisfied'];
    fc.assert(
      fc.property(life, (one) => {
        const { run, events } = live(one);
        const count = (...kinds: string[]) => events.filter(({ kind }) => kinds.includes(kind)).length;
        expect(count(...ends)).toBeLessThanOrEqual(1);
        expect(count('run.due')).toBeLessThanOrEqual(1);
        expect(count('run.late')).toBeLessThanOrEqual(1);
        expect(isOpenRun(run)).toBe(run.end === null);
        expect(run.nextLookAt === null).toBe(!isOpenRun(run));
      }),
    );
  });

  it('one attempt runs at a time, each has one end, and none runs before somebody agreed where they must', () => {
    fc.assert(
      fc.property(life, (one) => {
        let running = 0;
        let agreed = false;
        for (const { body } of live(one).events) {
          if (body?.kind === 'run.approved') agreed = true;
          if (body?.kind === 'run.started') running += 1;
          if (body?.kind === 'run.finished') running -= 1;
          expect([0, 1]).toContain(running);
          if (body?.kind === 'run.started' && body.mode === 'run') expect(agreed || !one.approval).toBe(true);
          if (['run.done', 'run.missed', 'run.skipped', 'run.failed'].includes(body?.kind ?? ''))
            expect(running).toBe(0);
        }
      }),
    );
  });

  it('a second look at the same instant does nothing', () => {
    fc.assert(
      fc.property(life, (one) => {
        const story = live(one);
        look(story, story.now.toISOString());
        const { length } = story.events;
        expect(look(story, story.now.toISOString())).toEqual([isOpenRun(story.run) ? 'not-yet' : 'ended']);
        expect(story.events).toHaveLength(length);
        if (story.run.nextLookAt !== null) expect(new Date(story.run.nextLookAt) > story.now).toBe(true);
      }),
    );
  });

  it('no contact is told twice that it is late', () => {
    fc.assert(
      fc.property(life, (one) => {
        const told = live(one).events.flatMap(({ body }) =>
          body?.kind === 'run.escalated' && body.why !== 'missed' ? [body.told] : [],
        );
        expect(new Set(told).size).toBe(told.length);
      }),
    );
  });

  it('the report counts every run once', () => {
    fc.assert(
      fc.property(fc.array(life, { maxLength: 5 }), (lives) => {
        const runs = lives.map((one) => live(one).run);
        const { all, byOwner, byType } = completionOf(runs);
        const { total, ...counts } = all;
        expect(total).toBe(runs.length);
        expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(total);
        for (const groups of [byOwner, byType])
          expect(Object.values(groups).reduce((sum, group) => sum + group.total, 0)).toBe(total);
      }),
    );
  });
});
