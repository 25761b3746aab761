import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideCannot } from '../../../src/domain/duty/cannot.ts';
import type { RunDecided, RunSituation } from '../../../src/domain/duty/decision.ts';
import { decideDone } from '../../../src/domain/duty/done.ts';
import { completionOf } from '../../../src/domain/duty/report.ts';
import { type DutyRun, isOpenRun } from '../../../src/domain/duty/run.ts';
import { decideSkip } from '../../../src/domain/duty/skip.ts';
import { decideSnooze } from '../../../src/domain/duty/snooze.ts';
import { decideTake } from '../../../src/domain/duty/take.ts';
import { decideTick } from '../../../src/domain/duty/tick.ts';
import { decideWaive } from '../../../src/domain/duty/waive.ts';
import { person } from '../../support/duty-spec.ts';
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
  fc.array(fc.integer({ min: 0, max: 2 })).map((items) => ({
    name: 'tick',
    run: (run: DutyRun, at: RunSituation) => decideTick(run, { items }, at),
  })),
);

const life = fc.record({
  announced: fc.boolean(),
  evidence: fc.constantFrom('required' as const, 'optional' as const),
  owner: fc.constantFrom('dba', 'silent'),
  moves: fc.array(
    fc.record({ move, by: fc.constantFrom(person.alice, person.bob), minutes: fc.integer({ min: 0, max: 600 }) }),
    { maxLength: 14 },
  ),
});

function inHours(situation: RunSituation, hours: number): Date {
  return new Date(situation.now.getTime() + hours * 3_600_000);
}

function live({ announced, evidence, owner, moves }: typeof life extends fc.Arbitrary<infer T> ? T : never): RunStory {
  const story = announced
    ? newRun({ announceBefore: 86_400_000, evidence, owner }, '2026-03-01T12:00:00.000Z')
    : newRun({ evidence, owner });
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
    const ends = ['run.done', 'run.skipped', 'run.missed', 'run.satisfied'];
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
