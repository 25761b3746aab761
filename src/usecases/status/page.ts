import { statusPage } from '../../domain/status/compose.ts';
import type { StatusPage } from '../../domain/status/page.ts';
import type { HealthDeps } from '../health/deps.ts';
import { showChecks } from '../health/show.ts';
import type { UptimeDeps } from '../uptime/deps.ts';
import { type DaysOfService, serviceDays } from '../uptime/service-days.ts';

/** How far back incidents that are over are shown. */
const HISTORY = 90 * 86_400_000;
/** More than a page shows. */
const MOST = 200;

/** All that everybody may see now; null when the spec makes nothing public. @param days as `statusDays` gave them last */
export async function showStatus(deps: HealthDeps, days: readonly DaysOfService[]): Promise<StatusPage | null> {
  const { store, spec, clock } = deps;
  if (spec.current().status?.public !== true) return null;
  const now = clock.now();
  const [checks, incidents, windows] = await Promise.all([
    showChecks(deps),
    store.publishedIncidents(new Date(now.getTime() - HISTORY), MOST),
    store.windows({ statuses: ['announced', 'started'] }, 'soonest', MOST),
  ]);
  return statusPage({ spec: spec.current(), checks, incidents, windows, days }, now);
}

const SHOWN = 90;

/** How the services were in the last ninety days. It costs more than the rest and changes less. */
export function statusDays(deps: UptimeDeps): Promise<DaysOfService[]> {
  return serviceDays(deps, { days: SHOWN });
}
