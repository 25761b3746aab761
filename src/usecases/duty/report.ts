import { type Completion, completionOf } from '../../domain/duty/report.ts';
import type { DutyDeps } from './change.ts';

/** More runs than a quarter of any spec has. */
const MOST = 100_000;

/** How everything came out that fell due in a cycle: from the one instant on, before the other; of one team or of all. */
export async function reportCompletion(
  deps: Pick<DutyDeps, 'store'>,
  cycle: { readonly from: Date; readonly before: Date; readonly owner?: string | null },
): Promise<Completion> {
  const { from, before, owner = null } = cycle;
  return completionOf(await deps.store.runs({ from, before }, 'soonest', MOST), owner);
}
