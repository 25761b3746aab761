import { slackUser } from '../../domain/actor.ts';
import type { AlertGroup } from '../../domain/alert/group.ts';
import { type AlertRefusal, clearRefusal, unknownAlert } from '../../domain/alert/refusals.ts';
import {
  decideEndSilence,
  decideSilence,
  matchersOfAlerts,
  matchesAlert,
  type WantedSilence,
} from '../../domain/alert/silence.ts';
import { alertSubject } from '../../domain/event.ts';
import { done, type Outcome, refused } from '../../domain/outcome.ts';
import type { Matcher } from '../../domain/window/silence.ts';
import type { Caller, Directory } from '../ports.ts';
import type { Alertmanagers, AlertNow } from '../silence-port.ts';
import { type AlertChanged, type AlertDeps, changeAlerts } from './change.ts';
import { connectedAlertmanagers } from './reach.ts';

export interface SilenceDeps extends AlertDeps {
  readonly alertmanagers: Alertmanagers;
  readonly directory: Pick<Directory, 'nameOf'>;
}

/** What a silence of a group would keep quiet now, for whoever is about to ask for it. */
export interface OfferedSilence {
  readonly group: AlertGroup;
  readonly matchers: readonly Matcher[];
  /** The Alertmanagers that have its alerts: the targets' keys. */
  readonly targets: readonly string[];
  /** How many alerts it keeps quiet now, and those of them that are of no or of another group. */
  readonly matched: number;
  readonly others: readonly string[];
  /** Alertmanagers that did not answer, with a sentence each: nothing is silenced there. */
  readonly away: readonly { readonly target: string; readonly problem: string }[];
}

const INSTEAD = '*Mute…* keeps people here from being told.';

/** Finds out what a silence of a group would be and where, or says in a sentence why there can be none. */
export async function offerSilence(
  { store, spec, alertmanagers }: Pick<SilenceDeps, 'store' | 'spec' | 'alertmanagers'>,
  number: number,
): Promise<Outcome<OfferedSilence, AlertRefusal>> {
  const group = await store.alertGroup(number);
  if (group === null) return unknownAlert(number);
  const clear = clearRefusal(group);
  if (clear !== null) return clear;
  const name = alertSubject(number);
  if (group.source !== 'alertmanager') {
    return refused(
      'not-silenceable',
      `${name} does not come from an Alertmanager, so there is nothing to silence it in. ${INSTEAD}`,
    );
  }
  if (group.silence != null)
    return refused('already-silenced', `${name} is silenced already. *End silence* ends that.`);
  const connected = connectedAlertmanagers(spec.current());
  if (connected.length === 0) {
    const words = `The spec names no Alertmanager (a target of \`kind: alertmanager\`), so ${name} cannot be silenced. ${INSTEAD}`;
    return refused('no-alertmanager', words);
  }
  const firing = await store.firingAlertsOf(group);
  const own = new Set(firing.map(({ fingerprint }) => fingerprint));
  const shared = matchersOfAlerts(
    firing.map(({ labels }) => labels),
    [],
  );
  if (shared.length === 0) {
    return refused(
      'no-labels',
      `The alerts of ${name} have no label in common: a silence would keep everything quiet. ${INSTEAD}`,
    );
  }
  const there = await Promise.all(
    connected.map(async ([target, at]) => ({ target, asked: await alertmanagers.alerts(at, shared) })),
  );
  const answered = there.flatMap(({ target, asked }) => (asked.ok ? [{ target, alerts: asked.value }] : []));
  const away = there.flatMap(({ target, asked }) => (asked.ok ? [] : [{ target, problem: asked.problem }]));
  const having = answered.filter(({ alerts }) => alerts.some(({ fingerprint }) => own.has(fingerprint)));
  if (having.length === 0) {
    const problems = away.map(({ target, problem }) => `${target}: ${problem}`);
    if (problems.length > 0)
      return refused('alertmanager-away', `Nothing is silenced: ${problems.join('; ')}. Try again. ${INSTEAD}`);
    return refused(
      'not-there',
      `${connected.map(([key]) => key).join(', ')} has none of the alerts of ${name} now. ${INSTEAD}`,
    );
  }
  const matching = new Map<string, AlertNow>();
  for (const { alerts } of having) for (const one of alerts) matching.set(one.fingerprint, one);
  const isOther = ({ fingerprint }: AlertNow) => !own.has(fingerprint);
  const matchers = matchersOfAlerts(
    firing.map(({ labels }) => labels),
    [...matching.values()].filter(isOther).map(({ labels }) => labels),
  );
  const matched = [...matching.values()].filter(({ labels }) => matchesAlert(matchers, labels));
  return done({
    group,
    matchers,
    targets: having.map(({ target }) => target),
    matched: matched.length,
    others: matched.filter(isOther).map(({ labels }) => labels['alertname'] ?? 'Alert'),
    away,
  });
}

/** Silences a group in Alertmanager: promised here, and seen to at once and each minute. */
export async function silenceAlerts(
  deps: SilenceDeps,
  caller: Caller,
  input: Omit<WantedSilence, 'name'> & { readonly number: number },
): Promise<AlertChanged> {
  const user = slackUser(caller.actor);
  const name = user === null ? 'Mainstay' : ((await deps.directory.nameOf(user)) ?? user);
  return changeAlerts(deps, caller, 'alert.silence', input.number, (group, situation) =>
    decideSilence(group, { ...input, name }, situation),
  );
}

/** Ends a silence that was asked for here. */
export function endSilence(deps: AlertDeps, caller: Caller, input: { readonly number: number }): Promise<AlertChanged> {
  return changeAlerts(deps, caller, 'alert.silence', input.number, decideEndSilence);
}
