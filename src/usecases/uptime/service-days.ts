import { dayAt } from '../../domain/duty/planned.ts';
import { daysBetween, type ServiceDay, serviceDay } from '../../domain/uptime/days.ts';
import { factsOf, serviceYardstick } from '../../domain/uptime/promise.ts';
import type { UptimeDeps } from './deps.ts';
import { recordedOf } from './recorded.ts';

/** How one service was lately. */
export interface DaysOfService {
  /** Key of the service. */
  readonly service: string;
  /** Oldest first, today last as far as it has come. */
  readonly days: readonly ServiceDay[];
}

/**
 * Of every service of the spec the last so many days, today included, in the spec's zone. A service is judged by all its
 * promises together; one without a promise by the checks that name it, and by its SEV1 incidents.
 */
export async function serviceDays(deps: UptimeDeps, { days }: { readonly days: number }): Promise<DaysOfService[]> {
  const now = deps.clock.now();
  const spec = deps.spec.current();
  const today = dayAt(now, spec.timezone);
  const calendar = daysBetween(today - days + 1, today, spec.timezone);
  const yardsticks = Object.keys(spec.services).map((service) => serviceYardstick(service, spec));
  const within = { from: calendar[0]?.from ?? now.getTime(), to: now.getTime() };
  const recorded = await recordedOf(deps, yardsticks, within, now);
  return yardsticks.map((yardstick) => {
    const facts = factsOf(yardstick, recorded, spec, now);
    return { service: yardstick.service, days: calendar.map((day) => serviceDay(facts, day, now)) };
  });
}
