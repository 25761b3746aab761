import type { StoredEvent } from '../../domain/event.ts';
import type { SpecEvent } from '../../domain/spec/in-force.ts';
import type { SpecDeps } from './in-force.ts';

/** More than anybody reads. */
const MOST = 100;

/** The specs that came into force, the latest first. */
export function specHistory(deps: Pick<SpecDeps, 'specs'>): Promise<StoredEvent<SpecEvent>[]> {
  return deps.specs.loads(MOST);
}
