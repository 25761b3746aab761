import type { Recorded, Yardstick } from '../../domain/uptime/promise.ts';
import type { Stretch } from '../../domain/uptime/stretch.ts';
import type { UptimeDeps } from './deps.ts';

/** A row of bad answers may have begun before what is asked for. */
const BEFORE = 86_400_000;

/** All that is recorded of some time about what is judged by these. */
export async function recordedOf(
  { uptime }: Pick<UptimeDeps, 'uptime'>,
  yardsticks: readonly Yardstick[],
  within: Stretch,
  now: Date,
): Promise<Recorded> {
  const keys = [...new Set(yardsticks.flatMap(({ checks }) => checks.map(({ key }) => key)))];
  const services = [...new Set(yardsticks.map(({ service }) => service))];
  const [answers, incidents, windows] = await Promise.all([
    uptime.answers(keys, { from: within.from - BEFORE, to: within.to }, now),
    uptime.incidentsOf(services, within),
    uptime.windowsOf(services, within),
  ]);
  return { answers, incidents, windows };
}
