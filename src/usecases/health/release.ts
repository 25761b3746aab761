import { checkSubject } from '../../domain/event.ts';
import { follow } from '../../domain/health/apply.ts';
import { connectedChecks } from '../../domain/health/connected.ts';
import { channelOf, groupsIn } from '../../domain/health/group.ts';
import { quietIn } from '../../domain/health/quiet.ts';
import {
  isStillKept,
  type KeptQuiet,
  lookAfterWindow,
  type ReleaseReason,
  releaseAll,
} from '../../domain/health/release.ts';
import { askedFor } from '../../domain/health/threshold-checks.ts';
import { toldFailing } from '../../domain/page/checks.ts';
import { coverOf } from '../../domain/window/covering.ts';
import type { MaintenanceWindow } from '../../domain/window/window.ts';
import type { CheckRow } from '../check-store-port.ts';
import { pagesOfChecks } from '../page/for-checks.ts';
import type { Tx } from '../ports.ts';
import { type HealthDeps, windowsNow } from './deps.ts';

/** What became of one check that a window kept quiet, for the log. */
interface ReleaseReport {
  readonly check: string;
  readonly reason: ReleaseReason;
}

type Looked = KeptQuiet & { readonly reason: ReleaseReason };

const ACTOR = { kind: 'system', job: 'release-checks' } as const;

/**
 * Looks again at what maintenance windows kept quiet, once they are over: each is asked anew, and people are told of what still
 * fails, all in one message. Decided again under the chains' locks, so that of two instances one tells.
 */
export async function releaseChecks(deps: HealthDeps): Promise<readonly ReleaseReport[]> {
  const keys = await deps.checks.quietInWindows();
  if (keys.length === 0) return [];
  const rows = await deps.checks.rows(keys);
  // Before the transaction: it must not wait for another connection of the pool that it keeps one of.
  const windows = await windowsOf(deps, rows);
  const glance = look(deps, rows, windows);
  const due = glance.filter(({ reason }) => reason !== 'still-covered');
  if (due.length === 0) return glance.map(reportOf);
  const watching = await deps.checks.watching(deps.clock.now());
  const released = await deps.store.once(null, (tx) => releaseIn(deps, tx, due, { watching, windows }));
  return [...glance.filter((one) => !due.includes(one)), ...released].map(reportOf);
}

async function releaseIn(
  deps: HealthDeps,
  tx: Tx,
  due: readonly Looked[],
  { watching, windows }: { readonly watching: readonly string[]; readonly windows: KnownWindows },
): Promise<readonly Looked[]> {
  const spec = deps.spec.current();
  const now = deps.clock.now();
  const rows = (await tx.checks(due.map(({ key }) => key))).filter(
    // What another window keeps quiet by now is looked at in the next minute.
    ({ state }) => state.window !== null && windows.over.has(state.window),
  );
  const looked = look(deps, rows, windows);
  const channels = [...new Set(looked.map(({ check }) => channelOf(check, spec)))];
  const { existing, fresh } = await tx.checkGroups(channels, [], channels.length);
  const groups = groupsIn(existing, fresh, now);
  const { events, deliveries } = releaseAll(looked, { actor: ACTOR, now, spec, groups, watching });
  const again = looked.filter(({ reason }) => isStillKept(reason) && reason !== 'still-covered');
  if (events.length === 0 && again.length === 0) return looked;
  const drafts = new Map(events.map(({ key, draft }) => [key, draft]));
  const failing = looked.flatMap(({ key, check, state }) => {
    const draft = drafts.get(key);
    return draft === undefined ? [] : toldFailing(check, state, draft.body);
  });
  const pages = await pagesOfChecks(tx, failing, { actor: ACTOR, now, spec });
  await tx.save({
    ...pages,
    events: [...events.map(({ key, draft }) => ({ subject: checkSubject(key), draft })), ...pages.events],
    checks: looked.flatMap(({ key, state }) => {
      const draft = drafts.get(key);
      return draft === undefined ? [] : [follow(state, [draft])];
    }),
    checkGroups: groups.changed(),
    checksAgain: askedFor(again.flatMap(({ check }) => check ?? [])).map((key) => ({ key, at: now, afresh: false })),
    deliveries: [...pages.deliveries, ...groups.deliveries(), ...deliveries],
  });
  return looked;
}

/** The windows that have begun, and when those were over that keep something quiet. */
interface KnownWindows {
  readonly open: readonly MaintenanceWindow[];
  readonly over: ReadonlyMap<number, Date>;
}

async function windowsOf(deps: HealthDeps, rows: readonly CheckRow[]): Promise<KnownWindows> {
  const over = new Map<number, Date>();
  for (const number of new Set(rows.flatMap(({ state }) => state.window ?? []))) {
    const window = await deps.store.window(number);
    over.set(number, (window === null ? null : coverOf(window)?.to) ?? new Date(0));
  }
  return { open: await windowsNow(deps), over };
}

function look(deps: HealthDeps, rows: readonly CheckRow[], windows: KnownWindows): Looked[] {
  const now = deps.clock.now();
  const askable = new Map(connectedChecks(deps.spec.current()).map((check) => [check.key, check]));
  return rows.map(({ key, state, pulse }) => {
    const check = askable.get(key);
    const coveredBy = check === undefined ? null : quietIn(check, windows.open, now);
    const over = (state.window === null ? undefined : windows.over.get(state.window)) ?? new Date(0);
    const kept: KeptQuiet = { key, check, state, pulse, coveredBy, over };
    return { ...kept, reason: lookAfterWindow(kept, now) };
  });
}

function reportOf({ key: check, reason }: Looked): ReleaseReport {
  return { check, reason };
}
