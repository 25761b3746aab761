import type { StoredEvent } from '../domain/event.ts';
import type { CheckDay } from '../domain/health/day.ts';
import type { CheckEvent } from '../domain/health/events.ts';
import type { CheckGroup } from '../domain/health/group.ts';
import type { Pulse } from '../domain/health/pulse.ts';
import type { Sample } from '../domain/health/sample.ts';
import type { CheckState } from '../domain/health/state.ts';
import type { Figures } from '../domain/health/statistics.ts';
import type { MetricSample } from '../domain/health/sustained.ts';
import type { Baseline } from '../domain/health/threshold.ts';

/** A check that is to be asked again and again. Durations in milliseconds. */
export interface ScheduledCheck {
  readonly key: string;
  readonly every: number;
  /** Who has taken it has finished by then, or is gone. */
  readonly lease: number;
  /** When it is asked, if it was not scheduled before or at another interval. */
  readonly firstAt: Date;
}

/** A check that this instance, and no other, asks now. */
export interface TakenCheck {
  readonly key: string;
  readonly pulse: Pulse;
  readonly dueAt: Date;
}

/** How asking one check ended. */
export interface FinishedLook {
  readonly key: string;
  readonly sample: Sample;
  readonly figures: Readonly<Record<string, number>>;
  readonly pulse: Pulse;
  readonly dueAt: Date;
}

/** A check's row of state and of samples; of one that is new, what says so. */
export interface CheckRow {
  readonly key: string;
  readonly state: CheckState;
  readonly pulse: Pulse;
}

/** What one `/health` asked. */
export interface HealthScreen {
  readonly number: number;
  /** Where it was asked. */
  readonly channel: string;
  readonly keys: readonly string[];
  readonly askedAt: Date;
  readonly revision: number;
  /** Answers are still to come. */
  readonly open: boolean;
}

/** What checks answered in a time, all of them together. */
export interface OwnAnswers {
  readonly good: number;
  readonly bad: number;
  /** When the last of them was asked; null for none. */
  readonly latest: Date | null;
  /** Statistics of what was measured; none where nothing was. */
  readonly figures: Figures;
}

/** What metrics gave, and what checks answered, in figures. */
export interface MeasuredFigures {
  /** Looks at a metric after this instant, the oldest first; of each the first of these figures that it brought. */
  samples(key: string, names: readonly string[], after: Date): Promise<MetricSample[]>;
  /** What such figures were in a time; null for none. */
  baseline(
    key: string,
    names: readonly string[],
    time: { readonly from: Date; readonly to: Date },
  ): Promise<Baseline | null>;
  /** Answers of checks after this instant; a figure that looks bring, or how long they took where none is named. */
  answers(keys: readonly string[], figure: string | null, after: Date): Promise<OwnAnswers>;
}

/** When checks are asked, and what they answered. Claims are rows, not locks. Throws DatabaseUnavailable as the store does. */
export interface CheckStore extends MeasuredFigures {
  /** From now on exactly these are asked. */
  schedule(checks: readonly ScheduledCheck[]): Promise<void>;
  /** Takes checks that are due and that nobody has, the longest waiting first; and when the next one is due. */
  take(instance: string, now: Date, limit: number): Promise<{ taken: TakenCheck[]; nextAt: Date | null }>;
  /** Writes the answers and gives the checks back, in one statement. Of a claim that was lost nothing is written. The keys written. */
  finish(instance: string, looks: readonly FinishedLook[]): Promise<string[]>;
  /** Gives back what was taken and not asked. */
  release(instance: string): Promise<void>;
  /** Due now, unless somebody has them already. */
  askNow(keys: readonly string[], now: Date): Promise<void>;
  /** One beat of a heartbeat, under the lock of its row; false when there is no such row. Ends whoever holds it as missed. */
  beat(
    key: string,
    change: (row: CheckRow) => Omit<FinishedLook, 'key' | 'sample'> & { sample: Sample | null },
  ): Promise<boolean>;

  rows(keys: readonly string[]): Promise<CheckRow[]>;
  /** Checks that this one holds. */
  heldBecause(keys: readonly string[]): Promise<string[]>;
  /** Those whose mute is over. */
  muteOver(now: Date): Promise<string[]>;
  /** Those of which a maintenance window keeps something quiet. */
  quietInWindows(): Promise<string[]>;
  events(key: string): AsyncIterable<StoredEvent<CheckEvent>>;

  group(number: number): Promise<CheckGroup | null>;
  /** Keys of the checks a message tells of. */
  inGroup(number: number): Promise<string[]>;
  /** Messages that tell of something failing and show what was so before this instant. */
  staleGroups(before: Date): Promise<CheckGroup[]>;

  watch(channel: string, until: Date, by: string): Promise<void>;
  unwatch(channel: string): Promise<boolean>;
  watching(now: Date): Promise<string[]>;

  screen(number: number): Promise<HealthScreen | null>;
  openScreens(): Promise<HealthScreen[]>;

  /** The days of these checks from `from` (YYYY-MM-DD) on, today as it is so far. */
  days(keys: readonly string[], from: string, now: Date): Promise<CheckDay[]>;
  /** Sums up the days that are over, and deletes samples from before `keepFrom`. */
  rollUp(now: Date, keepFrom: Date): Promise<void>;
}
