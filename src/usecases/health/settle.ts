import { checkSubject } from '../../domain/event.ts';
import { follow } from '../../domain/health/apply.ts';
import { dependenciesOf } from '../../domain/health/dependencies.ts';
import { channelOf, groupsIn } from '../../domain/health/group.ts';
import { type Judgement, judge } from '../../domain/health/judge.ts';
import { blamable, quietIn } from '../../domain/health/quiet.ts';
import { settle, type ToSettle } from '../../domain/health/settle.ts';
import { toldFailing } from '../../domain/page/checks.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import type { MaintenanceWindow } from '../../domain/window/window.ts';
import type { CheckRow } from '../check-store-port.ts';
import { pagesOfChecks } from '../page/for-checks.ts';
import type { Tx } from '../ports.ts';
import { type HealthDeps, knownOf, windowsNow } from './deps.ts';

/** What became of one check after it was looked at, for the log. */
export interface SettleReport {
  readonly check: string;
  readonly reason: Judgement['reason'];
  readonly changed: boolean;
  /** The maintenance window that keeps it quiet; null outside of all, and where nothing is to be kept quiet. */
  readonly window: number | null;
}

const ACTOR = { kind: 'system', job: 'checks' } as const;

/**
 * Holds these checks' samples against their states, and then those of the checks they hold; writes what follows and tells whom
 * it concerns. Decided again under the chains' locks, so that of two instances that see the same one tells of it.
 */
export async function settleChecks(deps: HealthDeps, keys: readonly string[]): Promise<readonly SettleReport[]> {
  if (keys.length === 0) return [];
  const own = await settleSome(deps, keys);
  return [...own, ...(await settleSome(deps, await deps.checks.heldBecause(keys)))];
}

async function settleSome(deps: HealthDeps, keys: readonly string[]): Promise<readonly SettleReport[]> {
  if (keys.length === 0) return [];
  const all = [...new Set(keys)].sort();
  // A glance that locks nothing: nearly always nothing has changed.
  const rows = await deps.checks.rows(withDependencies(all, deps.spec.current()));
  const windows = rows.every(isWell) ? [] : await windowsNow(deps);
  const glance = judgeAll(all, rows, windows, deps);
  const news = glance.filter(({ judgement }) => judgement.change !== null || judgement.askFirst.length > 0);
  if (news.length === 0) return glance.map(reportOf);
  const watching = await deps.checks.watching(deps.clock.now());
  const settled = await deps.store.once(null, (tx) =>
    settleIn(
      deps,
      tx,
      news.map(({ check }) => check.key),
      { watching, windows },
    ),
  );
  const quiet = glance.filter((one) => !news.includes(one));
  return [...quiet.map(reportOf), ...settled];
}

async function settleIn(
  deps: HealthDeps,
  tx: Tx,
  keys: readonly string[],
  { watching, windows }: { readonly watching: readonly string[]; readonly windows: readonly MaintenanceWindow[] },
): Promise<readonly SettleReport[]> {
  const spec = deps.spec.current();
  const locked = await tx.checks(keys);
  const others = withDependencies(keys, spec).filter((key) => !keys.includes(key));
  const judged = judgeAll(keys, [...locked, ...(await tx.checkRows(others))], windows, deps);
  const now = deps.clock.now();
  const channels = [...new Set(judged.map(({ check }) => channelOf(check, spec)))];
  const told = judged.flatMap(({ state }) => state.group ?? []);
  const { existing, fresh } = await tx.checkGroups(channels, told, channels.length);
  const groups = groupsIn(existing, fresh, now);
  const { events, again, deliveries } = settle(judged, { actor: ACTOR, now, spec, groups, watching });
  if (events.length > 0 || again.length > 0) {
    const states = new Map(locked.map(({ key, state }) => [key, state]));
    for (const { key, draft } of events) {
      const state = states.get(key);
      if (state !== undefined) states.set(key, follow(state, [draft]));
    }
    const moved = new Set(events.map(({ key }) => key));
    const failing = judged.flatMap(({ check, state }) =>
      events.filter(({ key }) => key === check.key).flatMap(({ draft }) => toldFailing(check, state, draft.body)),
    );
    const pages = await pagesOfChecks(tx, failing, { actor: ACTOR, now, spec });
    await tx.save({
      ...pages,
      events: [...events.map(({ key, draft }) => ({ subject: checkSubject(key), draft })), ...pages.events],
      checks: [...states.values()].filter(({ key }) => moved.has(key)),
      checkGroups: groups.changed(),
      checksAgain: again,
      deliveries: [...pages.deliveries, ...groups.deliveries(), ...deliveries],
    });
  }
  return judged.map(reportOf);
}

function judgeAll(
  keys: readonly string[],
  rows: readonly CheckRow[],
  windows: readonly MaintenanceWindow[],
  deps: HealthDeps,
): ToSettle[] {
  const spec = deps.spec.current();
  const now = deps.clock.now();
  const known = knownOf(rows, spec);
  return keys.flatMap((key) => {
    const one = known.get(key);
    if (one === undefined) return [];
    const dependencies = blamable(dependenciesOf(key, spec.checks), one.check, known, windows, now);
    const judgement = judge({ ...one, dependencies, known, now });
    return [{ ...one, judgement, window: quietIn(one.check, windows, now) }];
  });
}

/** It is told of as well and answers so: nothing changes, whatever window is open. */
function isWell({ state, pulse }: CheckRow): boolean {
  return state.status === 'ok' && pulse.bad === null && pulse.unclear === null;
}

function withDependencies(keys: readonly string[], { checks }: Pick<OperationsSpec, 'checks'>): string[] {
  return [...new Set(keys.flatMap((key) => [key, ...dependenciesOf(key, checks)]))];
}

function reportOf({ check, judgement, window }: ToSettle): SettleReport {
  return { check: check.key, reason: judgement.reason, changed: judgement.change !== null, window };
}
