import type { Actor } from '../actor.ts';
import type { ChangedCheck, Delivery } from '../delivery.ts';
import type { EventDraft } from '../event.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { Check } from '../spec/watching.ts';
import type { CheckEvent } from './events.ts';
import { channelOf, type Groups } from './group.ts';
import type { Pulse } from './pulse.ts';
import { listChanges } from './settle.ts';
import { type CheckState, isDown } from './state.ts';

const MINUTE = 60_000;
/** An answer that came before the window ended says little about what is so now: another is waited for so long; ms. */
const PATIENCE = 5 * MINUTE;

/** What becomes of a check that a maintenance window kept quiet, or why nothing does yet. */
export type ReleaseReason =
  | 'still-covered'
  | 'asked-again'
  | 'about-to-recover'
  | 'recovered'
  | 'still-fails'
  | 'cannot-be-told'
  | 'muted'
  | 'not-asked-any-more';

/** A check that a window kept quiet. */
export interface KeptQuiet {
  readonly key: string;
  /** As the spec has it and can ask it here; undefined when it does not. */
  readonly check: Check | undefined;
  readonly state: CheckState;
  readonly pulse: Pulse;
  /** The window that explains it now; null when none does any more. */
  readonly coveredBy: number | null;
  /** When the window that kept it quiet was over. */
  readonly over: Date;
}

/** What is to be done about it now, with a named reason. */
export function lookAfterWindow({ check, state, pulse, coveredBy, over }: KeptQuiet, now: Date): ReleaseReason {
  if (coveredBy !== null) return 'still-covered';
  if (check === undefined) return 'not-asked-any-more';
  const isLate = now.getTime() - over.getTime() >= PATIENCE;
  const wasAsked = pulse.last !== null && Date.parse(pulse.last.at) >= over.getTime();
  // A heartbeat is not asked: it comes.
  if (!wasAsked && !isLate && check.kind !== 'heartbeat') return 'asked-again';
  if (!isDown(state)) return state.reason === 'could-not-tell' ? 'cannot-be-told' : 'recovered';
  if (pulse.good !== null && !isLate) return 'about-to-recover';
  return state.mute === null ? 'still-fails' : 'muted';
}

/** Is it still to be waited for? */
export function isStillKept(reason: ReleaseReason): boolean {
  return reason === 'still-covered' || reason === 'asked-again' || reason === 'about-to-recover';
}

interface Situation {
  readonly actor: Actor;
  readonly now: Date;
  readonly spec: OperationsSpec;
  readonly groups: Groups;
  /** Channels that asked to be told of every change. */
  readonly watching: readonly string[];
}

interface Released {
  readonly events: readonly { readonly key: string; readonly draft: EventDraft<CheckEvent> }[];
  readonly deliveries: readonly Delivery[];
}

/** Of what still fails people are told now, in one message for each channel; of what recovered within, nobody is. */
export function releaseAll(
  all: readonly (KeptQuiet & { readonly reason: ReleaseReason })[],
  { actor, now, spec, groups, watching }: Situation,
): Released {
  const over = all.filter(({ reason }) => !isStillKept(reason));
  const events = over.flatMap(({ key, check, state, reason }) => {
    if (state.window === null) return [];
    const body: CheckEvent = {
      kind: 'check.released',
      window: state.window,
      group: reason === 'still-fails' ? groups.join(channelOf(check, spec)) : null,
      unclearTold: reason === 'cannot-be-told' && state.mute === null,
    };
    return [{ key, draft: { actor, occurredAt: now, recordedAt: now, body } }];
  });
  const unclear = over.filter(({ reason, state }) => reason === 'cannot-be-told' && state.mute === null);
  const channels = [...new Set(unclear.map(({ check }) => channelOf(check, spec)))];
  const news = over.filter(({ reason }) => reason === 'still-fails' || reason === 'cannot-be-told').flatMap(wordOf);
  return {
    events,
    deliveries: [
      ...channels.map((channel) =>
        listChanges(
          channel,
          'checks-unclear',
          unclear.filter(({ check }) => channelOf(check, spec) === channel).flatMap(wordOf),
        ),
      ),
      ...(news.length === 0 ? [] : watching.map((channel) => listChanges(channel, 'checks-changed', news))),
    ],
  };
}

function wordOf({ check, state, pulse }: KeptQuiet): ChangedCheck[] {
  if (check === undefined) return [];
  const { key, title } = check;
  const detail = pulse.last?.detail ?? '';
  return [{ key, title, from: 'ok', to: state.status, detail, because: state.because }];
}
