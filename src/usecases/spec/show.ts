import type { SpecInForce, SpecInstance, SpecVersion } from '../spec-port.ts';
import type { SpecDeps } from './in-force.ts';

/** What runs, since when, and on which instances. */
export interface SpecShown {
  readonly version: Pick<SpecVersion, 'spec' | 'hash' | 'file'>;
  readonly inForce: SpecInForce | null;
  readonly instances: readonly SpecInstance[];
}

export async function showSpec(deps: Pick<SpecDeps, 'running' | 'specs'>): Promise<SpecShown> {
  const [inForce, instances] = await Promise.all([deps.specs.inForce(), deps.specs.instances()]);
  const { spec, hash, file } = deps.running.running();
  return { version: { spec, hash, file }, inForce, instances };
}
