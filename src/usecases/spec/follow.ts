import { shortHash } from '../../domain/spec/in-force.ts';
import { runHere, type SpecDeps } from './in-force.ts';

/** What following came to, with the hash that is in force. */
export type Followed =
  | { readonly kind: 'nothing-on-record' | 'same' }
  | { readonly kind: 'followed'; readonly hash: string }
  /** This instance cannot: its own file is another one, or has faults. */
  | { readonly kind: 'behind'; readonly hash: string; readonly fault: string };

/**
 * Runs what another instance put into force, once this instance's own file holds just that text. A spec can name commands to
 * run: what this machine was not given as a file it does not run, and says so instead.
 */
export async function followSpec(deps: SpecDeps): Promise<Followed> {
  const { running, specs, instance } = deps;
  const { hash } = running.running();
  const inForce = await specs.inForce();
  if (inForce === null || inForce.hash === hash) {
    await specs.beat({ ...instance, hash, fault: null });
    return { kind: inForce === null ? 'nothing-on-record' : 'same' };
  }
  const read = running.read();
  if (read.ok && read.version.hash === inForce.hash) {
    await runHere(deps, read.version);
    return { kind: 'followed', hash: inForce.hash };
  }
  const fault = read.ok
    ? `its own file holds ${shortHash(read.version.hash)}`
    : `its own file has faults: ${read.faults[0] ?? 'unreadable'}`;
  await specs.beat({ ...instance, hash, fault });
  return { kind: 'behind', hash: inForce.hash, fault };
}
