import { isNewsOf, lookForAlert, type MissingReason } from '../../domain/alert/missing.ts';
import { coverOf } from '../../domain/window/covering.ts';
import { type AlertScope, scopeOf } from '../../domain/window/silence.ts';
import type { AlertWatch, FoundAlert } from '../alert-port.ts';
import type { Clock, SpecSource, Store } from '../ports.ts';
import type { Alertmanagers } from '../silence-port.ts';
import { askedOnce, type ConnectedAlertmanager, connectedAlertmanagers, serviceLabelOf } from './reach.ts';

export interface FindEndedDeps {
  readonly store: Store;
  readonly alerts: AlertWatch;
  readonly alertmanagers: Alertmanagers;
  readonly clock: Clock;
  readonly spec: SpecSource;
}

/** What became of one alert that fires as far as was told, for the log. */
interface EndedReport {
  readonly alert: string;
  readonly reason: MissingReason;
}

/** What a window of so long ago kept quiet has been looked for since; ms. */
const AFTERWARDS = 24 * 3_600_000;

/**
 * Finds alerts that ended while they were silenced, of which Alertmanager tells nobody, and has them taken for resolved. Asked is
 * only while something fires that a maintenance window covers, that somebody silenced or that was found or missing since it was told of; and all
 * Alertmanagers of the spec, since which of them has told of an alert nobody knows. What ended so and fires again while it is silenced is
 * found as well.
 */
export async function findEndedAlerts(deps: FindEndedDeps): Promise<readonly EndedReport[]> {
  const { store, alerts, clock } = deps;
  const spec = deps.spec.current();
  const targets = connectedAlertmanagers(spec).map(([, target]) => target);
  if (targets.length === 0) return [];
  const begin = clock.now();
  const windows = (await store.windowsToKeepQuiet(new Date(begin.getTime() - AFTERWARDS))).filter((window) => {
    const span = coverOf(window);
    return span !== null && span.from <= begin;
  });
  const labels = [...new Set(targets.map(serviceLabelOf))];
  const scopes = windows.flatMap((window) =>
    labels.flatMap((label): AlertScope[] => {
      const scope = scopeOf(window, label, spec);
      return scope === null ? [] : [scope];
    }),
  );
  const watched = await alerts.watched(scopes);
  if (watched.length === 0) return [];
  const { known, upSince } = await askAll(deps.alertmanagers, targets);
  const now = clock.now();
  const found = watched.map((alert): FoundAlert => {
    const isThere = known.has(alert.fingerprint);
    return { ...alert, reason: lookForAlert(alert, { isThere, upSince }, now) };
  });
  const news = found.filter((alert) => isNewsOf(alert, alert.reason));
  if (news.length > 0) await alerts.found(news, now);
  return found.flatMap(({ fingerprint, reason }) => (reason === 'stays-ended' ? [] : [{ alert: fingerprint, reason }]));
}

/** The fingerprints of what they have, and since when the last started of them runs; null when one did not answer. */
async function askAll(
  alertmanagers: Alertmanagers,
  targets: readonly ConnectedAlertmanager[],
): Promise<{ readonly known: ReadonlySet<string>; readonly upSince: Date | null }> {
  const patient = askedOnce(alertmanagers);
  const answers = await Promise.all(
    targets.map(async (at) => {
      // In this order: one that is restarted in between is not believed to have forgotten what it only has not been told again.
      const alerts = await patient.alerts(at, []);
      return { alerts, up: await patient.upSince(at) };
    }),
  );
  const known = new Set(answers.flatMap(({ alerts }) => (alerts.ok ? alerts.value.map((one) => one.fingerprint) : [])));
  const ups = answers.flatMap(({ alerts, up }) => (alerts.ok && up.ok ? [up.value.getTime()] : []));
  return { known, upSince: ups.length < targets.length ? null : new Date(Math.max(...ups)) };
}
