import { formatDuration } from '../spec/duration.ts';
import { isBad, type Limit, limitWords } from '../spec/limit.ts';
import type { Quantity } from '../spec/measure.ts';

/** A figure that may have a limit, in the unit of the limit's quantity. */
export interface Bounded {
  readonly what: string;
  readonly limit: Limit | undefined;
  readonly figure: number;
}

/** Every figure that is beyond its limit: "connections 85%, bad above 80%"; null where none is. */
export function boundsProblem(bounded: readonly Bounded[]): string | null {
  const bad = bounded.flatMap(({ what, limit, figure }) =>
    limit !== undefined && isBad(limit, figure)
      ? [`${what} ${figureWords(limit, figure)}, bad ${limitWords(limit)}`]
      : [],
  );
  return bad.length === 0 ? null : bad.join('; ');
}

/** Of several figures the one that is nearest to bad, or worst. */
export function worstOf({ is }: Limit, figures: readonly number[]): number {
  return is === '>' || is === '>=' ? Math.max(...figures) : Math.min(...figures);
}

/** A figure as people read it, in the quantity of its limit: 84.6%, 1.2s, 20.1GB. */
export function figureWords({ than: { quantity } }: Limit, figure: number): string {
  return quantityWords(quantity, figure);
}

/** A figure as people read it: 84.6%, 1.2s, 20.1GB. */
export function quantityWords(quantity: Quantity, figure: number): string {
  return WORDS[quantity](figure);
}

const WORDS: Record<Quantity, (figure: number) => string> = {
  percent: (figure) => `${rounded(figure)}%`,
  time: (figure) => (figure >= 0 && Number.isFinite(figure) ? formatDuration(Math.round(figure)) : `${figure}ms`),
  size: sizeWords,
  count: (figure) => String(rounded(figure)),
};

const SIZES = [
  ['TB', 1e12],
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
] as const;

export function sizeWords(bytes: number): string {
  const [unit, size] = SIZES.find(([, least]) => bytes >= least) ?? ['B', 1];
  return `${rounded(bytes / size)}${unit}`;
}

const rounded = (figure: number) => Math.round(figure * 10) / 10;
