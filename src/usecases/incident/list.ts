import type { Incident } from '../../domain/incident/state.ts';
import type { Store } from '../ports.ts';

/** More than anybody reads; the list says so when it was cut. */
const MOST = 200;

/** Incidents, newest first: those somebody works on, or all. */
export function listIncidents(deps: { readonly store: Store }, which: 'open' | 'all'): Promise<Incident[]> {
  return deps.store.incidents(which, MOST);
}
