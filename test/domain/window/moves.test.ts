import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/domain/outcome.ts';
import type { RecurringWindow } from '../../../src/domain/spec/calendar.ts';
import { decideApprove } from '../../../src/domain/window/approve.ts';
import { parsePlan, parseWindow } from '../../../src/domain/window/command.ts';
import { decideEnd } from '../../../src/domain/window/end.ts';
import { decideExtend } from '../../../src/domain/window/extend.ts';
import { parseNewEnd } from '../../../src/domain/window/new-end.ts';
import { planTerms, type WindowDraft } from '../../../src/domain/window/plan.ts';
import { decideReport } from '../../../src/domain/window/report.ts';
import { decideStart } from '../../../src/domain/window/start.ts';
import { type WindowMove, windowRefusalFor } from '../../../src/domain/window/transitions.ts';
import { WINDOW_STATUSES, type WindowStatus } from '../../../src/domain/window/window.ts';
import { DAY, HOUR } from '../../support/duty-spec.ts';
import { alice, bob, minutesLater, now } from '../../support/incident-spec.ts';
import {
  ALICE,
  aDraft,
  approve,
  aSpecWindow,
  BOB,
  look,
  newWindow,
  said,
  step,
  windowAt,
  windowSpec,
} from '../../support/window-story.ts';

const MINUTE = 60_000;
const code = (outcome: Outcome<unknown>) => (outcome.ok ? 'ok' : outcome.refusal.code);
const before = (instant: string, ms: number) => new Date(Date.parse(instant) - ms);

describe('what may be done when', () => {
  const TABLE: Record<WindowMove, Record<WindowStatus, string>> = {
    approve: {
      planned: 'ok',
      announced: 'ok',
      started: 'already-started',
      ended: 'already-ended',
      cancelled: 'already-cancelled',
    },
    start: {
      planned: 'ok',
      announced: 'ok',
      started: 'already-started',
      ended: 'already-ended',
      cancelled: 'already-cancelled',
    },
    extend: {
      planned: 'ok',
      announced: 'ok',
      started: 'ok',
      ended: 'already-ended',
      cancelled: 'already-cancelled',
    },
    end: {
      planned: 'not-started',
      announced: 'not-started',
      started: 'ok',
      ended: 'already-ended',
      cancelled: 'already-cancelled',
    },
    cancel: {
      planned: 'ok',
      announced: 'ok',
      started: 'already-started',
      ended: 'already-ended',
      cancelled: 'already-cancelled',
    },
    report: {
      planned: 'not-ended',
      announced: 'not-ended',
      started: 'not-ended',
      ended: 'ok',
      cancelled: 'already-cancelled',
    },
  };
  const cases = WINDOW_STATUSES.flatMap((status) =>
    Object.entries(TABLE).map(([move, answers]) => [move as WindowMove, status, answers[status]] as const),
  );
  it.each(cases)('%s a window that is %s: %s', (move, status, answer) => {
    expect(windowRefusalFor(move, windowAt(status).window)?.refusal.code ?? 'ok').toBe(answer);
  });
});

describe('a plan', () => {
  const spec = windowSpec(aSpecWindow({ typical: HOUR, notice: 2 * DAY, labels: { env: 'prod' } }));
  it.each([
    ['no title', { title: '  ' }, 'empty-text', 'title'],
    ['no reason', { reason: '' }, 'empty-text', 'reason'],
    ['no start', { startsAt: null }, 'empty-text', 'startsAt'],
    ['a start that has passed', { startsAt: minutesLater(-16) }, 'in-the-past', 'startsAt'],
    ['no length', { length: '' }, 'bad-length', 'length'],
    ['a length of nothing', { length: '0s' }, 'bad-length', 'length'],
    ['a length without a unit', { length: '90' }, 'bad-length', 'length'],
    ['a length beyond a month', { length: '31d' }, 'bad-length', 'length'],
    ['nothing it affects', { services: [] }, 'no-scope', 'labels'],
    ['labels that are none', { labels: 'prod' }, 'bad-labels', 'labels'],
    ['a service nobody knows', { services: ['chekout'] }, 'unknown-service', undefined],
    ['a kind the spec does not have', { kind: 'networking' }, 'unknown-kind', 'kind'],
    ['less notice than a day, unexplained', { startsAt: minutesLater(23 * 60) }, 'notice-too-short', 'shortNotice'],
    [
      'less than its kind wants',
      { kind: 'database', startsAt: minutesLater(47 * 60) },
      'notice-too-short',
      'shortNotice',
    ],
  ])('with %s is refused at its field', (_, draft, refusal, field) => {
    const outcome = planTerms(aDraft(draft), { actor: ALICE, now, spec });
    expect(outcome.ok ? null : [outcome.refusal.code, outcome.refusal.field]).toEqual([refusal, field]);
  });

  it('on short notice says why, and a start that passed while the form was filled in is now', () => {
    const draft = aDraft({ startsAt: minutesLater(-10), shortNotice: 'The disk fails' });
    const terms = planTerms(draft, { actor: ALICE, now, spec });
    expect(terms.ok && terms.value).toMatchObject({
      shortNotice: 'The disk fails',
      startsAt: now.toISOString(),
      endsAt: minutesLater(120).toISOString(),
    });
  });

  it('has what its kind says, steps without their bullets, and labels of both', () => {
    const draft = aDraft({ kind: 'database', labels: 'tier=db, zone = eu', checklist: '- Copy\n\n2. Switch\nCompare' });
    const terms = planTerms(draft, { actor: ALICE, now, spec });
    expect(terms.ok && terms.value).toMatchObject({
      checklist: ['Copy', 'Switch', 'Compare'],
      labels: { env: 'prod', tier: 'db', zone: 'eu' },
      owner: 'dba',
      channel: 'dba',
      announceIn: ['incidents'],
      announceBefore: [7 * DAY, DAY, 15 * MINUTE],
      typical: HOUR,
    });
  });

  describe('cannot get around an approval', () => {
    const byBob = { teams: [], groups: [], users: [bob] };
    const byDba = { teams: ['dba'], groups: [], users: [] };
    const patching = aSpecWindow({ key: 'patching' });
    const network = aSpecWindow({ key: 'network', affects: [], approval: byDba });
    const approvers = (draft: Partial<WindowDraft>, ...windows: readonly RecurringWindow[]) => {
      const terms = planTerms(aDraft(draft), { actor: ALICE, now, spec: windowSpec(...windows) });
      return terms.ok ? terms.value.approvers : terms.refusal.code;
    };
    const guarded = aSpecWindow({ approval: byBob });

    it('by being of no kind, of another kind of the same service, or of labels alone', () => {
      expect(approvers({}, guarded)).toEqual(byBob);
      expect(approvers({ kind: 'patching' }, guarded, patching)).toEqual(byBob);
      expect(approvers({ services: [], labels: 'env=prod' }, guarded, patching)).toEqual(byBob);
    });

    it('of one window by that of another: all rules that differ must let in whoever agrees', () => {
      expect(approvers({ kind: 'network' }, guarded, network)).toEqual({ all: [byDba, byBob] });
      expect(approvers({ services: [], labels: 'env=prod' }, guarded, network)).toEqual({ all: [byBob, byDba] });
      expect(approvers({}, guarded, aSpecWindow({ key: 'other', approval: 'everyone' }))).toEqual(byBob);
      expect(approvers({}, patching)).toBeNull();
    });

    it('and everybody who can agree is asked, each once', () => {
      const both = windowSpec(guarded, aSpecWindow({ key: 'b', approval: { ...byBob, teams: ['dba'] } }));
      expect(said(newWindow({}, both))).toEqual(['#dba window-card', `@${bob} window-approval`]);
    });
  });
});

describe('approval', () => {
  const wanting = () =>
    newWindow({}, windowSpec(aSpecWindow({ approval: { teams: [], groups: [], users: [bob, alice] } })));

  it('is by somebody other than who planned it, once, and only where it is wanted', () => {
    const story = wanting();
    expect(said(story)).toEqual(['#dba window-card', `@${bob} window-approval`]);
    expect(code(step(story, decideApprove))).toBe('own-plan');
    expect(code(step(story, decideStart))).toBe('not-approved');
    expect(code(approve(story))).toBe('ok');
    expect(code(approve(story))).toBe('already-approved');
    expect(code(approve(newWindow()))).toBe('needs-no-approval');
  });

  it('keeps a window from others: nobody is told, it does not begin, and lapses', () => {
    const story = wanting();
    expect(look(story, before(story.window.startsAt, DAY))).toEqual(['not-yet']);
    expect(look(story, new Date(story.window.startsAt))).toEqual(['waits-for-approval']);
    expect(said(story)).toEqual(['#dba window-event window.unapproved', 'edit window:1:card']);
    expect(look(story, new Date(story.window.endsAt))).toEqual(['lapsed']);
    expect(story.window).toMatchObject({ status: 'cancelled', cancelled: { lapsed: true }, nextLookAt: null });
    expect(said(story)).toEqual(['#dba window-event window.cancelled', 'edit window:1:card']);
  });

  it('that comes while it should be under way has it begin at once', () => {
    const story = wanting();
    look(story, new Date(Date.parse(story.window.startsAt) + 20 * MINUTE));
    approve(story);
    expect(story.window).toMatchObject({ status: 'started', started: { at: story.window.startsAt } });
    expect(said(story)[1]).toBe('#incidents window-announcement');
  });
});

describe('what people are told', () => {
  it('each word once; what an outage or a late plan missed is one word, the last', () => {
    const story = newWindow();
    const { startsAt } = story.window;
    expect(said(story)).toEqual(['#dba window-card']);
    expect(look(story, before(startsAt, 7 * DAY))).toEqual(['announced']);
    expect(said(story)).toEqual([
      '#dba window-event window.announced',
      '#incidents window-announcement',
      'edit window:1:card',
    ]);
    expect(look(story, before(startsAt, 7 * DAY - 1))).toEqual(['not-yet']);
    expect(look(story, before(startsAt, 10 * MINUTE))).toEqual(['announced']);
    expect(story.events.at(-1)?.body).toEqual({ kind: 'window.announced', before: 15 * MINUTE, overtaken: [DAY] });
    expect(said(story)).toEqual([
      '#dba window-event window.announced',
      '#incidents window-event window.announced',
      'edit window:1:card',
      'edit window:1:announcement:incidents',
    ]);
  });

  it('one that is planned for an hour from now is announced at once, with its card', () => {
    const story = newWindow({ startsAt: minutesLater(60), shortNotice: 'It fails' });
    expect(said(story)).toEqual(['#dba window-card', '#incidents window-announcement']);
    expect(story.window).toMatchObject({ status: 'announced', told: [7 * DAY, DAY] });
  });

  it('after an outage over start and end only that it is over its time, with who is to end it', () => {
    const story = newWindow();
    look(story, before(story.window.startsAt, DAY));
    expect(look(story, new Date(Date.parse(story.window.endsAt) + HOUR))).toEqual(['started', 'overran']);
    expect(said(story).filter((line) => !line.startsWith('edit'))).toEqual([
      '#dba window-event window.overran',
      '#incidents window-event window.overran',
    ]);
    expect(look(story, new Date(Date.parse(story.window.endsAt) + 1.5 * HOUR))).toEqual(['not-yet']);
  });

  it('of one whose whole time passed unannounced nothing, but the team is asked', () => {
    const story = newWindow({}, windowSpec(), { lead: null });
    expect(look(story, new Date(Date.parse(story.window.endsAt) + HOUR))).toEqual(['started', 'ended']);
    expect(said(story)).toEqual(['edit window:1:card', '#dba window-report-asked']);
  });

  it('a short one is not told to end just when it was told to begin', () => {
    const story = newWindow({ length: '15m' });
    look(story, new Date(story.window.startsAt));
    expect(look(story, before(story.window.endsAt, 10 * MINUTE))).toEqual(['not-yet']);
  });
});

describe('the end', () => {
  it('is moved, and announced anew; what is over its time is extended from now on', () => {
    const story = windowAt('started');
    const { endsAt } = story.window;
    expect(look(story, before(endsAt, 10 * MINUTE))).toEqual(['ending']);
    step(story, (window, at) => decideExtend(window, { end: { by: 30 * MINUTE }, reason: 'Slow', overlaps: [] }, at));
    const later = new Date(Date.parse(endsAt) + 30 * MINUTE);
    expect(story.window.endsAt).toBe(later.toISOString());
    expect(look(story, new Date(later.getTime() - 10 * MINUTE))).toEqual(['ending']);
    expect(look(story, later)).toEqual(['overran']);
    story.now = new Date(later.getTime() + HOUR);
    step(story, (window, at) => decideExtend(window, { end: { by: 30 * MINUTE }, reason: '', overlaps: [] }, at));
    expect(story.window).toMatchObject({
      endsAt: new Date(later.getTime() + 90 * MINUTE).toISOString(),
      overranAt: null,
      extended: [{ from: endsAt }, { to: new Date(later.getTime() + 90 * MINUTE).toISOString() }],
    });
  });

  it('is not moved to what has passed, nor back', () => {
    const story = windowAt('started');
    const refused = step(story, (window, at) =>
      decideExtend(window, { end: { until: new Date(window.endsAt) }, reason: '', overlaps: [] }, at),
    );
    expect(code(refused)).toBe('not-later');
  });

  it('counts how long after its plan, asks who led it, and reminds them once', () => {
    const story = windowAt('started');
    story.now = new Date(Date.parse(story.window.endsAt) + 12 * MINUTE);
    step(story, decideEnd);
    expect(story.window.ended?.overrun).toBe(12 * MINUTE);
    expect(said(story).at(-1)).toBe(`@${alice} window-report-asked`);
    expect(look(story, new Date(story.now.getTime() + DAY))).toEqual(['reminded']);
    expect(said(story)).toEqual([`@${alice} window-report-asked`]);
    expect(look(story, new Date(story.now.getTime() + 9 * DAY))).toEqual(['over']);
    expect(story.window.nextLookAt).toBeNull();
  });

  it('whoever begins one without a lead leads it, and is the one to end it', () => {
    const story = newWindow({}, windowSpec(), { lead: null });
    story.actor = BOB;
    step(story, decideStart);
    expect(story.window.lead).toBe(bob);
    expect(look(story, new Date(story.window.endsAt))).toEqual(['overran']);
  });

  it('is answered with what was done, within its checklist', () => {
    const story = windowAt('ended');
    const answer = { done: 'Moved', documents: '', learned: '', ticked: [] };
    expect(code(step(story, (window, at) => decideReport(window, { ...answer, done: ' ' }, at)))).toBe('empty-text');
    expect(code(step(story, (window, at) => decideReport(window, { ...answer, ticked: [0] }, at)))).toBe(
      'no-such-item',
    );
    expect(code(step(story, (window, at) => decideReport(window, answer, at)))).toBe('ok');
    expect(said(story)[0]).toBe('#dba window-event window.reported');
    expect(story.window.nextLookAt).toBeNull();
  });
});

describe('what is typed', () => {
  const spec = windowSpec();
  const typed = (text: string, zone: string | null = 'Europe/Paris') => parsePlan(text, spec, now, zone);

  it('is read whatever its order, and the rest is the title', () => {
    expect(typed('Checkout 2h tomorrow morning')).toEqual({
      ok: true,
      value: { title: 'tomorrow morning', services: ['checkout'], startsAt: null, length: '2h' },
    });
    expect(typed('move the disk at 02:30 for 1h30m')).toMatchObject({
      value: { title: 'move the disk', startsAt: new Date('2026-11-22T01:30:00Z'), length: '1h30m' },
    });
    expect(typed('')).toMatchObject({ value: { title: '', startsAt: null } });
  });

  it.each([
    ['2026-03-29', 'says a day and no time'],
    ['25:00', 'is not a time of day'],
    ['2026-02-30 10:00', 'is no day of the calendar'],
  ])('"%s" %s', (text, problem) => {
    expect(typed(text)).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });

  it('a time has no meaning where nobody knows where the speaker is', () => {
    expect(typed('02:30', null)).toEqual({ ok: false, problem: expect.stringContaining('which time zone you are in') });
    expect(parseNewEnd('until 02:30', now, null)).toMatchObject({ ok: false });
  });

  it('names a window or none, and a new end with its reason', () => {
    expect(parseWindow('win12: 30m')).toEqual({ window: 12, text: '30m' });
    expect(parseWindow('RUN-1')).toEqual({ window: null, text: 'RUN-1' });
    expect(parseNewEnd('30m the index is slow', now, null)).toEqual({
      ok: true,
      value: { end: { by: 30 * MINUTE }, reason: 'the index is slow' },
    });
    expect(parseNewEnd('soon', now, null)).toMatchObject({ ok: false });
    expect(parseNewEnd('99999999w', now, null)).toMatchObject({ ok: false });
  });
});
