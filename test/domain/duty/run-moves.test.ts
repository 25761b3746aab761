import { describe, expect, it } from 'vitest';
import { decideCannot } from '../../../src/domain/duty/cannot.ts';
import type { RunDecided, RunSituation } from '../../../src/domain/duty/decision.ts';
import { decideDone } from '../../../src/domain/duty/done.ts';
import type { Evidence } from '../../../src/domain/duty/events.ts';
import type { DutyRun, RunStatus } from '../../../src/domain/duty/run.ts';
import { decideSkip } from '../../../src/domain/duty/skip.ts';
import { decideSnooze } from '../../../src/domain/duty/snooze.ts';
import { decideTake } from '../../../src/domain/duty/take.ts';
import { decideTick } from '../../../src/domain/duty/tick.ts';
import type { RunMove } from '../../../src/domain/duty/transitions.ts';
import { decideWaive } from '../../../src/domain/duty/waive.ts';
import { person } from '../../support/duty-spec.ts';
import { fold, look, newRun, runAt, step } from '../../support/run-story.ts';

type Decide = (run: DutyRun, situation: RunSituation) => RunDecided;
const later = new Date('2026-03-03T07:00:00.000Z');
/** Those about what Mainstay does itself need a run that it can do: attempts.test.ts. */
const MOVES: Record<Exclude<RunMove, 'run' | 'approve' | 'decline'>, Decide> = {
  take: decideTake,
  tick: (run, at) => decideTick(run, { items: [1] }, at),
  done: (run, at) => decideDone(run, { evidence: [] }, at),
  skip: (run, at) => decideSkip(run, { reason: 'Frozen' }, at),
  snooze: (run, at) => decideSnooze(run, { until: later }, at),
  cannot: (run, at) => decideCannot(run, { reason: 'No access' }, at),
  waive: (run, at) => decideWaive(run, { reason: 'Moved', until: null }, at),
};
const codeOf = (decided: RunDecided) => (decided.ok ? 'ok' : decided.refusal.code);
const withEvidence =
  (...evidence: Evidence[]) =>
  (run: DutyRun, at: RunSituation) =>
    decideDone(run, { evidence }, at);

describe('the table of moves', () => {
  const ENDED: [RunStatus, string][] = [
    ['done', 'already-done'],
    ['skipped', 'already-skipped'],
    ['missed', 'already-missed'],
    ['failed', 'already-failed'],
    ['waived', 'already-waived'],
    ['satisfied', 'satisfied'],
  ];

  it.each(['planned', 'due', 'late'] as const)('a %s run takes every move', (status) => {
    for (const decide of Object.values(MOVES)) expect(codeOf(step(runAt(status), decide))).toBe('ok');
  });

  it.each(ENDED)('a %s run answers %s, and only one that was missed or has failed takes a waiver', (status, code) => {
    for (const [move, decide] of Object.entries(MOVES)) {
      const isMended = ['missed', 'failed'].includes(status) && move === 'waive';
      const expected = isMended ? 'ok' : code;
      expect([move, codeOf(step(runAt(status), decide))]).toEqual([move, expected]);
    }
  });
});

const DIRTY = 'Ch\u001b[2Keck\u202e out';

it.each<[string, Decide]>([
  ['done', (run, at) => decideDone(run, { evidence: [{ kind: 'text', value: DIRTY }] }, at)],
  ['skip', (run, at) => decideSkip(run, { reason: DIRTY }, at)],
  ['cannot', (run, at) => decideCannot(run, { reason: DIRTY }, at)],
  ['waive', (run, at) => decideWaive(run, { reason: DIRTY, until: null }, at)],
])('%s keeps no character that would steer a screen', (_move, decide) => {
  const written = JSON.stringify(step(runAt('due'), decide));
  expect(written).toContain('Ch[2Keck out');
  expect(written).not.toMatch(/\\u001b|\u202e/);
});

describe('taking', () => {
  it('relieves whoever had it, and is refused to whoever has it already', () => {
    const story = newRun();
    step(story, decideTake);
    expect(codeOf(step(story, decideTake))).toBe('already-yours');
    story.actor = { kind: 'slack', user: person.bob };
    step(story, decideTake);
    expect(story.run.takenBy).toBe(person.bob);
    expect(story.events.at(-1)?.body).toEqual({ kind: 'run.taken', from: person.alice, by: person.bob });
    expect(story.deliveries).toEqual([{ kind: 'render', key: 'run:1:card' }]);
  });

  it('needs a Slack user', () => {
    const story = newRun();
    story.actor = { kind: 'cli', user: 'root' };
    expect(codeOf(step(story, decideTake))).toBe('no-person');
  });
});

describe('done', () => {
  const link = { kind: 'link', value: 'https://example.com/report' } as const;
  const words = { kind: 'text', value: 'All 30 are there' } as const;

  it.each<[string, Evidence[], string]>([
    ['nothing', [], 'evidence-missing'],
    ['blanks', [{ kind: 'text', value: '  ' }], 'evidence-missing'],
    ['another kind only', [words], 'evidence-missing'],
    ['what is no link', [{ kind: 'link', value: 'the report' }], 'bad-link'],
    ['an accepted kind', [link], 'ok'],
    ['an accepted kind beside another', [words, link], 'ok'],
  ])('with %s as evidence, where a link is required', (_, evidence, code) => {
    expect(codeOf(step(newRun({ evidence: 'required', evidenceKinds: ['link'] }), withEvidence(...evidence)))).toBe(
      code,
    );
  });

  it.each([
    ['2026-03-02T11:59:59.999Z', false],
    ['2026-03-02T12:00:00.000Z', true],
    ['2026-03-03T07:59:59.000Z', true],
  ])('at %s is late: %s, told so or not', (at, late) => {
    const story = newRun();
    story.now = new Date(at);
    step(story, withEvidence());
    expect(story.run.end).toMatchObject({ how: 'done', late });
    expect(story.run.nextLookAt).toBeNull();
  });

  it('before it is due asks nobody any more', () => {
    const story = runAt('planned');
    step(story, withEvidence());
    expect(look(story, '2026-03-02T08:00:00.000Z')).toEqual(['ended']);
  });
});

describe('a snooze', () => {
  it('brings it back to whoever asked, and changes nothing of when it is late', () => {
    const story = newRun();
    step(story, (run, at) => decideSnooze(run, { until: new Date('2026-03-02T12:30:00Z') }, at));
    expect(look(story, '2026-03-02T12:00:00.000Z')).toEqual(['grace-is-over', 'next-contact-told']);
    expect(look(story, '2026-03-02T12:30:00.000Z')).toEqual(['snooze-is-over']);
    expect(story.deliveries).toMatchObject([{ to: { user: person.alice }, message: { type: 'run-reminder' } }]);
    expect(look(story, '2026-03-02T12:31:00.000Z')).toEqual(['not-yet']);
  });

  it.each([
    ['2026-03-02T08:00:00Z', 'not-later'],
    ['2026-03-03T08:00:00Z', 'after-it-is-missed'],
    ['2026-03-03T07:59:00Z', 'ok'],
  ])('until %s: %s', (until, code) => {
    expect(codeOf(step(newRun(), (run, at) => decideSnooze(run, { until: new Date(until) }, at)))).toBe(code);
  });
});

describe('cannot', () => {
  it('frees it and tells the channel and the next contact at once, who is not told a second time when it is late', () => {
    const story = newRun();
    step(story, decideTake);
    step(story, MOVES.cannot);
    expect(story.run).toMatchObject({
      takenBy: null,
      status: 'due',
      told: [person.bob],
      cannot: { reason: 'No access' },
    });
    expect(story.deliveries).toMatchObject([
      { to: { to: 'channel', channel: 'dba' }, message: { type: 'run-event', event: { kind: 'run.cannot' } } },
      { kind: 'render', key: 'run:1:card' },
      { to: { user: person.bob }, message: { why: 'cannot', reason: 'No access' } },
    ]);
    look(story, '2026-03-02T12:00:00.000Z');
    expect(story.run.told).toEqual([person.bob, person.charlie]);
    expect(look(story, '2026-03-02T20:00:00.000Z')).toEqual(['not-yet']);
  });
});

describe('a waiver', () => {
  it('names who answers for it and must not have expired', () => {
    const story = newRun();
    expect(codeOf(step(story, (run, at) => decideWaive(run, { reason: 'x', until: story.now }, at)))).toBe('not-later');
    expect(codeOf(step(story, (run, at) => decideWaive(run, { reason: ' ', until: null }, at)))).toBe('empty-text');
    story.actor = { kind: 'system', job: 'test' };
    expect(codeOf(step(story, MOVES.waive))).toBe('no-person');
    story.actor = { kind: 'cli', user: 'root' };
    step(story, MOVES.waive);
    expect(story.run.end).toMatchObject({ how: 'waived', approver: 'root', reason: 'Moved', of: null });
  });
});

describe('the checklist', () => {
  it('has exactly the steps ticked that were sent, and no others', () => {
    const story = newRun();
    step(story, (run, at) => decideTick(run, { items: [1, 0, 1] }, at));
    expect(story.run.ticked).toEqual([0, 1]);
    expect(codeOf(step(story, (run, at) => decideTick(run, { items: [0, 1] }, at)))).toBe('same-items');
    expect(codeOf(step(story, (run, at) => decideTick(run, { items: [2] }, at)))).toBe('no-such-item');
    step(story, (run, at) => decideTick(run, { items: [] }, at));
    expect(story.run.ticked).toEqual([]);
  });
});

describe('erasure', () => {
  it('keeps how a run ended and loses what was said', () => {
    const story = newRun();
    step(story, withEvidence({ kind: 'text', value: 'Bob was ill' }));
    const run = fold(story.events.map((event) => (event.kind === 'run.done' ? { ...event, body: null } : event)));
    expect(run).toMatchObject({ status: 'done', title: 'Backup verification' });
    expect(JSON.stringify(run)).not.toContain('Bob was ill');
  });
});
