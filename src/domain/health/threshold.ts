import { formatDuration } from '../spec/duration.ts';
import { isBad, type Limit, limitWords } from '../spec/limit.ts';
import type { Spike } from '../spec/metric-source.ts';
import type { Check } from '../spec/watching.ts';
import { figureWords } from './bounds.ts';
import type { Pulse } from './pulse.ts';
import type { Sample } from './sample.ts';
import { type MetricSample, standsFor, sustained } from './sustained.ts';

export type ThresholdCheck = Extract<Check, { kind: 'threshold' }>;

/** What a metric was in the time before, from its own samples. */
export interface Baseline {
  /** How many figures there are. */
  readonly count: number;
  /** From the first to the last of them; ms. */
  readonly span: number;
  readonly median: number;
  readonly average: number;
}

const NOT_YET = 'not yet known';

/** Is too little measured so far? That is no trouble, and no news. */
export const isNotYetKnown = (detail: string): boolean => detail.startsWith(NOT_YET);

/** Less of the baseline than this share, in time and in figures, is not enough to know what is usual. */
const ENOUGH = 0.5;
/** And fewer figures than this are no baseline. */
const FEWEST = 10;

export interface ThresholdFacts {
  /** The oldest first. */
  readonly samples: readonly MetricSample[];
  /** Of a spike; null where there are no figures. */
  readonly baseline: Baseline | null;
  readonly pulse: Pulse;
  readonly now: Date;
}

interface Told extends Pick<Sample, 'answer' | 'detail'> {
  readonly figures: Readonly<Record<string, number>>;
  /** One look brought nothing after a silence of ours: the next one says whether that is so. */
  readonly isEarly: boolean;
}

/** In which direction a threshold is bad; a spike is bad above. */
export function directionOf({ breach }: Pick<ThresholdCheck, 'breach'>): Pick<Limit, 'is'> {
  return breach ?? { is: '>' };
}

/** Holds a metric's samples against what the threshold calls bad. */
export function askThreshold(check: ThresholdCheck, facts: ThresholdFacts): Told {
  const found = boundOf(check, facts);
  if (typeof found === 'string') return { answer: 'could-not-tell', detail: found, figures: {}, isEarly: false };
  const { limit, words } = found;
  const { every, for: time } = check;
  const state = sustained(facts.samples, { isBad: (figure) => isBad(limit, figure), for: time, every, now: facts.now });
  if (state.is === 'unknown') {
    const isEarly = facts.samples.slice(-2).filter(({ figure }) => figure === null).length < 2;
    return { answer: 'could-not-tell', detail: unknownWords(state, facts.now), figures: {}, isEarly };
  }
  const value = `${statisticWords(check)}${figureWords(limit, state.figure)}`;
  const seen = { figures: { value: state.figure, bound: limit.than.value }, isEarly: false };
  if (state.is === 'fine') return { answer: 'ok', detail: `${value}; bad ${words}`, ...seen };
  if (!state.enough) {
    const soFar = `${value}, ${words} for ${timeWords(state.lasting)}; told after ${formatDuration(time)}`;
    // What was told of goes on until a figure is good again.
    return { answer: facts.pulse.bad === null ? 'ok' : 'failing', detail: soFar, ...seen };
  }
  const lasting = Math.max(state.lasting, sinceTold(check, facts));
  const long = lasting < every ? '' : ` for ${timeWords(lasting)}`;
  return { answer: 'failing', detail: `${value}, ${words}${long}`, ...seen };
}

/** How long it is bad by what was told: samples are looked at for a while back only. */
function sinceTold({ for: time }: ThresholdCheck, { pulse, now }: ThresholdFacts): number {
  return pulse.bad === null ? 0 : now.getTime() - Date.parse(pulse.bad.since) + time;
}

interface Bound {
  readonly limit: Limit;
  /** "above 2%" */
  readonly words: string;
}

/** What is bad now; of a spike that follows from what is usual. Or why nobody can tell yet. */
function boundOf({ breach, spike, quantity, every }: ThresholdCheck, { baseline }: ThresholdFacts): Bound | string {
  if (breach !== undefined) return { limit: breach, words: limitWords(breach) };
  if (spike === undefined) throw new Error('a threshold is bad beyond nothing');
  const { factor, baseline: time, of, least = 0 } = spike;
  const needed = Math.max(FEWEST, Math.ceil((ENOUGH * time) / every));
  if (baseline === null || baseline.count < needed || baseline.span < ENOUGH * time) {
    return `${NOT_YET}: what is usual takes ${formatDuration(ENOUGH * time)} of figures`;
  }
  const limit: Limit = { is: '>', than: { quantity, value: Math.max(factor * baseline[of], least) } };
  const [bound, usual] = [limit.than.value, baseline[of]].map((figure) => figureWords(limit, figure));
  return { limit, words: `above ${bound} (${factor} times the ${of} ${usual} of ${formatDuration(time)})` };
}

/** Where the time begins and ends whose figures are usual: before that in which it is bad, so that a spike is no part of it. */
export function baselineTime(
  { for: time, every }: ThresholdCheck,
  { baseline }: Spike,
  now: Date,
): { from: Date; to: Date } {
  const to = now.getTime() - time - standsFor(every);
  return { from: new Date(to - baseline), to: new Date(to) };
}

function unknownWords({ reason, since }: { reason: string | null; since: Date | null }, now: Date): string {
  if (since === null) return reason === null ? 'no figure yet' : `no figure: ${reason}`;
  const silent = timeWords(now.getTime() - since.getTime());
  return `no figure for ${silent}${reason === null ? '' : `: ${reason}`}`;
}

function statisticWords({ statistic }: ThresholdCheck): string {
  return statistic === 'last' ? '' : `${statistic} `;
}

function timeWords(ms: number): string {
  const unit = ms < 120_000 ? 1_000 : 60_000;
  return formatDuration(Math.round(ms / unit) * unit);
}
