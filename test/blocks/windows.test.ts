import { describe, expect, it } from 'vitest';
import { declareModal } from '../../blocks/declare-modal.ts';
import { renderMessage } from '../../blocks/message.ts';
import { windowInfo } from '../../blocks/window-info.ts';
import { allWindows, windowList } from '../../blocks/window-lists.ts';
import { windowCancelModal, windowExtendModal, windowPicker } from '../../blocks/window-modals.ts';
import { readWindowPlanModal, windowPlanModal } from '../../blocks/window-plan-modal.ts';
import { draftAfter } from '../../blocks/window-quiet.ts';
import { windowReportModal } from '../../blocks/window-report-modal.ts';
import type { Message } from '../../src/domain/delivery.ts';
import { decideApprove } from '../../src/domain/window/approve.ts';
import { decideExtend } from '../../src/domain/window/extend.ts';
import { windowsWithin } from '../../src/domain/window/recurring.ts';
import { decideReport } from '../../src/domain/window/report.ts';
import { windowRefusalFor } from '../../src/domain/window/transitions.ts';
import { type MaintenanceWindow, WINDOW_STATUSES } from '../../src/domain/window/window.ts';
import { DAY, HOUR, when } from '../support/duty-spec.ts';
import { alice, bob, minutesLater, now } from '../support/incident-spec.ts';
import { checkMessage, checkView } from '../support/slack-limits.ts';
import { aSpecWindow, newWindow, step, windowAt, windowSpec } from '../support/window-story.ts';

const NASTY = '<!channel> <script>alert("x")</script> & '.repeat(80);
const QUIET = Array.from({ length: 50 }, (_, n) => ({
  kind: 'alert' as const,
  key: `k${n}`,
  name: NASTY,
  detail: NASTY,
}));
const approval = { teams: ['dba'], groups: ['S0DBA'], users: ['alice', bob, 'U0STRANGER'] };
const spec = windowSpec(aSpecWindow({ approval, typical: HOUR }));

/** The worst that people type, in a window of this status. */
function worst(status: MaintenanceWindow['status']): MaintenanceWindow {
  const overlap = { window: 2, title: NASTY, startsAt: now.toISOString(), endsAt: minutesLater(60).toISOString() };
  return {
    ...windowAt(status).window,
    title: NASTY,
    reason: NASTY,
    risk: NASTY,
    rollback: NASTY,
    checklist: Array<string>(60).fill(NASTY),
    services: Array.from({ length: 40 }, (_, index) => `service-${index}`),
    labels: Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`label${index}`, NASTY])),
    shortNotice: NASTY,
    typical: HOUR,
    overlaps: Array.from({ length: 12 }, () => overlap),
    approvers: approval,
    clauses: Array<string>(60).fill('004:L428'),
    silences: Object.fromEntries(
      Array.from({ length: 20 }, (_, n) => [
        `am-${n}`,
        { id: null, until: now.toISOString(), problem: n % 2 ? NASTY : null },
      ]),
    ),
    quiet: { things: QUIET.map((thing) => ({ ...thing, key: `well-${thing.key}` })), count: 10_000 },
    aftermath: status === 'ended' ? { still: QUIET, count: 9_000, problem: NASTY, at: now.toISOString() } : null,
  };
}

const render = (message: Message, window: MaintenanceWindow) =>
  renderMessage(message, { incident: null, run: null, window, spec });
const markupOf = (rendered: { text: string; blocks: readonly unknown[] }) =>
  [rendered.text, ...(JSON.stringify(rendered.blocks).match(/"mrkdwn","text":"(?:[^"\\]|\\.)*"/g) ?? [])].join(' ');
const sound = (rendered: { text: string; blocks: readonly unknown[] }) => {
  expect(checkMessage({ channel: 'C0OPS', ...rendered })).toEqual([]);
  expect(markupOf(rendered)).not.toContain('<!channel>');
  expect(markupOf(rendered)).not.toContain('<script>');
};

describe('whatever people wrote', () => {
  it.each(WINDOW_STATUSES)('a window that is %s is within the limits wherever it is shown', (status) => {
    const window = worst(status);
    sound(render({ type: 'window-card', window: 1 }, window));
    sound(render({ type: 'window-announcement', window: 1 }, window));
    sound(render({ type: 'window-approval', window: 1 }, window));
    for (const again of [true, false]) sound(render({ type: 'window-report-asked', window: 1, again }, window));
    const coming = windowsWithin(
      windowSpec(aSpecWindow({ title: NASTY, when: when({ every: 'hour' }), duration: HOUR })),
      { from: now, to: minutesLater(1440) },
    );
    sound(windowList({ open: Array<MaintenanceWindow>(30).fill(window), coming }, spec));
    sound(allWindows(Array<MaintenanceWindow>(60).fill(window), spec));
  });

  it('every line about it is, and everything that happened', () => {
    const story = newWindow();
    const actor = story.actor;
    const happened = [
      { kind: 'window.announced', before: DAY, overtaken: [] },
      { kind: 'window.unapproved' },
      { kind: 'window.started', lead: bob },
      { kind: 'window.ending' },
      {
        kind: 'window.extended',
        from: now.toISOString(),
        to: now.toISOString(),
        reason: NASTY,
        lead: null,
        overlaps: worst('started').overlaps,
      },
      { kind: 'window.overran' },
      { kind: 'window.looked_again', still: QUIET, count: 9_000, problem: NASTY },
      { kind: 'window.ended', overrun: HOUR },
      { kind: 'window.cancelled', reason: NASTY, lapsed: false },
      { kind: 'window.reported', done: NASTY, documents: NASTY, learned: NASTY, ticked: [0] },
    ] as const;
    for (const event of happened)
      sound(render({ type: 'window-event', window: 1, event, actor, occurredAt: now.toISOString() }, worst('started')));
    step(story, (window, at) => decideExtend(window, { end: { by: HOUR }, reason: NASTY, overlaps: [] }, at));
    const unsaid = [
      { kind: 'window.silenced', target: NASTY, id: 'a', until: now.toISOString() },
      { kind: 'window.not_silenced', target: NASTY, problem: NASTY },
      { kind: 'window.unsilenced', target: NASTY },
      { kind: 'window.kept_quiet', things: QUIET, count: 50 },
    ] as const;
    const events = [...happened, ...happened, ...happened, ...unsaid, null].map((body, index) => ({
      subject: 'WIN-1',
      seq: index + 1,
      actor,
      kind: body?.kind ?? ('window.started' as const),
      occurredAt: now,
      recordedAt: now,
      body,
    }));
    sound(windowInfo(worst('ended'), events, spec));
  });

  it('every form is', () => {
    const window = worst('started');
    const about = [window, { ...window, number: 2 }] as const;
    const many = {
      ...spec,
      services: Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`s${i}`, { name: NASTY }])),
    };
    for (const view of [
      windowPlanModal({ title: NASTY, services: ['s1'], startsAt: now, length: NASTY }, alice, many),
      windowExtendModal(window, now),
      windowExtendModal(about, now, { by: HOUR }, NASTY),
      windowCancelModal(about, NASTY),
      windowPicker('start')(about),
      windowReportModal(worst('ended')),
    ])
      expect(checkView({ ...view })).toEqual([]);
  });
});

describe('what a window kept quiet', () => {
  const named = (name: string) => ({ kind: 'alert' as const, key: name, name, detail: '' });
  const card = (change: Partial<MaintenanceWindow>) =>
    markupOf(render({ type: 'window-card', window: 1 }, { ...windowAt('ended').window, ...change }));

  it('is on its card: where it is silenced, why it is not, and what failed', () => {
    const silences = {
      am: { id: 'a', until: now.toISOString(), problem: null },
      other: { id: null, until: null, problem: 'it cannot be reached' },
    };
    const shown = card({ silences, quiet: { things: [named('Down')], count: 1 } });
    expect(shown).toContain('Silenced in am until');
    expect(shown).toContain(
      'Not silenced in other as it should be: it cannot be reached. It is tried again each minute.',
    );
    expect(shown).toContain(':no_bell: 1 alarm kept quiet:');
  });

  it('is told apart at its end: what still fails, and what recovered within', () => {
    const aftermath = { still: [named('Down')], count: 1, problem: null, at: now.toISOString() };
    const shown = card({ quiet: { things: [named('Down'), named('Slow')], count: 2 }, aftermath });
    expect(shown).toContain('It is over, and this still fails:');
    expect(shown).toContain('Recovered within: *Slow*');
  });

  it('fills in the form of an incident, which then knows the window', () => {
    const aftermath = { still: [named('Down'), named('Slow')], count: 9, problem: null, at: now.toISOString() };
    const { window } = windowAt('ended');
    const draft = draftAfter({ ...window, aftermath });
    expect(draft).toMatchObject({ title: 'Down and 8 more after maintenance WIN-1', service: 'checkout', window: 1 });
    const long = draftAfter({ ...window, title: NASTY, aftermath: { ...aftermath, still: QUIET } });
    for (const one of [draft, long]) expect(checkView({ ...declareModal({ ...one, origin: null }, spec) })).toEqual([]);
  });
});

describe('a card', () => {
  const buttons = (window: MaintenanceWindow) =>
    JSON.stringify(render({ type: 'window-card', window: 1 }, window)).match(/"window\.\w+(?=")/g) ?? [];

  it('offers in each state what may be done then, and nothing that would be refused', () => {
    for (const status of WINDOW_STATUSES) {
      const { window } = windowAt(status);
      for (const id of buttons(window)) {
        const move = id.slice('"window.'.length);
        expect(windowRefusalFor(move as 'start', window), `${move} when ${status}`).toBeNull();
      }
    }
    expect(buttons(windowAt('planned').window)).toEqual(['"window.start', '"window.extend', '"window.cancel']);
    expect(buttons(windowAt('started').window)).toEqual(['"window.end', '"window.extend']);
    expect(buttons(windowAt('ended').window)).toEqual(['"window.report']);
    expect(buttons({ ...windowAt('ended').window, aftermath: worst('ended').aftermath })).toEqual([
      '"window.report',
      '"window.declare',
    ]);
  });

  it('asks for approval where it waits for it, and says who may give it', () => {
    const story = newWindow({}, spec);
    expect(buttons(story.window)).toEqual(['"window.approve', '"window.extend', '"window.cancel']);
    expect(markupOf(render({ type: 'window-card', window: 1 }, story.window))).toContain('by Database team or Alice');
    story.actor = { kind: 'slack', user: bob };
    step(story, decideApprove);
    expect(markupOf(render({ type: 'window-card', window: 1 }, story.window))).toContain(`by <@${bob}>`);
  });

  it('shows when it was reported what was done', () => {
    const story = windowAt('ended');
    const report = { done: 'Moved', documents: 'Runbook', learned: 'Index first', ticked: [] };
    step(story, (window, at) => decideReport(window, report, at));
    const words = markupOf(render({ type: 'window-card', window: 1 }, story.window));
    for (const part of ['*Done*  Moved', '*Documents that change*  Runbook', '*Learned*  Index first'])
      expect(words).toContain(part);
    expect(buttons(story.window)).toEqual([]);
  });
});

it('the form for a plan is read as it was filled in', () => {
  const value = (it: object) => ({ value: it });
  const text = (it: string | null) => value({ value: it });
  const draft = readWindowPlanModal({
    private_metadata: '{}',
    state: {
      values: {
        title: text('Move'),
        'services-0': value({ selected_options: [{ value: 'checkout' }] }),
        'services-10': value({ selected_options: [] }),
        startsAt: value({ selected_date_time: now.getTime() / 1000 }),
        length: text('2h'),
        lead: value({ selected_user: alice }),
        reason: text('Old'),
        risk: text(null),
        rollback: text(null),
        checklist: text('Copy'),
        labels: text(null),
        shortNotice: text(null),
      },
    },
  });
  expect(draft).toMatchObject({
    title: 'Move',
    kind: null,
    services: ['checkout'],
    startsAt: now,
    risk: '',
    lead: alice,
  });
});
