import type { UptimeAsked } from '../../domain/uptime/command.ts';
import { factsOf, yardstickOf } from '../../domain/uptime/promise.ts';
import { type UptimeReport, uptimeReport } from '../../domain/uptime/report.ts';
import { passed } from '../../domain/uptime/stretch.ts';
import type { UptimeDeps } from './deps.ts';
import { recordedOf } from './recorded.ts';

/** What became of a promise in a period, with all that is behind it. */
export async function reportUptime(deps: UptimeDeps, { slo, period }: UptimeAsked): Promise<UptimeReport> {
  const now = deps.clock.now();
  const spec = deps.spec.current();
  const yardstick = yardstickOf(slo, spec);
  const recorded = await recordedOf(deps, [yardstick], passed(period, now), now);
  return uptimeReport(slo, factsOf(yardstick, recorded, spec, now), period, spec, now);
}
