import type { OperationsSpec } from '../../domain/spec/types.ts';
import type { Slo } from '../../domain/spec/watching.ts';
import { uptimePeriod } from '../../domain/uptime/period.ts';
import { factsOf, type Recorded, yardstickOf } from '../../domain/uptime/promise.ts';
import { type BudgetDecision, decideWarnings, type WarningKey } from '../../domain/uptime/warning.ts';
import type { CheckStore } from '../check-store-port.ts';
import type { Store } from '../ports.ts';
import type { UptimeDeps } from './deps.ts';
import { recordedOf } from './recorded.ts';

export interface WarnDeps extends UptimeDeps {
  readonly store: Store;
  readonly checks: Pick<CheckStore, 'rows'>;
}

/** What was decided about one promise, for the log. */
export interface WarnReport {
  readonly slo: string;
  readonly decisions: readonly Pick<BudgetDecision, 'objective' | 'reason'>[];
}

/**
 * Tells whoever answers for a promise when its budget is spent too fast, half, or all: each once. While one of its checks is
 * muted, or its service is being worked on, nobody is told; what is still so afterwards is told then.
 */
export async function warnOfBudgets(deps: WarnDeps): Promise<WarnReport[]> {
  const now = deps.clock.now();
  const spec = deps.spec.current();
  if (spec.slo.length === 0) return [];
  const from = Math.min(...spec.slo.map(({ period }) => uptimePeriod(period, now, spec.timezone).from));
  const yardsticks = spec.slo.map((slo) => yardstickOf(slo, spec));
  const recorded = await recordedOf(deps, yardsticks, { from, to: now.getTime() }, now);
  const told = await deps.uptime.warnings();
  const muted = await mutedOf(deps, spec, now);
  const reports: WarnReport[] = [];
  for (const slo of spec.slo) {
    const facts = factsOf(yardstickOf(slo, spec), recorded, spec, now);
    const quiet = slo.checks.some((key) => muted.has(key)) ? 'muted' : isWorkedOn(slo, recorded) ? 'planned' : null;
    const own = told.filter((one) => one.slo === slo.key);
    const decisions = decideWarnings({ slo, facts, zone: spec.timezone, now, told: own, quiet });
    await tell(deps, slo, decisions, spec, now);
    reports.push({ slo: slo.key, decisions: decisions.map(({ objective, reason }) => ({ objective, reason })) });
  }
  return reports;
}

async function mutedOf({ checks }: WarnDeps, { slo }: OperationsSpec, now: Date): Promise<ReadonlySet<string>> {
  const rows = await checks.rows([...new Set(slo.flatMap((one) => one.checks))]);
  const isMuted = (until: string | undefined) => until !== undefined && Date.parse(until) > now.getTime();
  return new Set(rows.filter(({ state }) => isMuted(state.mute?.until)).map(({ key }) => key));
}

function isWorkedOn({ service }: Slo, { windows }: Recorded): boolean {
  return windows.some(({ status, services }) => status === 'started' && services.includes(service));
}

async function tell(
  { store }: WarnDeps,
  slo: Slo,
  decisions: readonly BudgetDecision[],
  spec: OperationsSpec,
  now: Date,
): Promise<void> {
  const claims = decisions.flatMap((one) => one.claims);
  const over = decisions.flatMap((one) => one.over);
  if (claims.length + over.length === 0) return;
  await store.once(null, async (tx) => {
    if (over.length > 0) await tx.dropWarnings(over);
    const mine = await tx.takeWarnings(claims, now);
    const news = decisions.flatMap((one) =>
      one.news !== null && isMine(one, one.news.warning, mine) ? [one.news] : [],
    );
    const [first] = decisions;
    if (news.length === 0 || first === undefined) return;
    const service = spec.services[slo.service]?.name ?? slo.service;
    const warning = { slo: slo.key, title: slo.title, service, period: first.period, news };
    const channel = channelOf(slo, spec);
    await tx.save({
      events: [],
      deliveries: [{ kind: 'post', to: { to: 'channel', channel }, message: { type: 'budget-warning', warning } }],
    });
  });
}

function isMine({ objective }: BudgetDecision, warning: WarningKey['warning'], mine: readonly WarningKey[]): boolean {
  return mine.some((one) => one.objective === objective && one.warning === warning);
}

/** Of the team that answers for the promise, else for the service; the operators' where that has none. */
function channelOf({ owner, service }: Slo, { teams, services, incident }: OperationsSpec): string {
  const team = owner ?? services[service]?.team;
  return (team === undefined ? undefined : teams[team]?.channel) ?? incident.operatorsChannel;
}
