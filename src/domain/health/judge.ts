import { isWorse } from '../incident/set-severity.ts';
import type { Severity } from '../incident/severity.ts';
import type { Check } from '../spec/watching.ts';
import { blame, type KnownChecks } from './dependencies.ts';
import type { ChangeReason } from './events.ts';
import { calmTime, wouldFlap } from './hysteresis.ts';
import type { Pulse, Streak } from './pulse.ts';
import type { CheckState, CheckStatus } from './state.ts';

/** A change of state that the samples ask for. */
export interface Change {
  readonly to: CheckStatus;
  readonly reason: ChangeReason;
  readonly because: string | null;
  readonly detail: string;
  readonly severity: Severity | null;
  /** When the answer was asked that decided it; ISO. */
  readonly at: string | null;
}

/** What follows from a check's samples, with a named reason also where nothing does. */
export type Judgement =
  | { readonly change: Change; readonly reason: ChangeReason; readonly askFirst: readonly [] }
  | { readonly change: null; readonly reason: StayReason; readonly askFirst: readonly string[] };

type StayReason =
  | 'no-answer-yet'
  | 'nothing-new'
  | 'not-yet-often-enough'
  | 'still-flapping'
  | 'still-held'
  | 'asks-dependencies-first';

export interface Judged {
  readonly check: Pick<Check, 'every' | 'failAfter' | 'recoverAfter' | 'severity'>;
  readonly state: CheckState;
  readonly pulse: Pulse;
  /** Keys of everything it depends on, near ones first. */
  readonly dependencies: readonly string[];
  readonly known: KnownChecks;
  readonly now: Date;
}

/** A failing check waits for the answer of its dependencies at most for so many further samples of its own. */
const MOST_WAITING = 2;

/** Holds what a check answered against the state it is in. Asked again with the same facts it says the same. */
export function judge(facts: Judged): Judgement {
  const { check, state, pulse } = facts;
  if (pulse.last === null) return stay(state.status === 'held' ? heldOn(facts) : 'no-answer-yet');
  if (pulse.unclear !== null && pulse.unclear.count >= check.failAfter) {
    // What flaps is not calm because it could not be asked for a moment.
    if (state.status === 'flapping' && !hasLasted(pulse.unclear, facts)) return stay('still-flapping');
    return state.reason === 'could-not-tell' ? stay('nothing-new') : move(facts, 'unknown', 'could-not-tell');
  }
  switch (state.status) {
    case 'unknown':
      return pulse.good === null ? down(facts) : move(facts, 'ok', 'first-good-answer');
    case 'ok':
      return pulse.bad === null ? stay('nothing-new') : down(facts);
    case 'failing':
      return pulse.good === null ? stillDown(facts) : up(facts);
    case 'held':
      return pulse.good === null ? held(facts) : up(facts);
    case 'flapping':
      return flapping(facts);
  }
}

function up(facts: Judged): Judgement {
  const isEnough = (facts.pulse.good?.count ?? 0) >= facts.check.recoverAfter;
  return isEnough ? move(facts, 'ok', 'recovered') : stay('not-yet-often-enough');
}

function down(facts: Judged): Judgement {
  const { check, state, pulse, dependencies, known, now } = facts;
  const { bad } = pulse;
  if (bad === null || bad.count < check.failAfter) return stay('not-yet-often-enough');
  const whose = blame(dependencies, known, bad.since);
  if (whose.kind === 'held') return move(facts, 'held', 'held-by-dependency', whose.because);
  if (whose.kind === 'ask-first' && bad.count < check.failAfter + MOST_WAITING) {
    return { change: null, reason: 'asks-dependencies-first', askFirst: whose.keys };
  }
  return wouldFlap(state.failures, check, now)
    ? move(facts, 'flapping', 'fails-again-and-again')
    : move(facts, 'failing', 'failed-in-a-row');
}

/** It fails as before, or worse: that is told anew, because people may be woken for it. That it eased is only kept. */
function stillDown(facts: Judged): Judgement {
  const { before, now } = severities(facts);
  if (now !== null && isWorse(now, before)) return move(facts, 'failing', 'got-worse');
  return before === now ? stay('nothing-new') : move(facts, 'failing', 'eased');
}

/** The severity it was known to fail with, and that of its last bad answer: the answer's own, else the check's. */
function severities({ check, state, pulse: { last } }: Judged): Record<'before' | 'now', Severity | null> {
  const before = state.severity ?? check.severity ?? null;
  return { before, now: last?.answer === 'failing' ? (last.severity ?? check.severity ?? null) : before };
}

/** When nothing of it is down any more, it is looked at afresh: what it answered meanwhile says nothing. */
function held(facts: Judged): Judgement {
  const because = heldOn(facts);
  return because === 'still-held' ? stay(because) : move(facts, 'unknown', 'dependency-is-back');
}

function heldOn({ dependencies, known, now }: Judged): 'still-held' | 'nothing-new' {
  return blame(dependencies, known, now.toISOString()).kind === 'held' ? 'still-held' : 'nothing-new';
}

function flapping(facts: Judged): Judgement {
  const { check, pulse } = facts;
  const { before, now } = severities(facts);
  if (now !== null && isWorse(now, before)) return move(facts, 'flapping', 'got-worse');
  if (pulse.good !== null && pulse.good.count >= check.recoverAfter && hasLasted(pulse.good, facts)) {
    return move(facts, 'ok', 'calmed-down');
  }
  if (pulse.bad !== null && pulse.bad.count >= check.failAfter && hasLasted(pulse.bad, facts)) {
    return move(facts, 'failing', 'stays-failing');
  }
  return stay('still-flapping');
}

/** Did it keep to one answer long enough to be calm? What it answered before it flapped does not count. */
function hasLasted(streak: Streak | null, { check, state, now }: Judged): boolean {
  if (streak === null) return false;
  const since = Math.max(Date.parse(streak.since), state.since === null ? 0 : Date.parse(state.since));
  return now.getTime() - since >= calmTime(check);
}

function stay(reason: StayReason): Judgement {
  return { change: null, reason, askFirst: [] };
}

function move({ pulse }: Judged, to: CheckStatus, reason: ChangeReason, because: string | null = null): Judgement {
  const { detail = '', severity = null, at = null } = pulse.last ?? {};
  const change = { to, reason, because, detail, severity, at };
  return { change, reason, askFirst: [] };
}
