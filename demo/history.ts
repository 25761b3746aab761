/** Placeholder until the real story is written below. */
import type { Stage } from './verbs/stage.ts';

export async function playHistory(
  _stage: Stage,
  _o: { now: () => number; signal: AbortSignal; print: (line: string) => void },
): Promise<void> {}
