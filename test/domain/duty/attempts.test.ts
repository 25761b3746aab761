import { describe, expect, it } from 'vitest';
import { decideApprove, decideDecline } from '../../../src/domain/duty/approve.ts';
import type { RunDecided } from '../../../src/domain/duty/decision.ts';
import { decideDone } from '../../../src/domain/duty/done.ts';
import { decideExtraRun } from '../../../src/domain/duty/extra.ts';
import { decideSkip } from '../../../src/domain/duty/skip.ts';
import { decideStart } from '../../../src/domain/duty/start.ts';
import { decideTick } from '../../../src/domain/duty/tick.ts';
import type { Duty } from '../../../src/domain/spec/duty.ts';
import { aDuty, CHANGE, LOOK, person, specWith } from '../../support/duty-spec.ts';
import { begin, finish, fold, look, newRun, type RunStory, step } from '../../support/run-story.ts';

const codeOf = (decided: RunDecided) => (decided.ok ? 'ok' : decided.refusal.code);
const automated = (duty: Partial<Duty> = {}, ...rest: [at?: string, approvedBefore?: boolean]) =>
  newRun({ run: LOOK, checklist: [], ...duty }, ...rest);
const kinds = ({ events }: RunStory) => events.map(({ kind }) => kind);
const lines = ({ deliveries }: RunStory) =>
  deliveries.flatMap((one) => (one.kind === 'post' ? [one.message.type] : []));
const FIRST: Duty['approval'] = { of: 'first run', by: { teams: [], groups: [], users: ['alice'] } };
const EVERY: Duty['approval'] = { ...FIRST, of: 'every run' };

describe('a run that Mainstay can do', () => {
  it('is begun when it falls due, and is done by Mainstay when it succeeds', () => {
    const story = automated();
    expect(kinds(story)).toEqual(['run.planned', 'run.due', 'run.started']);
    begin(story);
    finish(story, 'succeeded');
    expect(story.run).toMatchObject({
      status: 'done',
      end: {
        how: 'done',
        by: { kind: 'slack' },
        late: false,
        evidence: [{ kind: 'text', value: 'It succeeded\nline 1\nline 2' }],
      },
      attempt: { number: 1, mode: 'run', why: 'due', finished: { outcome: 'succeeded', more: false, took: 1_500 } },
      nextLookAt: null,
    });
    expect(lines(story)).toEqual([]);
  });

  it.each<[string, Partial<Duty>]>([
    ['a checklist', { checklist: ['Report read'] }],
    ['evidence that only people can give', { evidence: 'required', evidenceKinds: ['link'] }],
  ])('stays due after it succeeded where there is %s', (_what, duty) => {
    const story = automated(duty);
    begin(story);
    finish(story, 'succeeded');
    expect(story.run).toMatchObject({ status: 'due', end: null });
    expect(look(story, '2026-03-02T12:00:00.000Z')).toEqual(['grace-is-over', 'next-contact-told']);
  });

  it('is done when it succeeds where people had ticked all the steps already', () => {
    const story = automated({ checklist: ['Report read'] });
    step(story, (run, at) => decideTick(run, { items: [0] }, at));
    finish(story, 'succeeded');
    expect(story.run.status).toBe('done');
  });

  it('is not run where its target is not connected: the people are asked and told why', () => {
    const story = automated({ run: { ...LOOK, target: 'gone' } });
    expect(kinds(story)).toEqual(['run.planned', 'run.due', 'run.not-run']);
    expect(story.run).toMatchObject({ status: 'due', attempt: null, notRun: 'It was switched off.' });
    expect(codeOf(step(story, decideStart))).toBe('not-connected');
    expect(codeOf(step(story, (run, at) => decideDone(run, { evidence: [] }, at)))).toBe('ok');
  });

  it.each([
    ['2026-03-02T08:00:00.000Z', 0, false],
    ['2026-03-02T08:00:59.000Z', 0, false],
    ['2026-03-02T08:01:00.000Z', 0, true],
    ['2026-03-02T11:59:00.000Z', 4 * 3_600_000, false],
    ['2026-03-02T12:00:00.000Z', 4 * 3_600_000, true],
  ])('begun at %s with a grace of %d ms is late: %s', (at, grace, late) => {
    const story = automated({ grace }, at);
    story.now = new Date('2026-03-02T14:00:00.000Z');
    finish(story, 'succeeded');
    expect(story.run.end).toMatchObject({ how: 'done', late });
  });

  it('is neither late nor missed while it runs', () => {
    const story = automated({ run: { ...LOOK, timeout: 48 * 3_600_000 } });
    begin(story);
    expect(look(story, '2026-03-03T09:00:00.000Z')).toEqual(['not-yet']);
  });

  it.each<[string, (story: RunStory) => RunDecided]>([
    ['run', (story) => step(story, decideStart)],
    ['done', (story) => step(story, (run, at) => decideDone(run, { evidence: [] }, at))],
    ['skip', (story) => step(story, (run, at) => decideSkip(run, { reason: 'x' }, at))],
  ])('takes no %s while it runs', (_move, act) => {
    expect(codeOf(act(automated()))).toBe('still-running');
  });

  it('cannot be run where people do it', () => {
    expect(codeOf(step(newRun(), decideStart))).toBe('not-automated');
  });

  it('can be run before it is due, and is then asked for early', () => {
    const story = automated({ announceBefore: 86_400_000 }, '2026-03-01T12:00:00.000Z');
    expect(codeOf(step(story, decideStart))).toBe('ok');
    expect(kinds(story)).toEqual(['run.planned', 'run.announced', 'run.due', 'run.started']);
    finish(story, 'succeeded');
    expect(story.run.end).toMatchObject({ how: 'done', late: false });
  });
});

describe('a run whose action fails', () => {
  it('is told to the team, escalated as a late one is, and can be run again', () => {
    const story = automated();
    begin(story);
    finish(story, 'failed');
    expect(story.run).toMatchObject({ status: 'due', end: null, attempt: { finished: { outcome: 'failed' } } });
    expect(lines(story)).toEqual(['run-event']);
    expect(look(story, '2026-03-02T12:00:00.000Z')).toEqual(['grace-is-over', 'next-contact-told']);
    expect(story.deliveries).toContainEqual(
      expect.objectContaining({ message: expect.objectContaining({ why: 'failed', reason: 'It failed' }) }),
    );
    expect(codeOf(step(story, decideStart))).toBe('ok');
    expect(story.run.attempt).toMatchObject({ number: 2, why: 'asked', finished: null });
    finish(story, 'succeeded');
    expect(story.run.end).toMatchObject({ how: 'done', late: true });
  });

  it('ends as failed when its next one falls due', () => {
    const story = automated();
    finish(story, 'failed');
    look(story, '2026-03-03T08:00:00.000Z');
    expect(story.run).toMatchObject({ status: 'failed', end: { how: 'failed', summary: 'It failed' } });
    expect(kinds(story)).not.toContain('run.missed');
    expect(story.deliveries).toContainEqual(
      expect.objectContaining({ message: expect.objectContaining({ type: 'run-escalation', why: 'failed' }) }),
    );
  });

  it.each(['could-not-run', 'interrupted'] as const)(
    '%s is no failure: nobody does it, and it is missed',
    (outcome) => {
      const story = automated({ run: CHANGE });
      finish(story, outcome);
      expect(lines(story)).toEqual(['run-event']);
      look(story, '2026-03-03T08:00:00.000Z');
      expect(story.run).toMatchObject({ status: 'missed', end: { how: 'missed', asked: true } });
    },
  );

  it('says nothing of its output in the line for the channel', () => {
    const story = automated();
    finish(story, 'failed', { output: 'x'.repeat(9_000) });
    expect(JSON.stringify(story.deliveries).length).toBeLessThan(1_000);
  });
});

describe('an attempt that was interrupted', () => {
  it('is made again by itself after a minute where it only looks, three times in all', () => {
    const story = automated();
    for (const [attempt, minute] of [
      [1, 1],
      [2, 3],
    ] as const) {
      begin(story);
      finish(story, 'interrupted');
      expect(lines(story)).toEqual([]);
      expect(look(story, `2026-03-02T08:0${minute - 1}:59.000Z`)).toEqual(['not-yet']);
      story.now = new Date(`2026-03-02T08:0${minute + 1}:00.000Z`);
      expect(look(story, story.now.toISOString())).toEqual(['tried-again']);
      expect(story.run.attempt).toMatchObject({ number: attempt + 1, why: 'interrupted', begunAt: null });
    }
    finish(story, 'interrupted');
    expect(lines(story)).toEqual(['run-event']);
    expect(look(story, '2026-03-02T09:00:00.000Z')).toEqual(['not-yet']);
  });

  it('is told to the team where it changes something, who decide', () => {
    const story = automated({ run: CHANGE });
    finish(story, 'interrupted');
    expect(lines(story)).toEqual(['run-event']);
    expect(look(story, '2026-03-02T09:00:00.000Z')).toEqual(['not-yet']);
    expect(codeOf(step(story, decideStart))).toBe('ok');
  });

  it('without a word is found out an hour after its time was up', () => {
    const story = automated({ run: CHANGE });
    expect(look(story, '2026-03-02T09:09:59.000Z')).toEqual(['not-yet']);
    expect(look(story, '2026-03-02T09:10:00.000Z')).toEqual(['lost']);
    expect(story.run.attempt?.finished).toMatchObject({ outcome: 'interrupted' });
    expect(lines(story)).toEqual(['run-event']);
  });
});

describe('a run that somebody must agree to', () => {
  const previewed = (approval: Duty['approval'], approvedBefore = false) => {
    const story = automated({ run: CHANGE, ...(approval && { approval }) }, undefined, approvedBefore);
    finish(story, 'succeeded');
    return story;
  };

  it.each([
    ['every run', EVERY, true, 'preview'],
    ['first run', FIRST, false, 'preview'],
    ['first run', FIRST, true, 'run'],
  ] as const)('of %s %j, approved before: %s, begins with a %s', (_of, approval, before, mode) => {
    expect(automated({ approval }, undefined, before).run.attempt?.mode).toBe(mode);
  });

  it('only says what it would do, and runs when it is approved', () => {
    const story = previewed(EVERY);
    expect(story.run).toMatchObject({ status: 'due', attempt: { mode: 'preview', number: 1 } });
    expect(codeOf(step(story, decideStart))).toBe('awaits-approval');
    expect(codeOf(step(story, (run, at) => decideApprove(run, { attempt: 1 }, at)))).toBe('ok');
    expect(story.run).toMatchObject({ agreed: { by: { user: person.alice } }, attempt: { mode: 'run', number: 2 } });
    finish(story, 'failed');
    // The approval is good for this run: what failed can be run again without asking anew.
    step(story, decideStart);
    expect(story.run.attempt).toMatchObject({ mode: 'run', number: 3 });
    finish(story, 'succeeded');
    expect(story.run.status).toBe('done');
  });

  it('runs nothing when it is declined, for a reason; a new preview can be asked for', () => {
    const story = previewed(EVERY);
    expect(codeOf(step(story, (run, at) => decideDecline(run, { reason: ' ' }, at)))).toBe('empty-text');
    expect(codeOf(step(story, (run, at) => decideDecline(run, { reason: 'Too many rows' }, at)))).toBe('ok');
    expect(story.run).toMatchObject({ status: 'due', declined: { reason: 'Too many rows' }, agreed: null });
    expect(codeOf(step(story, (run, at) => decideApprove(run, { attempt: 1 }, at)))).toBe('nothing-to-approve');
    expect(codeOf(step(story, decideStart))).toBe('ok');
    expect(story.run).toMatchObject({ declined: null, attempt: { mode: 'preview', number: 2 } });
    finish(story, 'succeeded');
    expect(codeOf(step(story, (run, at) => decideApprove(run, { attempt: 1 }, at)))).toBe('other-preview');
  });

  it('has nothing to approve while there is no preview, and none that failed', () => {
    const story = automated({ run: CHANGE, approval: EVERY });
    expect(codeOf(step(story, (run, at) => decideApprove(run, { attempt: 1 }, at)))).toBe('still-running');
    finish(story, 'failed');
    expect(codeOf(step(story, (run, at) => decideApprove(run, { attempt: 1 }, at)))).toBe('nothing-to-approve');
  });

  it('is missed when nobody agrees in time, and then cannot be approved any more', () => {
    const story = previewed(EVERY);
    look(story, '2026-03-03T08:00:00.000Z');
    expect(story.run.status).toBe('missed');
    expect(codeOf(step(story, (run, at) => decideApprove(run, { attempt: 1 }, at)))).toBe('already-missed');
  });
});

describe('a run outside the calendar', () => {
  const now = new Date('2026-03-02T15:30:00.000Z');
  const extra = (duty: Duty) =>
    decideExtraRun(7, duty, { actor: { kind: 'slack', user: person.bob }, now, spec: specWith(duty) });

  it('is due at once and begun, and no occurrence of the calendar', () => {
    const decided = extra(aDuty({ run: LOOK, announceBefore: 86_400_000 }));
    if (!decided.ok) throw new Error(decided.refusal.message);
    const { events, deliveries } = decided.value;
    expect(events.map(({ body }) => body)).toMatchObject([
      {
        kind: 'run.planned',
        number: 7,
        terms: { occurrence: 'asked-RUN-7', dueAt: now.toISOString(), local: '2026-03-02 16:30', announceAt: null },
      },
      { kind: 'run.due' },
      { kind: 'run.started', mode: 'run', why: 'asked' },
    ]);
    expect(deliveries).toMatchObject([{ kind: 'post', keep: 'run:7:card' }]);
  });

  it('is refused for a duty of people, and where its target is not connected', () => {
    expect(codeOf(extra(aDuty()))).toBe('not-automated');
    expect(codeOf(extra(aDuty({ run: { ...LOOK, target: 'gone' } })))).toBe('not-connected');
  });
});

it('a run whose words were erased still folds, and is begun by nobody', () => {
  const story = automated({ run: CHANGE });
  begin(story);
  finish(story, 'failed', { output: 'the name of Bob' });
  const erased = fold(story.events.map((event) => ({ ...event, body: null })));
  expect(erased).toMatchObject({ status: 'due', action: null, attempt: { finished: { outcome: 'could-not-run' } } });
  expect(JSON.stringify(erased)).not.toContain('Bob');
});
