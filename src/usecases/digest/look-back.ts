import type { Period } from '../../domain/digest/period.ts';
import { type Rollup, rollup, rollupFrom } from '../../domain/digest/rollup.ts';
import type { DigestDeps } from './deps.ts';

/** More runs than five quarters of any spec have. */
const MOST = 500_000;

/** What became of a period: a team's, or everybody's. */
export async function lookBack(
  { store, spec }: DigestDeps,
  of: { readonly team: string | null; readonly period: Period; readonly dueAt: Date; readonly late: boolean },
): Promise<Rollup> {
  const from = rollupFrom(of.period);
  const [runs, incidents] = await Promise.all([
    store.runs({ from, before: of.period.before }, 'soonest', MOST),
    store.incidentsSince(from),
  ]);
  return rollup(of, { runs, incidents }, spec.current());
}
