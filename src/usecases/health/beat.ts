import { type BeatSaid, heard } from '../../domain/health/beat.ts';
import { done, type Outcome, refused } from '../../domain/outcome.ts';
import type { BeatTokens } from '../beat-port.ts';
import type { HealthDeps } from './deps.ts';
import { settleChecks } from './settle.ts';

export interface BeatDeps extends HealthDeps {
  readonly beatTokens: BeatTokens;
  /** The address others reach Mainstay at; null when nobody said. */
  readonly baseUrl: string | null;
}

/** One call to a heartbeat's address. False when there is no such address, whatever the reason. */
export async function hearBeat(
  deps: BeatDeps,
  { token, said }: { readonly token: string; readonly said: BeatSaid },
): Promise<boolean> {
  const { checks, clock, spec, beatTokens } = deps;
  const current = spec.current();
  const heartbeats = current.checks.filter((check) => check.kind === 'heartbeat');
  const key = beatTokens.keyFor(
    token,
    heartbeats.map((check) => check.key),
  );
  const check = heartbeats.find((one) => one.key === key);
  if (check === undefined) return false;
  const wasScheduled = await checks.beat(check.key, ({ pulse }) => ({
    figures: {},
    ...heard(check, pulse, said, clock.now(), current),
  }));
  if (wasScheduled) await settleChecks(deps, [check.key]);
  return wasScheduled;
}

/** Where a heartbeat is called. Whoever knows the address can call it, so it is shown privately. */
export function beatAddress(
  { spec, beatTokens, baseUrl }: BeatDeps,
  key: string,
): Outcome<string, 'no-heartbeat' | 'no-secret'> {
  const check = spec.current().checks.find((one) => one.key === key);
  if (check?.kind !== 'heartbeat') {
    return refused('no-heartbeat', `\`${key}\` is no heartbeat: Mainstay asks for it itself.`);
  }
  const token = beatTokens.of(key);
  if (token === null) {
    return refused('no-secret', 'Set HOOK_SECRET in Mainstay’s environment: addresses of heartbeats follow from it.');
  }
  return done(`${baseUrl ?? ''}/beat/${token}`);
}
