import { type CheckView, severityOf } from '../health/view.ts';
import type { Impact } from '../incident/public-note.ts';
import type { ServiceState } from './page.ts';

/** Why a service is shown as it is. */
export type StateReason =
  | 'incident'
  | 'window'
  | 'all-checks-fail'
  | 'worst-severity'
  | 'some-checks-fail'
  | 'not-all-known'
  | 'nothing-to-ask'
  | 'all-well';

export interface StateFacts {
  /** The checks that say how the service is. */
  readonly checks: readonly CheckView[];
  /** What its open, published incidents mean for its users. */
  readonly impacts: readonly Impact[];
  /** A maintenance window of it is under way, and not beyond its announced end. */
  readonly inWindow: boolean;
}

/**
 * How a service is for its users. People's words come first: an incident that was published, then maintenance that was
 * announced, then what checks say. A check that is muted and fails says nothing, as somebody wanted; one that is
 * not connected never says anything; where one that is asked does not know, nobody says that all is well.
 */
export function serviceState({ checks, impacts, inWindow }: StateFacts): {
  readonly state: ServiceState;
  readonly reason: StateReason;
} {
  if (impacts.includes('outage')) return { state: 'outage', reason: 'incident' };
  if (inWindow) return { state: 'maintenance', reason: 'window' };
  const byChecks = stateByChecks(checks);
  if (byChecks.state === 'outage' || !impacts.includes('degraded')) return byChecks;
  return { state: 'degraded', reason: 'incident' };
}

function stateByChecks(checks: readonly CheckView[]): { readonly state: ServiceState; readonly reason: StateReason } {
  const asked = checks.filter((view) => view.notConnected === null && !(view.state.mute !== null && !isWell(view)));
  if (asked.length === 0) return { state: 'unknown', reason: 'nothing-to-ask' };
  // A figure beyond its bound is no outage yet, and one that nobody has says nothing where something else answers.
  const answering = asked.filter(({ check }) => check.kind !== 'threshold');
  const failing = answering.filter(isFailing);
  if (failing.length > 0 && failing.length === answering.length) return { state: 'outage', reason: 'all-checks-fail' };
  if (failing.some((view) => severityOf(view) === 'SEV1')) return { state: 'outage', reason: 'worst-severity' };
  if (asked.some(isFailing)) return { state: 'degraded', reason: 'some-checks-fail' };
  return (answering.length > 0 ? answering : asked).every(isWell)
    ? { state: 'operational', reason: 'all-well' }
    : { state: 'unknown', reason: 'not-all-known' };
}

const isWell = ({ state: { status } }: CheckView) => status === 'ok';

/** One that is held fails too: only the telling of it is held. */
const isFailing = ({ state: { status } }: CheckView) =>
  status === 'failing' || status === 'flapping' || status === 'held';

const WORST_FIRST: readonly ServiceState[] = ['outage', 'degraded', 'maintenance', 'unknown', 'operational'];

/** Of several states the one that matters most; of none, nothing is known. */
export function worstState(states: readonly ServiceState[]): ServiceState {
  return WORST_FIRST.find((state) => states.includes(state)) ?? 'unknown';
}

/** The one sentence over all. @param states of the services, at least one */
export function headlineOf(state: ServiceState, states: readonly ServiceState[]): string {
  const all = states.every((one) => one === state);
  switch (state) {
    case 'operational':
      return 'All services are operational';
    case 'maintenance':
      return all ? 'Maintenance is under way' : 'Maintenance of some services is under way';
    case 'unknown':
      return all ? 'The state of the services is not known' : 'The state of some services is not known';
    case 'degraded':
      return all ? 'All services are degraded' : 'Some services are degraded';
    case 'outage':
      return all ? 'All services are down' : 'Some services are down';
  }
}
