import type { MaintenanceType } from '../spec/duty.ts';
import { type DutyRun, isOpenRun } from './run.ts';

/** How many runs came to which end. Each run is counted once. */
export interface Tally {
  readonly total: number;
  readonly done: number;
  readonly doneLate: number;
  readonly skipped: number;
  /** Asked for, and not done. */
  readonly missed: number;
  /** Not asked for: Mainstay was not running. */
  readonly missedUnasked: number;
  /** Done by Mainstay, without success, and not mended. */
  readonly failed: number;
  readonly waived: number;
  /** Still to be done, in time. */
  readonly open: number;
  /** Still to be done, after its grace. */
  readonly openLate: number;
}

export interface Completion {
  readonly all: Tally;
  /** By key of the team. */
  readonly byOwner: Readonly<Record<string, Tally>>;
  readonly byType: Readonly<Partial<Record<MaintenanceType, Tally>>>;
}

type Outcome = Exclude<keyof Tally, 'total'>;

const NONE: Tally = {
  total: 0,
  done: 0,
  doneLate: 0,
  skipped: 0,
  missed: 0,
  missedUnasked: 0,
  failed: 0,
  waived: 0,
  open: 0,
  openLate: 0,
};

/**
 * How the runs of a cycle came out. One that another duty's run does for came out as that one did: nothing was done by
 * being written down as satisfied. Where that one is not among the runs it is still open.
 *
 * @param runs all that fell due in the cycle
 * @param owner the team whose runs are counted; null for all
 */
export function completionOf(runs: readonly DutyRun[], owner: string | null = null): Completion {
  const byOccurrence = new Map(runs.map((run) => [`${run.duty} ${run.occurrence}`, run]));
  const counted = owner === null ? runs : runs.filter((run) => run.owner === owner);
  const outcomes = counted.map((run) => ({ run, outcome: outcomeOf(run, byOccurrence) }));
  const tallyOf = (chosen: typeof outcomes) => chosen.reduce((tally, { outcome }) => plus(tally, outcome), NONE);
  const grouped = <Key extends string>(keyOf: (run: DutyRun) => Key) =>
    Object.fromEntries(
      [...Map.groupBy(outcomes, ({ run }) => keyOf(run))]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, chosen]) => [key, tallyOf(chosen)]),
    ) as Record<Key, Tally>;
  return { all: tallyOf(outcomes), byOwner: grouped(({ owner }) => owner), byType: grouped(({ type }) => type) };
}

/** What of all that was to be done was done, from 0 to 1; waivers and skips were not to be done. Null when nothing was. */
export function completionRate({ total, done, doneLate, skipped, waived, open }: Tally): number | null {
  const owed = total - skipped - waived - open;
  return owed === 0 ? null : (done + doneLate) / owed;
}

function outcomeOf(run: DutyRun, byOccurrence: ReadonlyMap<string, DutyRun>): Outcome {
  if (isOpenRun(run)) return run.status === 'late' ? 'openLate' : 'open';
  const { end } = run;
  switch (end?.how) {
    case 'done':
      return end.late ? 'doneLate' : 'done';
    case 'missed':
      return end.asked ? 'missed' : 'missedUnasked';
    case 'skipped':
    case 'failed':
    case 'waived':
      return end.how;
    case 'satisfied': {
      const by = byOccurrence.get(`${end.duty} ${end.occurrence}`);
      // What does for another is itself asked for; a log that says otherwise must not go round in circles.
      return by === undefined || by.status === 'satisfied' ? 'open' : outcomeOf(by, byOccurrence);
    }
    case undefined:
      throw new Error(`RUN-${run.number} is ${run.status} and does not say how it ended`);
  }
}

function plus(tally: Tally, outcome: Outcome): Tally {
  return { ...tally, total: tally.total + 1, [outcome]: tally[outcome] + 1 };
}
