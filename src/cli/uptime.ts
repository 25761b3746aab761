import { parseArgs } from 'node:util';
import { createUptimeStore } from '../adapters/postgres/uptime-store.ts';
import { readSpec } from '../app/spec.ts';
import { loadStoreConfig } from '../config.ts';
import { durationWords } from '../domain/text/duration-words.ts';
import { availabilityOf, knownShare, type Times } from '../domain/uptime/account.ts';
import type { Budget } from '../domain/uptime/budget.ts';
import { parseUptime } from '../domain/uptime/command.ts';
import type { UptimeGlance, UptimeReport } from '../domain/uptime/report.ts';
import type { UptimeDeps } from '../usecases/uptime/deps.ts';
import { uptimeOverview } from '../usecases/uptime/overview.ts';
import { reportUptime } from '../usecases/uptime/report.ts';
import { table } from './table.ts';
import { type RunCli, UsageError } from './types.ts';
import { withStore } from './with-store.ts';

export const uptime: RunCli = async (args, { env }) => {
  const { positionals, values } = parse(args);
  if (positionals.length === 0 && values.period !== undefined) {
    throw new UsageError('--period is of one service: name it before.');
  }
  const { spec } = readSpec(loadStoreConfig(env).specPath, env);
  const now = new Date();
  const asked = parseUptime([...positionals, ...(values.period ?? [])].join(' '), spec, now);
  if (!asked.ok) throw new UsageError(asked.problem);
  return withStore(env, async (_store, database) => {
    const deps: UptimeDeps = {
      uptime: createUptimeStore(database),
      clock: { now: () => now },
      spec: { current: () => spec },
    };
    if (asked.value === null) {
      const glances = await uptimeOverview(deps);
      return { text: overview(glances), json: glances.map(withInstants) };
    }
    const reports = await Promise.all(asked.value.map((one) => reportUptime(deps, one)));
    return { text: reports.map(details).join('\n\n'), json: reports.map(withInstants) };
  });
};

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { period: { type: 'string', multiple: true } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function overview(glances: readonly UptimeGlance[]): string {
  const rows = glances.map(({ service, slo, month, quarter, year, period, budgets }) => [
    service,
    slo,
    ...[month, quarter, year].map(share),
    `${period.name}: ${budgets.map(budgetWords).join('; ')}`,
  ]);
  return table(['SERVICE', 'PROMISE', 'MONTH', 'QUARTER', 'YEAR', 'BUDGET'], rows);
}

function details({
  service,
  title,
  period,
  times,
  budgets,
  outages,
  exclusions,
  unknown,
  notConnected,
}: UptimeReport): string {
  const lines = [
    `${service}, ${title}: ${period.name}`,
    `available ${share(times)}; up ${long(times.up)}, down ${long(times.down)}, left out ${long(times.excluded)}, unknown ${long(times.unknown)}`,
    ...budgets.map((one) => `budget of ${one.objective}: ${budgetWords(one)}`),
    ...outages.map(({ from, to, causes, incidents }) => {
      const why = [...causes.map(({ check }) => check), ...incidents.map(({ incident }) => `INC-${incident}`)];
      return `outage     ${instant(from)}  ${long(to - from)}  ${why.join(', ')}`;
    }),
    ...exclusions.map(
      ({ from, to, window, title: what, down }) =>
        `left out   ${instant(from)}  ${long(to - from)}, down ${long(down)} of it  WIN-${window} ${what}`,
    ),
    ...unknown.map(({ from, to, reason }) => `unknown    ${instant(from)}  ${long(to - from)}  ${reason}`),
    ...notConnected.map(({ check, reason }) => `not connected: ${check}: ${reason}`),
  ];
  return lines.join('\n');
}

function budgetWords({ total, spent, left }: Budget): string {
  return `${long(spent)} of ${long(total)} spent${left < 0 ? `, broken by ${long(-left)}` : ''}`;
}

/** With a question mark where not all of it is known. */
function share(times: Times): string {
  const available = availabilityOf(times);
  if (available === null) return 'unknown';
  const written = available === 1 ? '100 %' : `${(Math.floor(available * 100_000) / 1000).toFixed(3)} %`;
  return knownShare(times) === 1 ? written : `${written} ?`;
}

function long(ms: number): string {
  return ms === 0 ? '0' : durationWords(ms);
}

function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`;
}

/** Instants as programs read them. */
function withInstants(report: UptimeReport | UptimeGlance): unknown {
  const isInstant = (name: string) => name === 'from' || name === 'to' || name === 'until';
  return JSON.parse(
    JSON.stringify(report, (name: string, value: unknown) =>
      isInstant(name) && typeof value === 'number' ? new Date(value).toISOString() : value,
    ),
  );
}
