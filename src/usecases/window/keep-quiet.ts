import { windowSubject } from '../../domain/event.ts';
import { isDown } from '../../domain/health/state.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import { isUnderWay } from '../../domain/window/covering.ts';
import type { WindowSituation } from '../../domain/window/decision.ts';
import { isQuietOver, keepQuiet, type QuietCheck, type SilenceSeen } from '../../domain/window/keep-quiet.ts';
import type { QuietThing } from '../../domain/window/quiet.ts';
import { type Matcher, matchersOf, type Silence, silenceStep } from '../../domain/window/silence.ts';
import type { MaintenanceWindow } from '../../domain/window/window.ts';
import { askedOnce, type ConnectedAlertmanager, connectedAlertmanagers, serviceLabelOf } from '../alert/reach.ts';
import type { CheckStore } from '../check-store-port.ts';
import type { Alertmanagers, AlertNow } from '../silence-port.ts';
import { inTurns } from '../turns.ts';
import { type WindowDeps, writeWindow } from './change.ts';
import { heldGroups } from './held-groups.ts';

export interface QuietDeps extends WindowDeps {
  readonly checks: CheckStore;
  readonly alertmanagers: Alertmanagers;
}

/** What was written about one window, for the log. */
interface QuietKept {
  readonly window: string;
  readonly events: readonly string[];
}

/** After an outage that lasted longer, what still fails has long been told otherwise; ms. */
const AFTERWARDS = 24 * 3_600_000;

/**
 * Sees that what windows cover is quiet while they are under way, in every Alertmanager of the spec, and looks again at what they
 * kept quiet once they are over. What is there is asked first: so it may be done again at any time, also after it was done
 * and not recorded.
 *
 * @throws AggregateError after all were tried
 */
export async function keepWindowsQuiet(allDeps: QuietDeps): Promise<readonly QuietKept[]> {
  const deps = { ...allDeps, alertmanagers: askedOnce(allDeps.alertmanagers) };
  const begin = deps.clock.now();
  const windows = (await deps.store.windowsToKeepQuiet(new Date(begin.getTime() - AFTERWARDS))).filter(
    (window) => !isQuietOver(window, begin),
  );
  return inTurns(deps.clock, windows, (window) => keepOne(deps, window), 'windows could not be kept quiet');
}

async function keepOne(deps: QuietDeps, { number }: MaintenanceWindow): Promise<QuietKept> {
  // As it is now: a silence must not follow what was meanwhile ended.
  const window = await deps.store.window(number);
  if (window === null) throw new Error(`${windowSubject(number)} was listed and is not there`);
  const spec = deps.spec.current();
  const there: { at: ConnectedAlertmanager; id: string }[] = [];
  const seen = await Promise.all(
    connectedAlertmanagers(spec).map(async ([key, at]) => {
      const one = await seeTo(deps, window, key, at, spec);
      if (one.silence !== null) there.push({ at, id: one.silence.id });
      return one;
    }),
  );
  const firing = seen.flatMap((one) => one.firing ?? []);
  const own = [...(await checksOf(deps, window)), ...(await heldGroups(deps, window, firing, deps.clock.now()))];
  const nothing = { window: windowSubject(number), events: [], isOver: false };
  const { isOver, ...kept } = await deps.store.once<QuietKept & { isOver: boolean }>(null, async (tx) => {
    const current = await tx.window(number);
    // Somebody was quicker: what was seen is not what is so now. The next look sees.
    if (current?.version !== window.version)
      return { ...nothing, isOver: current === null || !isUnderWay(current, deps.clock.now()) };
    const situation: WindowSituation = {
      actor: { kind: 'system', job: 'keep-quiet' },
      now: deps.clock.now(),
      spec: deps.spec.current(),
    };
    const { events, deliveries } = keepQuiet(current, seen, own, situation);
    if (events.length > 0) await writeWindow(tx, current, number, events, deliveries);
    return { ...nothing, events: events.map(({ body }) => body.kind) };
  });
  // Who ended it may have looked before it was there, and not look again.
  if (isOver) for (const { at, id } of there) await deps.alertmanagers.expire(at, id);
  return kept;
}

async function seeTo(
  { alertmanagers, clock }: QuietDeps,
  window: MaintenanceWindow,
  target: string,
  at: ConnectedAlertmanager,
  spec: OperationsSpec,
): Promise<SilenceSeen> {
  const missing = (problem: string): SilenceSeen => ({ target, silence: null, problem, firing: null });
  const matchers = matchersOf(window, serviceLabelOf(at), spec);
  if (matchers.length === 0) return { target, silence: null, problem: null, firing: [] };
  const found = await alertmanagers.silences(at);
  if (!found.ok) return missing(found.problem);
  const silenced = await silence(alertmanagers, at, window, { found: found.value, matchers, now: clock.now() });
  if (!silenced.ok) return missing(silenced.problem);
  const alerts = await alertmanagers.alerts(at, matchers);
  if (!alerts.ok) return { target, silence: silenced.value, problem: alerts.problem, firing: null };
  const own = found.value.filter(({ comment }) => comment.startsWith(`${windowSubject(window.number)} `));
  const ids = [...own.map(({ id }) => id), silenced.value?.id];
  const firing = alerts.value
    .filter(({ silencedBy, inhibited }) => !inhibited && silencedBy.every((id) => ids.includes(id)))
    .map((alert) => thingOf(target, alert));
  return { target, silence: silenced.value, problem: null, firing };
}

async function silence(
  alertmanagers: Alertmanagers,
  at: ConnectedAlertmanager,
  window: MaintenanceWindow,
  { found, matchers, now }: { found: readonly Silence[]; matchers: readonly Matcher[]; now: Date },
): Promise<{ ok: true; value: SilenceSeen['silence'] } | { ok: false; problem: string }> {
  const { reason, put, expire, kept } = silenceStep(window, found, matchers, now);
  for (const id of expire) {
    const expired = await alertmanagers.expire(at, id);
    if (!expired.ok) return expired;
  }
  if (put !== null) {
    const id = await alertmanagers.put(at, put);
    return id.ok ? { ok: true, value: { id: id.value, until: put.endsAt } } : id;
  }
  return { ok: true, value: reason === 'not-under-way' ? null : kept };
}

function thingOf(target: string, { fingerprint, labels, annotations }: AlertNow): QuietThing {
  const { alertname = 'Alert', instance } = labels;
  const detail = annotations['summary'] ?? annotations['description'] ?? '';
  const name = instance === undefined ? alertname : `${alertname} on ${instance}`;
  return { kind: 'alert', key: `${target}/${fingerprint}`, name: name.slice(0, 150), detail: detail.slice(0, 200) };
}

/** The checks that it keeps quiet, or kept. */
async function checksOf({ checks, spec }: QuietDeps, window: MaintenanceWindow): Promise<QuietCheck[]> {
  const known = window.quiet.things.flatMap(({ kind, key }) => (kind === 'check' ? [key] : []));
  const rows = await checks.rows([...new Set([...known, ...(await checks.quietInWindows())])]);
  return rows
    .filter(({ key, state }) => known.includes(key) || state.window === window.number)
    .map(({ key, state, pulse }) => ({
      kind: 'check' as const,
      key,
      name: spec.current().checks.find((check) => check.key === key)?.title ?? key,
      detail: pulse.last?.detail.slice(0, 200) ?? '',
      fails: isDown(state),
      isKept: state.window === window.number,
    }));
}
