import { completionOf, type Tally } from '../duty/report.ts';
import type { DutyRun } from '../duty/run.ts';
import type { Incident } from '../incident/state.ts';
import type { MaintenanceType } from '../spec/duty.ts';
import type { OperationsSpec } from '../spec/types.ts';
import { concerns } from './facts.ts';
import { type Figures, figuresOf } from './figures.ts';
import { type Cycle, type Period, periodBefore, periodMark, periodName } from './period.ts';

/** One bar of the picture: a period in figures, by its short name. */
export interface RollupBar {
  readonly mark: string;
  readonly figures: Figures;
}

/** A look back: plain data, small enough to be promised as it is. Instants are ISO, UTC. */
export interface Rollup {
  /** Key of the team; null for everybody's, which managers read. */
  readonly team: string | null;
  readonly name: string;
  readonly cycle: Cycle;
  /** "Week 47 of 2026" */
  readonly period: string;
  readonly from: string;
  /** What fell due or was declared before this is counted: the end of the period, or earlier while it lasts. */
  readonly until: string;
  readonly isOver: boolean;
  readonly dueAt: string;
  /** Nothing ran when it was due. */
  readonly late: boolean;
  readonly now: Figures;
  readonly earlier: Figures;
  /** Runs that were missed, have failed, or are late and not done; the first of `worstCount`. */
  readonly worst: readonly Pick<DutyRun, 'number' | 'title' | 'dueAt' | 'status'>[];
  readonly worstCount: number;
  /** For everybody's only, else empty. */
  readonly byOwner: readonly { readonly name: string; readonly tally: Tally }[];
  readonly byType: readonly { readonly type: MaintenanceType; readonly tally: Tally }[];
  /** The oldest first, this period last. */
  readonly bars: readonly RollupBar[];
}

/** How many periods the picture shows, this one included: a year of quarters, half a year of months. */
const BARS: Record<Cycle, number> = { week: 6, month: 6, quarter: 4 };
const MOST_WORST = 5;
const MOST_OWNERS = 10;

/** When the first of the periods begins that a look back over this one shows. */
export function rollupFrom(period: Period): Date {
  return (shownWith(period)[0] ?? period).from;
}

/**
 * What became of a period, beside the ones before.
 *
 * @param known all runs that fell due, and all incidents declared, since `rollupFrom`
 */
export function rollup(
  of: { readonly team: string | null; readonly period: Period; readonly dueAt: Date; readonly late: boolean },
  known: { readonly runs: readonly DutyRun[]; readonly incidents: readonly Incident[] },
  spec: OperationsSpec,
): Rollup {
  const { team, period, dueAt, late } = of;
  const theirs = {
    runs: known.runs,
    incidents: team === null ? known.incidents : known.incidents.filter((one) => concerns(one, team, spec)),
  };
  const until = new Date(Math.min(period.before.getTime(), dueAt.getTime()));
  const figures = (one: Period) =>
    figuresOf({ from: one.from, before: one === period ? until : one.before }, theirs, team);
  const shown = shownWith(period).map((one) => ({ mark: periodMark(one), figures: figures(one) }));
  const now = shown.at(-1)?.figures ?? figures(period);
  const runs = known.runs.filter(({ dueAt: at }) => at >= period.from.toISOString() && at < until.toISOString());
  const worst = runs.filter((run) => (team === null || run.owner === team) && isBad(run));
  return {
    ...{ team, cycle: period.cycle, late },
    name: team === null ? spec.name : (spec.teams[team]?.name ?? team),
    period: periodName(period),
    from: period.from.toISOString(),
    until: until.toISOString(),
    isOver: until.getTime() === period.before.getTime(),
    dueAt: dueAt.toISOString(),
    now,
    earlier: shown.at(-2)?.figures ?? figures(periodBefore(period)),
    worst: worst
      .slice(0, MOST_WORST)
      .map(({ number, title, dueAt: at, status }) => ({ number, title, dueAt: at, status })),
    worstCount: worst.length,
    ...(team === null ? tables(runs, spec) : { byOwner: [], byType: [] }),
    bars: shown,
  };
}

/** Was there anything at all to look back on? */
export function hasAnything({ bars }: Pick<Rollup, 'bars'>): boolean {
  return bars.some(({ figures }) => figures.duties.total + figures.incidents.total > 0);
}

function shownWith(period: Period): Period[] {
  const shown = [period];
  while (shown.length < BARS[period.cycle]) shown.unshift(periodBefore(shown[0] ?? period));
  return shown;
}

function isBad({ status }: DutyRun): boolean {
  return status === 'missed' || status === 'failed' || status === 'late';
}

function tables(runs: readonly DutyRun[], spec: OperationsSpec): Pick<Rollup, 'byOwner' | 'byType'> {
  const { byOwner, byType } = completionOf(runs);
  return {
    byOwner: Object.entries(byOwner)
      .map(([key, tally]) => ({ name: spec.teams[key]?.name ?? key, tally }))
      .sort((a, b) => notDone(b.tally) - notDone(a.tally))
      .slice(0, MOST_OWNERS),
    byType: Object.entries(byType).map(([type, tally]) => ({ type: type as MaintenanceType, tally })),
  };
}

function notDone({ missed, missedUnasked, failed, openLate }: Tally): number {
  return missed + missedUnasked + failed + openLate;
}
