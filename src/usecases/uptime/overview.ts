import { uptimePeriod } from '../../domain/uptime/period.ts';
import { factsOf, yardstickOf } from '../../domain/uptime/promise.ts';
import { type UptimeGlance, uptimeGlance, worstPromiseFirst } from '../../domain/uptime/report.ts';
import type { UptimeDeps } from './deps.ts';
import { recordedOf } from './recorded.ts';

/** How every promise of the spec stands now, the worst first. */
export async function uptimeOverview(deps: UptimeDeps): Promise<UptimeGlance[]> {
  const now = deps.clock.now();
  const spec = deps.spec.current();
  if (spec.slo.length === 0) return [];
  const judged = spec.slo.map((slo) => ({ slo, yardstick: yardstickOf(slo, spec) }));
  // A week may have begun before the year did.
  const from = Math.min(...(['week', 'year'] as const).map((kind) => uptimePeriod(kind, now, spec.timezone).from));
  const all = judged.map(({ yardstick }) => yardstick);
  const recorded = await recordedOf(deps, all, { from, to: now.getTime() }, now);
  return worstPromiseFirst(
    judged.map(({ slo, yardstick }) => uptimeGlance(slo, factsOf(yardstick, recorded, spec, now), spec, now)),
  );
}
