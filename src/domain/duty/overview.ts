import type { Duty } from '../spec/duty.ts';
import { targetNotConnected } from '../spec/parts.ts';
import type { OperationsSpec } from '../spec/types.ts';
import { nextOccurrence } from './recurrence.ts';
import type { DutyRun } from './run.ts';
import { rangeOf } from './terms.ts';
import { wordsOf } from './words.ts';

/** How it is carried out: by an action of ours, by a person who is asked, or not as long as its system does not exist here. */
export type DutyWay =
  | { readonly kind: 'automated'; readonly action: string }
  | { readonly kind: 'asked' }
  | { readonly kind: 'not connected'; readonly reason: string };

/** One duty of the spec and how it stands. */
export interface DutyStanding {
  readonly key: string;
  readonly title: string;
  /** Key of the team that answers for it. */
  readonly owner: string;
  /** "First Sunday of each month at 02:00 UTC" */
  readonly when: string;
  /** Null when it never happens again. */
  readonly next: Date | null;
  /** The run that was asked for last; null when there was none yet. */
  readonly last: DutyRun | null;
  readonly way: DutyWay;
}

/**
 * The worst first: what Mainstay tried and failed at, what is late, what was missed, what is due; then what nothing can come
 * of, then the rest by time.
 */
const RANKS = ['failed', 'late', 'missed', 'due', 'not connected', 'fine'] as const;
export type StandingRank = (typeof RANKS)[number];

export function rankOf({ last, way }: Pick<DutyStanding, 'last' | 'way'>): StandingRank {
  const standing = last === null ? null : standingRank(last);
  return standing ?? (way.kind === 'not connected' ? 'not connected' : 'fine');
}

/** Null for a run that ended well, or as a person chose. */
function standingRank({ status, attempt }: DutyRun): Exclude<StandingRank, 'fine' | 'not connected'> | null {
  if (status !== 'failed' && status !== 'late' && status !== 'missed' && status !== 'due') return null;
  // Open, and people are asked because our own try at it failed.
  return status !== 'missed' && attempt?.finished?.outcome === 'failed' ? 'failed' : status;
}

/**
 * Every duty of the spec, or of some teams, with how it stands; the worst first.
 *
 * @param latest of each duty the run that was asked for last
 */
export function dutyStandings(
  spec: OperationsSpec,
  latest: readonly DutyRun[],
  now: Date,
  owners?: readonly string[],
): DutyStanding[] {
  const runs = new Map(latest.map((run) => [run.duty, run]));
  return spec.duties
    .filter(({ owner }) => owners?.includes(owner) ?? true)
    .map((duty) => standingOf(duty, spec, runs.get(duty.key) ?? null, now))
    .map((standing) => ({ standing, rank: RANKS.indexOf(rankOf(standing)) }))
    .sort((a, b) => a.rank - b.rank || instantOf(a.standing) - instantOf(b.standing))
    .map(({ standing }) => standing);
}

function standingOf(duty: Duty, spec: OperationsSpec, last: DutyRun | null, now: Date): DutyStanding {
  const { key, title, owner } = duty;
  const next = nextOccurrence(duty.when, { ...rangeOf(duty, spec), after: now })?.at ?? null;
  return { key, title, owner, when: wordsOf(duty.when, spec.timezone), next, last, way: wayOf(duty, spec) };
}

function wayOf({ run }: Duty, spec: OperationsSpec): DutyWay {
  if (run === undefined) return { kind: 'asked' };
  const reason = targetNotConnected(spec, 'target' in run ? run.target : null);
  return reason === null ? { kind: 'automated', action: run.action } : { kind: 'not connected', reason };
}

/** What stands open is ordered by when it was due, the rest by when it comes. */
function instantOf({ last, next }: DutyStanding): number {
  if (last !== null && standingRank(last) !== null) return Date.parse(last.dueAt);
  return next?.getTime() ?? Number.MAX_SAFE_INTEGER;
}
