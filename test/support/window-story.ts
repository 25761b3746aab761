import type { Actor } from '../../src/domain/actor.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import { type EventDraft, type StoredEvent, windowSubject } from '../../src/domain/event.ts';
import type { RecurringWindow } from '../../src/domain/spec/calendar.ts';
import type { OperationsSpec } from '../../src/domain/spec/types.ts';
import { apply } from '../../src/domain/window/apply.ts';
import { decideApprove } from '../../src/domain/window/approve.ts';
import { beginWindow } from '../../src/domain/window/begin.ts';
import { decideCancel } from '../../src/domain/window/cancel.ts';
import type { WindowDecided, WindowDecision, WindowSituation } from '../../src/domain/window/decision.ts';
import { decideEnd } from '../../src/domain/window/end.ts';
import type { WindowEvent, WindowTerms } from '../../src/domain/window/events.ts';
import { lookAtWindow } from '../../src/domain/window/look.ts';
import { planTerms, type WindowDraft } from '../../src/domain/window/plan.ts';
import { decideStart } from '../../src/domain/window/start.ts';
import type { MaintenanceWindow, WindowStatus } from '../../src/domain/window/window.ts';
import { DAY, HOUR, specWith } from './duty-spec.ts';
import { alice, bob, minutesLater, now } from './incident-spec.ts';

/** A window of the spec that is used as needed, on checkout, answered for by the database team; told in #incidents. */
export function aSpecWindow(window: Partial<RecurringWindow> = {}): RecurringWindow {
  return {
    key: 'database',
    title: 'Work on the database',
    when: null,
    duration: null,
    checklist: [],
    labels: {},
    notice: DAY,
    affects: ['checkout'],
    owner: 'dba',
    announce: ['incidents'],
    announceBefore: null,
    clause: [],
    ...window,
  };
}

/** With these windows; with the one above where none are given. */
export function windowSpec(...windows: readonly RecurringWindow[]): OperationsSpec {
  return { ...specWith(), windows: windows.length === 0 ? [aSpecWindow()] : [...windows] };
}

/** What Alice plans: two hours on checkout, ten days from now. */
export function aDraft(draft: Partial<WindowDraft> = {}): WindowDraft {
  return {
    title: 'Move the database',
    kind: null,
    services: ['checkout'],
    labels: '',
    startsAt: minutesLater(10 * 24 * 60),
    length: '2h',
    lead: alice,
    reason: 'The disk is old',
    risk: '',
    rollback: '',
    checklist: '',
    shortNotice: '',
    ...draft,
  };
}

/** One window and all that was written about it, with a clock of its own. */
interface WindowStory {
  window: MaintenanceWindow;
  readonly events: StoredEvent<WindowEvent>[];
  /** What the last step promised. */
  deliveries: readonly Delivery[];
  now: Date;
  actor: Actor;
  readonly spec: OperationsSpec;
}

export const ALICE: Actor = { kind: 'slack', user: alice };
export const BOB: Actor = { kind: 'slack', user: bob };

/** Planned by Alice at `now`. */
export function newWindow(
  draft: Partial<WindowDraft> = {},
  spec: OperationsSpec = windowSpec(),
  change: Partial<WindowTerms> = {},
): WindowStory {
  const situation = { actor: ALICE, now, spec };
  const terms = planTerms(aDraft({ kind: 'database', ...draft }), situation);
  if (!terms.ok) throw new Error(terms.refusal.message);
  const { events, deliveries } = beginWindow(1, { ...terms.value, overlaps: [], ...change }, situation);
  const stored = store([], events);
  return { window: fold(stored), events: stored, deliveries, now, actor: ALICE, spec };
}

/** Takes one step; what is refused is returned and changes nothing. */
export function step(
  story: WindowStory,
  decide: (window: MaintenanceWindow, situation: WindowSituation) => WindowDecided,
): WindowDecided {
  const decided = decide(story.window, { actor: story.actor, now: story.now, spec: story.spec });
  if (decided.ok) write(story, decided.value);
  return decided;
}

/** Moves the clock and does what the hour asks; the reasons. */
export function look(story: WindowStory, at: Date): readonly string[] {
  story.now = at;
  const situation = { actor: { kind: 'system', job: 'follow-windows' } as const, now: at, spec: story.spec };
  const { reasons, decision } = lookAtWindow(story.window, situation);
  story.deliveries = [];
  if (decision !== null) write(story, decision);
  return reasons;
}

/** A story whose window has this status. */
export function windowAt(status: WindowStatus): WindowStory {
  const story = newWindow();
  const start = new Date(story.window.startsAt);
  if (status === 'announced') look(story, new Date(start.getTime() - 7 * DAY));
  if (status === 'started' || status === 'ended') {
    story.now = start;
    step(story, decideStart);
  }
  if (status === 'ended') {
    story.now = new Date(start.getTime() + HOUR);
    step(story, decideEnd);
  }
  if (status === 'cancelled') step(story, (window, at) => decideCancel(window, { reason: 'Frozen' }, at));
  if (story.window.status !== status) throw new Error(`no way to ${status}`);
  return story;
}

/** As Bob, who did not plan it. */
export function approve(story: WindowStory): WindowDecided {
  story.actor = BOB;
  return step(story, decideApprove);
}

/** The lines, posts and edits of the last step: `#incidents window-event window.started`, `edit window:1:card`. */
export function said({ deliveries }: Pick<WindowStory, 'deliveries'>): string[] {
  return deliveries.map((delivery) => {
    if (delivery.kind === 'render') return `edit ${delivery.key}`;
    if (delivery.kind !== 'post') throw new Error(`a window promises no ${delivery.kind}`);
    const { to, message } = delivery;
    const where = to.to === 'channel' ? `#${to.channel}` : to.to === 'user' ? `@${to.user}` : `INC-${to.number}`;
    return [where, message.type, ...(message.type === 'window-event' ? [message.event.kind] : [])].join(' ');
  });
}

export function fold(events: readonly StoredEvent<WindowEvent>[]): MaintenanceWindow {
  const window = events.reduce<MaintenanceWindow | null>((state, event) => apply(state, event), null);
  if (window === null) throw new Error('nothing was planned');
  return window;
}

function write(story: WindowStory, { events, deliveries }: WindowDecision): void {
  for (const event of store(story.events, events)) {
    story.events.push(event);
    story.window = apply(story.window, event);
  }
  story.deliveries = deliveries;
}

function store(before: readonly unknown[], drafts: readonly EventDraft<WindowEvent>[]): StoredEvent<WindowEvent>[] {
  return drafts.map((draft, index) => ({
    ...draft,
    subject: windowSubject(1),
    seq: before.length + index + 1,
    kind: draft.body.kind,
  }));
}
