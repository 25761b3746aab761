/**
 * Number of single edits (insert, delete, replace, swap of two neighbours) that turn one word into the other.
 * Swaps count as one edit because they are what fingers do: "asingee" is two slips, not three.
 */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let best = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}

/**
 * The allowed word a person most likely meant, or undefined when nothing is close: a wrong suggestion is worse than
 * none. Close means at most one edit for each three letters begun, and never a whole word. Letter case is ignored;
 * among equals the first listed wins.
 */
export function nearest(word: string, allowed: readonly string[]): string | undefined {
  const wanted = word.trim().toLowerCase();
  if (wanted === '') return undefined;
  let best: { word: string; distance: number } | undefined;
  for (const candidate of allowed) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    const limit = Math.min(Math.ceil(wanted.length / 3), candidate.length - 1);
    if (distance <= limit && (best === undefined || distance < best.distance)) best = { word: candidate, distance };
  }
  return best?.word;
}
