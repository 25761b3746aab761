import type { OperationsSpec } from '../spec/types.ts';
import type { Slo } from '../spec/watching.ts';
import { nearest } from '../text/nearest.ts';
import { type Parsed, problem, understood } from '../text/parsed.ts';
import { parsePeriod, type UptimePeriod, uptimePeriod } from './period.ts';

/** One promise in one period. */
export interface UptimeAsked {
  readonly slo: Slo;
  readonly period: UptimePeriod;
}

type Named = Pick<OperationsSpec, 'slo' | 'services' | 'timezone'>;

/**
 * Reads `SERVICE [month|quarter|year|2026-Q3]`: a service by its key or name, or a promise by its key. Without a period the
 * one it is promised for that runs now. Null when nothing was typed, which is everything.
 */
export function parseUptime(typed: string, spec: Named, now: Date): Parsed<readonly UptimeAsked[] | null> {
  const words = typed.trim().replaceAll('`', '').replaceAll(/\s+/g, ' ');
  if (spec.slo.length === 0) return problem('The operations spec promises no uptime: it has nothing under `slo`.');
  if (words === '') return understood(null);
  const whole = promisesNamed(words, spec);
  if (whole.length > 0) return understood(whole.map((slo) => ({ slo, period: current(slo, now, spec) })));
  const [, name = '', last = ''] = /^(?:(.*) )?(\S+)$/.exec(words) ?? [];
  const named = name === '' ? [] : promisesNamed(name, spec);
  if (named.length === 0) return problem(unknown(name === '' ? words : name, spec));
  const period = parsePeriod(last, now, spec.timezone);
  return period.ok ? understood(named.map((slo) => ({ slo, period: period.value }))) : period;
}

function current({ period }: Slo, now: Date, { timezone }: Named): UptimePeriod {
  return uptimePeriod(period, now, timezone);
}

function promisesNamed(word: string, { slo, services }: Named): Slo[] {
  const lower = word.toLowerCase();
  const byKey = slo.filter(({ key }) => key.toLowerCase() === lower);
  if (byKey.length > 0) return byKey;
  return slo.filter(
    ({ service }) => service.toLowerCase() === lower || services[service]?.name.toLowerCase() === lower,
  );
}

function unknown(word: string, { slo, services }: Named): string {
  const service = Object.entries(services).find(
    ([key, { name }]) => key.toLowerCase() === word.toLowerCase() || name.toLowerCase() === word.toLowerCase(),
  );
  const known = [...new Set(slo.flatMap(({ key, service: of }) => [of, key]))];
  const list = known.map((key) => `\`${key}\``).join(', ');
  if (service !== undefined) return `Nothing is promised of ${service[1].name}. There are promises of: ${list}.`;
  const meant = nearest(word, known);
  const guess = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  return `"${word}" is no service with a promise of uptime.${guess} There are: ${list}.`;
}
