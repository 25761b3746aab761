/** One look at a metric: a figure, in the metric's unit, or null where it gave none. */
export interface MetricSample {
  /** When it was looked at. */
  readonly at: Date;
  readonly figure: number | null;
  /** Why there is no figure; empty where there is one. */
  readonly reason: string;
}

/** A figure stands for so many intervals; without another one nobody knows then. */
const STANDS = 2.5;
/** Looks come a little late, never early: so much of `for` may be missing; ms, or a tenth of an interval if that is less. */
const LATE = 2_000;

/** What a metric's samples say of a bound. */
export type Lasting =
  | { readonly is: 'fine'; readonly figure: number }
  /** `enough`: it was bad for as long as it takes. */
  | { readonly is: 'bad'; readonly figure: number; readonly lasting: number; readonly enough: boolean }
  /** `reason`: why the latest look brought no figure; null where there was none. */
  | { readonly is: 'unknown'; readonly reason: string | null; readonly since: Date | null };

export interface Asked {
  readonly isBad: (figure: number) => boolean;
  /** Bad all through this time; ms. */
  readonly for: number;
  /** Between two looks; ms. */
  readonly every: number;
  readonly now: Date;
}

/** How long after it a figure is still believed; ms. */
export const standsFor = (every: number): number => STANDS * every;

/** How far back samples are needed; ms. */
export function lookBack({ for: time, every }: Pick<Asked, 'for' | 'every'>): number {
  return 2 * time + 4 * standsFor(every);
}

/**
 * Has it been bad all through the time? Time is counted between two bad figures that are near each other, so that one good
 * figure ends it. A gap, longer than a figure stands, is not counted: neither does it go on meanwhile, nor is what was
 * before forgotten. Silence longer than the time itself, or than four such gaps, ends it: then it begins afresh.
 *
 * @param samples the oldest first
 */
export function sustained(samples: readonly MetricSample[], { isBad, for: time, every, now }: Asked): Lasting {
  const known = samples.filter((sample): sample is MetricSample & { figure: number } => sample.figure !== null);
  const latest = known.at(-1);
  const stands = standsFor(every);
  if (latest === undefined || now.getTime() - latest.at.getTime() > stands) {
    const last = samples.at(-1);
    return { is: 'unknown', reason: last?.figure === null ? last.reason : null, since: latest?.at ?? null };
  }
  if (!isBad(latest.figure)) return { is: 'fine', figure: latest.figure };
  let lasting = 0;
  for (let index = known.length - 1; index > 0; index -= 1) {
    const [before, after] = [known[index - 1], known[index]];
    if (before === undefined || after === undefined || !isBad(before.figure)) break;
    const apart = after.at.getTime() - before.at.getTime();
    if (apart > Math.max(time, 4 * stands)) break;
    if (apart <= stands) lasting += apart;
  }
  const enough = lasting >= time - Math.min(LATE, every / 10);
  return { is: 'bad', figure: latest.figure, lasting, enough };
}
