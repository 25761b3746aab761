import type { Metric } from '../spec/watching.ts';
import type { Sample } from './sample.ts';
import type { CheckView } from './view.ts';

/** One metric as it stands now. */
export interface MetricView {
  readonly key: string;
  readonly metric: Metric;
  /** The last look at it; null where it was never looked at. */
  readonly last: Sample | null;
  /** Why it has no figures here; null when it has. */
  readonly notConnected: string | null;
  /** What goes by it. */
  readonly thresholds: readonly CheckView[];
}

const RANK = { known: 0, untold: 1, absent: 2 };

/** Those with figures first, then those that bring none now, then those that are not connected. */
export function connectedFirst(views: readonly MetricView[]): MetricView[] {
  return [...views].sort((a, b) => RANK[standing(a)] - RANK[standing(b)]);
}

function standing({ last, notConnected }: MetricView): keyof typeof RANK {
  if (notConnected !== null) return 'absent';
  return last?.answer === 'ok' ? 'known' : 'untold';
}
