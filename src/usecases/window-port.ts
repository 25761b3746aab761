import type { StoredEvent } from '../domain/event.ts';
import type { WindowEvent } from '../domain/window/events.ts';
import type { WindowPlan } from '../domain/window/recurring.ts';
import type { MaintenanceWindow, Span, WindowStatus } from '../domain/window/window.ts';

/** Which windows are asked for; what is left out does not matter. */
interface WindowFilter {
  readonly statuses?: readonly WindowStatus[];
  /** Those that begin at or after this. */
  readonly from?: Date;
  /** Those that begin before this. */
  readonly before?: Date;
}

/** The maintenance windows, as those see them who only look. Throws DatabaseUnavailable as the store does. */
export interface WindowReads {
  window(number: number): Promise<MaintenanceWindow | null>;
  /** In the order in which they begin, or the latest first. */
  windows(filter: WindowFilter, order: 'soonest' | 'latest', limit: number): Promise<MaintenanceWindow[]>;
  /** Windows about which something is to be done at `now`, the longest waiting first. */
  windowsToLookAt(now: Date, limit: number): Promise<MaintenanceWindow[]>;
  /** Windows under way, and those that were to end after `since`, have ended, and were not looked at again or still have a silence. */
  windowsToKeepQuiet(since: Date): Promise<MaintenanceWindow[]>;
  /** How far each recurring window is planned, without keeping anybody from planning. */
  windowPlansNow(): Promise<WindowPlan[]>;
  /** What happened to a window, in order, streamed. */
  windowEvents(number: number): AsyncIterable<StoredEvent<WindowEvent>>;
}

/** What a transaction knows of windows. */
export interface WindowTx {
  /** The window, with its chain locked until the transaction ends; null if there is none. */
  window(number: number): Promise<MaintenanceWindow | null>;
  /** So many free numbers, ascending. */
  nextWindowNumbers(count: number): Promise<number[]>;
  /** How far each recurring window is planned. Whoever else plans waits until this transaction ends. */
  windowPlans(): Promise<WindowPlan[]>;
  /** Which of these occurrences are windows already. */
  knownWindows(
    occurrences: readonly { readonly window: string; readonly occurrence: string }[],
  ): Promise<{ readonly window: string; readonly occurrence: string }[]>;
  /** Open windows that share a service and some time. */
  overlappingWindows(services: readonly string[], span: Span): Promise<MaintenanceWindow[]>;
}
