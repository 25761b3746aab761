/** A stretch of time, half-open; instants in milliseconds since 1970, so that a year of them is cheap to reckon with. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The same time as stretches that are in order, and neither touch nor overlap: what every function here gives. */
export function union(all: readonly Stretch[]): Stretch[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of all.filter(isSome).toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** What is in both. */
export function intersection(one: readonly Stretch[], other: readonly Stretch[]): Stretch[] {
  const [a, b] = [union(one), union(other)];
  const both: Stretch[] = [];
  let i = 0;
  let j = 0;
  for (let left = a[i], right = b[j]; left !== undefined && right !== undefined; left = a[i], right = b[j]) {
    both.push({ from: Math.max(left.from, right.from), to: Math.min(left.to, right.to) });
    if (left.to <= right.to) i += 1;
    else j += 1;
  }
  return both.filter(isSome);
}

/** What is in the first and not in the second. */
export function difference(one: readonly Stretch[], without: readonly Stretch[]): Stretch[] {
  return intersection(one, complement(union(without)));
}

/** How long they last together; ms. */
export function lengthOf(all: readonly Stretch[]): number {
  return union(all).reduce((sum, { from, to }) => sum + (to - from), 0);
}

/** The part of it that is over; empty before it begins. */
export function passed({ from, to }: Stretch, now: Date): Stretch {
  return { from, to: Math.max(from, Math.min(to, now.getTime())) };
}

export function overlaps(one: Stretch, other: Stretch): boolean {
  return one.from < other.to && other.from < one.to;
}

/** @param all as `union` gives them */
function complement(all: readonly Stretch[]): Stretch[] {
  const starts = [Number.NEGATIVE_INFINITY, ...all.map(({ to }) => to)];
  const ends = [...all.map(({ from }) => from), Number.POSITIVE_INFINITY];
  return starts.map((from, index) => ({ from, to: ends[index] ?? Number.POSITIVE_INFINITY })).filter(isSome);
}

function isSome({ from, to }: Stretch): boolean {
  return from < to;
}
