import type { Check } from '../spec/watching.ts';
import { byKey } from './by-key.ts';
import type { Pulse } from './pulse.ts';
import { type CheckState, isDown } from './state.ts';

/** What is known of one check: its state as people were told, and what its samples come to by now. */
interface Known {
  readonly check: Check;
  readonly state: CheckState;
  readonly pulse: Pulse;
}

export type KnownChecks = ReadonlyMap<string, Known>;

/** Every check that this one depends on, near ones first, each once. */
export function dependenciesOf(key: string, checks: readonly Pick<Check, 'key' | 'dependsOn'>[]): string[] {
  const index = byKey(checks);
  const found: string[] = [];
  const add = (from: string) => {
    for (const next of index.get(from)?.dependsOn ?? []) {
      if (next === key || found.includes(next)) continue;
      found.push(next);
      add(next);
    }
  };
  add(key);
  return found;
}

/** What a failing check's dependencies say about it. */
export type Blame =
  /** This one is down: it is the one to tell of. */
  | { readonly kind: 'held'; readonly because: string }
  /** These were not looked at since the failing began: their answer decides. */
  | { readonly kind: 'ask-first'; readonly keys: readonly string[] }
  | { readonly kind: 'own' };

/**
 * Whose fault is it that a check fails? A dependency is down once it is told of, and also when its last answers were bad: that
 * may be the beginning. Of several the one to blame is the one whose own dependencies are well. One that cannot be asked
 * takes no blame.
 *
 * @param since when the failing began
 */
export function blame(keys: readonly string[], known: KnownChecks, since: string): Blame {
  const dependencies = keys.flatMap((key) => known.get(key) ?? []);
  const down = dependencies.filter(({ state, pulse }) => isDown(state) || pulse.bad !== null);
  const isDownKey = (key: string) => down.some(({ check }) => check.key === key);
  const root = down.find(({ check }) => !check.dependsOn.some(isDownKey)) ?? down[0];
  if (root !== undefined) return { kind: 'held', because: root.check.key };
  const unasked = dependencies.filter(({ check, pulse }) => {
    return check.kind !== 'heartbeat' && (pulse.last === null || pulse.last.at < since);
  });
  return unasked.length === 0 ? { kind: 'own' } : { kind: 'ask-first', keys: unasked.map(({ check }) => check.key) };
}
