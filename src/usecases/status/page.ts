import { type DaysOfService, publicServices, statusPage } from '../../domain/status/compose.ts';
import type { StatusPage } from '../../domain/status/page.ts';
import type { HealthDeps } from '../health/deps.ts';
import { showChecks } from '../health/show.ts';

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

const DAY = 86_400_000;
const SHOWN = 90;

/** How the public services were in the last ninety days. It costs more than the rest and changes less. */
export async function statusDays({ checks, spec, clock }: HealthDeps): Promise<DaysOfService[]> {
  const now = clock.now();
  const dates = Array.from({ length: SHOWN }, (_, index) =>
    new Date(now.getTime() - (SHOWN - 1 - index) * DAY).toISOString().slice(0, 10),
  );
  const current = spec.current();
  const keys = current.checks.map(({ key }) => key);
  const rows = await checks.days(keys, dates[0] ?? '', now);
  return publicServices(current).map(([service, { checks: named }]) => {
    const own = current.checks.filter((check) => named?.includes(check.key) ?? check.service === service);
    return {
      service,
      days: dates.map((day) => {
        const known = rows.filter((row) => row.day === day && own.some(({ key }) => key === row.key));
        const down = Math.max(0, ...known.map(({ badMs }) => badMs));
        const up = known.length < own.length || known.length === 0 ? 0 : Math.min(...known.map(({ goodMs }) => goodMs));
        return { day, up, down, excluded: 0, unknown: 0 };
      }),
    };
  });
}
