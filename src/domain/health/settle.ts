import type { Actor } from '../actor.ts';
import type { ChangedCheck, Delivery } from '../delivery.ts';
import type { EventDraft } from '../event.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { Check } from '../spec/watching.ts';
import type { CheckEvent } from './events.ts';
import { channelOf, type Groups } from './group.ts';
import type { Change, Judgement } from './judge.ts';
import { isToldOf } from './quiet.ts';
import { type CheckState, isDown } from './state.ts';
import { isNotYetKnown } from './threshold.ts';

const HOUR = 3_600_000;
/** That a check cannot be asked is told once, and not again within this time; ms. */
const UNCLEAR_AGAIN = 24 * HOUR;
/** A failing check that waits for its dependencies is looked at again after this time; ms. */
const ASK_AGAIN = 5_000;
/** Most changes one message lists. */
const MOST_LISTED = 20;

/** One check with what its samples ask for. */
export interface ToSettle {
  readonly check: Check;
  readonly state: CheckState;
  readonly judgement: Judgement;
  /** The maintenance window that explains what it answers; null outside of all. */
  readonly window: number | null;
}

/** When a check is looked at out of its turn. */
export interface LookAgain {
  readonly key: string;
  readonly at: Date;
  /** What it answered before counts no more. */
  readonly afresh: boolean;
}

export interface Settled {
  readonly events: readonly { readonly key: string; readonly draft: EventDraft<CheckEvent> }[];
  readonly again: readonly LookAgain[];
  readonly deliveries: readonly Delivery[];
}

interface Situation {
  readonly actor: Actor;
  readonly now: Date;
  readonly spec: OperationsSpec;
  readonly groups: Groups;
  /** Channels that asked to be told of every change. */
  readonly watching: readonly string[];
}

/** Turns what several checks' samples ask for into events, and into as few words as tell of them. */
export function settle(all: readonly ToSettle[], situation: Situation): Settled {
  const { actor, now, spec, groups, watching } = situation;
  const changed = all.flatMap((one) => {
    const { change } = one.judgement;
    return change === null ? [] : [{ ...one, change, at: changedAt(one, change, now) }];
  });
  const events = changed.map((one) => {
    const { check, state, change, at } = one;
    const isQuiet = isHeldQuiet(one);
    const group = !isQuiet && tellsAnew(state, change) ? groups.join(channelOf(check, spec)) : null;
    if (group !== state.group && state.group !== null && isDown(state)) groups.touch(state.group);
    const body: CheckEvent = {
      kind: 'check.changed',
      from: state.status,
      to: change.to,
      reason: change.reason,
      because: change.because,
      detail: change.detail,
      severity: change.severity,
      group,
      unclearTold: !isQuiet && isUnclearNews(check, state, change, now),
      ...(isQuiet && one.window !== null && isBadNews(change) && { window: one.window }),
    };
    return { key: check.key, draft: { actor, occurredAt: at, recordedAt: now, body } };
  });
  const told = changed.filter((one) => !isHeldQuiet(one));
  const unclear = told.filter(({ check, state, change }) => isUnclearNews(check, state, change, now));
  const channels = [...new Set(unclear.map(({ check }) => channelOf(check, spec)))];
  const words = told
    .filter(({ change }) => change.reason !== 'eased')
    .map(({ check, state, change }) => wordOf(check, state, change));
  return {
    events,
    again: all.flatMap((one) => lookAgain(one, now)),
    deliveries: [
      ...channels.map((channel) =>
        listChanges(
          channel,
          'checks-unclear',
          unclear
            .filter(({ check }) => channelOf(check, spec) === channel)
            .map(({ check, state, change }) => wordOf(check, state, change)),
        ),
      ),
      ...(words.length === 0 ? [] : watching.map((channel) => listChanges(channel, 'checks-changed', words))),
    ],
  };
}

/** A missed heartbeat fails at the instant it was due by, however late that is noticed; times of one chain go forward. */
function changedAt({ check, state }: ToSettle, change: Change, now: Date): Date {
  if (check.kind !== 'heartbeat' || change.at === null) return now;
  const at = new Date(change.at);
  return at < now && (state.since === null || at > new Date(state.since)) ? at : now;
}

/** In a window, and not known to fail before it: nobody is told. What began in one is nobody's news until it is released. */
function isHeldQuiet({ state, window }: ToSettle): boolean {
  return (window !== null && !isToldOf(state)) || state.window !== null;
}

/** What people would be told of. */
function isBadNews({ to, reason }: Change): boolean {
  return isDown({ status: to }) || reason === 'could-not-tell';
}

/** People are told once that it fails, and that it got worse; what is muted is told to nobody. From flapping to failing is no news. */
function tellsAnew(state: CheckState, change: Change): boolean {
  const isNews = !isDown(state) || change.reason === 'got-worse';
  return isDown({ status: change.to }) && isNews && state.mute === null;
}

function isUnclearNews({ kind }: Check, state: CheckState, change: Change, now: Date): boolean {
  if (change.reason !== 'could-not-tell' || state.mute !== null) return false;
  if (kind === 'threshold' && isNotYetKnown(change.detail)) return false;
  return state.unclearToldAt === null || now.getTime() - Date.parse(state.unclearToldAt) >= UNCLEAR_AGAIN;
}

function lookAgain({ check, judgement }: ToSettle, now: Date): LookAgain[] {
  if (judgement.reason === 'dependency-is-back') return [{ key: check.key, at: now, afresh: true }];
  if (judgement.askFirst.length === 0) return [];
  const own = { key: check.key, at: new Date(now.getTime() + Math.min(ASK_AGAIN, check.every)), afresh: false };
  return [...judgement.askFirst.map((key) => ({ key, at: now, afresh: false })), own];
}

function wordOf({ key, title }: Check, { status: from }: CheckState, { to, detail, because }: Change): ChangedCheck {
  return { key, title, from, to, detail, because };
}

/** One message that lists changes, the first of them where there are many. */
export function listChanges(
  channel: string,
  type: 'checks-unclear' | 'checks-changed',
  all: readonly ChangedCheck[],
): Delivery {
  const message = { type, count: all.length, checks: all.slice(0, MOST_LISTED) };
  return { kind: 'post', to: { to: 'channel', channel }, message };
}
