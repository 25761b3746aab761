import { type Completion, completionOf } from '../../domain/duty/report.ts';
import type { DutyDeps } from './change.ts';

/** More runs than a quarter of any spec has. */
const MOST = 100_000;

/** How everything came out that fell due in a cycle: from the one instant on, before the other. */
export async function reportCompletion(
  deps: Pick<DutyDeps, 'store'>,
  cycle: { readonly from: Date; readonly before: Date },
): Promise<Completion> {
  const { from, before } = cycle;
  return completionOf(await deps.store.runs({ from, before }, 'soonest', MOST));
}
