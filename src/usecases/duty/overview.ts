import { type DutyStanding, dutyStandings } from '../../domain/duty/overview.ts';
import type { DutyDeps } from './change.ts';

/** All duties of the spec that runs and how each stands, the worst first; of some teams or of all. */
export async function dutyOverview(
  { store, clock, spec }: DutyDeps,
  filter: { readonly owners?: readonly string[] } = {},
): Promise<DutyStanding[]> {
  const inForce = spec.current();
  const latest = await store.latestRuns(inForce.duties.map(({ key }) => key));
  return dutyStandings(inForce, latest, clock.now(), filter.owners);
}
