import type { Delivery } from '../delivery.ts';
import type { Milliseconds } from '../spec/duration.ts';
import { follow } from './apply.ts';
import { cancelWith } from './cancel.ts';
import { type WindowDecision, type WindowSituation, windowEvent } from './decision.ts';
import { endWindow } from './end.ts';
import { endingAt, overrunAt, remindAt, wordsDue } from './notices.ts';
import { noLongerPlanned } from './recurring.ts';
import { beginWork } from './start.ts';
import { askForReport, everywhere, postAnnouncements, sayIn, showWindow } from './tell.ts';
import { isApproved, isOpenWindow, type MaintenanceWindow, owesReport } from './window.ts';

/** What was done about a window because its time came, or why nothing was. */
export type WindowLookReason =
  | 'over'
  | 'not-yet'
  | 'announced'
  | 'waits-for-approval'
  | 'lapsed'
  | 'not-in-spec'
  | 'started'
  | 'ending'
  | 'overran'
  | 'ended'
  | 'reminded';

export interface WindowLooked {
  /** In the order in which it was done; one reason when nothing was. */
  readonly reasons: readonly WindowLookReason[];
  /** Null when nothing is to be written. */
  readonly decision: WindowDecision | null;
}

interface Step extends WindowDecision {
  readonly reason: WindowLookReason;
}

/**
 * Everything that the hour asks of a window, all that an outage left undone included. Of what was missed only the last word
 * is said; of a window whose whole time passed unannounced none is, but for the question what was done.
 */
export function lookAtWindow(window: MaintenanceWindow, situation: WindowSituation): WindowLooked {
  let now = window;
  const steps: Step[] = [];
  for (let step = nextStep(now, situation); step !== null; step = nextStep(now, situation)) {
    steps.push(step);
    now = follow(now, now.number, step.events);
  }
  const last = steps.at(-1);
  if (last === undefined) return { reasons: [isOpenWindow(window) ? 'not-yet' : 'over'], decision: null };
  const events = steps.flatMap((step) => step.events);
  const isUnheard = window.announcedAt === null && now.status === 'ended';
  const deliveries = isUnheard ? [...showWindow(window), askForReport(now, false)] : said(steps, last);
  return { reasons: steps.map(({ reason }) => reason), decision: { events, deliveries } };
}

function nextStep(window: MaintenanceWindow, situation: WindowSituation): Step | null {
  const { now } = situation;
  const { status, startsAt, endsAt, askedAt } = window;
  if (owesReport(window) && askedAt !== null) {
    return window.remindedAt === null && now >= remindAt(askedAt) ? reminded(window, situation) : null;
  }
  if (!isOpenWindow(window)) return null;
  const isOver = now >= new Date(endsAt);
  if (status !== 'started') {
    const gone = noLongerPlanned(window, situation.spec);
    if (gone !== null) return { reason: 'not-in-spec', ...cancelWith(window, gone, situation) };
    if (!isApproved(window)) return isOver ? lapsed(window, situation) : waits(window, situation);
    if (now >= new Date(startsAt)) return started(window, situation);
    return announced(window, wordsDue(window, now), situation);
  }
  if (isOver && window.lead === null) return over(window, situation);
  if (isOver) return overran(window, situation);
  const ending = endingAt(window);
  if (window.lead === null || ending === null || now < ending) return null;
  return line('ending', { kind: 'window.ending' }, window, situation);
}

/** Everybody affected hears once that it goes on; those who work in it again and again, as they may have forgotten it. */
function overran(window: MaintenanceWindow, situation: WindowSituation): Step | null {
  const due = overrunAt(window);
  if (due === null || situation.now < due) return null;
  const to = window.overranAt === null ? everywhere(window) : [window.channel];
  return line('overran', { kind: 'window.overran' }, window, situation, to);
}

function line(
  reason: WindowLookReason,
  body: { kind: 'window.overran' } | { kind: 'window.ending' },
  window: MaintenanceWindow,
  situation: WindowSituation,
  to = everywhere(window),
): Step {
  const event = windowEvent(situation, body);
  return { reason, events: [event], deliveries: [...sayIn(to, window, event), ...showWindow(window)] };
}

function announced(window: MaintenanceWindow, due: readonly Milliseconds[], situation: WindowSituation): Step | null {
  const before = due.at(-1);
  if (before === undefined) return null;
  const event = windowEvent(situation, { kind: 'window.announced', before, overtaken: due.slice(0, -1) });
  const isFirst = window.announcedAt === null;
  // The card that was posted just now says it all.
  const own = window.planned.at === situation.now.toISOString() ? [] : sayIn([window.channel], window, event);
  const others = isFirst ? postAnnouncements(window) : sayIn(window.announceIn, window, event);
  return { reason: 'announced', events: [event], deliveries: [...own, ...others, ...showWindow(window)] };
}

function waits(window: MaintenanceWindow, situation: WindowSituation): Step | null {
  if (window.unapprovedAt !== null || situation.now < new Date(window.startsAt)) return null;
  const event = windowEvent(situation, { kind: 'window.unapproved' });
  const isFresh = window.planned.at === situation.now.toISOString();
  const deliveries = [...(isFresh ? [] : sayIn([window.channel], window, event)), ...showWindow(window)];
  return { reason: 'waits-for-approval', events: [event], deliveries };
}

function lapsed(window: MaintenanceWindow, situation: WindowSituation): Step {
  const event = windowEvent(situation, {
    kind: 'window.cancelled',
    reason: 'Nobody agreed to it before its time was over.',
    lapsed: true,
  });
  return {
    reason: 'lapsed',
    events: [event],
    deliveries: [...sayIn([window.channel], window, event), ...showWindow(window)],
  };
}

/** It begins as people were told, whoever sits at the keyboard. */
function started(window: MaintenanceWindow, situation: WindowSituation): Step {
  return { reason: 'started', ...beginWork(window, null, situation, new Date(window.startsAt)) };
}

/** Nobody said that they work in it, so nobody can be asked to end it. */
function over(window: MaintenanceWindow, situation: WindowSituation): Step {
  return { reason: 'ended', ...endWindow(window, situation, new Date(window.endsAt)) };
}

function reminded(window: MaintenanceWindow, situation: WindowSituation): Step {
  const event = windowEvent(situation, { kind: 'window.reminded' });
  return { reason: 'reminded', events: [event], deliveries: [askForReport(window, true)] };
}

/** Of the lines only those of the last step; each message that is edited in place is posted or edited once. */
function said(steps: readonly Step[], last: Step): Delivery[] {
  const posts = steps.flatMap((step) => step.deliveries.filter((one) => isSaid(one, step === last)));
  const fresh = posts.flatMap((post) => (post.kind === 'post' && post.keep !== undefined ? [post.keep] : []));
  const edited = steps.flatMap((step) => step.deliveries.flatMap((one) => (one.kind === 'render' ? [one.key] : [])));
  const keys = [...new Set(edited)].filter((key) => !fresh.includes(key));
  return [...posts, ...keys.map((key): Delivery => ({ kind: 'render', key }))];
}

function isSaid(delivery: Delivery, isLast: boolean): boolean {
  return delivery.kind === 'post' && (isLast || delivery.keep !== undefined);
}
