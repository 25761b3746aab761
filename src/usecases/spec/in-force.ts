import type { Actor } from '../../domain/actor.ts';
import { SPEC_SUBJECT } from '../../domain/event.ts';
import { specLoaded } from '../../domain/spec/in-force.ts';
import type { Clock, Store } from '../ports.ts';
import type { RunningSpec, SpecInstance, SpecLog, SpecVersion } from '../spec-port.ts';

/** What every verb of the spec works with. */
export interface SpecDeps {
  readonly store: Pick<Store, 'once'>;
  readonly clock: Clock;
  readonly running: RunningSpec;
  readonly specs: SpecLog;
  /** This process among those that run Mainstay. */
  readonly instance: Pick<SpecInstance, 'id' | 'place'>;
}

/** What putting a spec into force came to. */
export interface InForce {
  /** Its place in the chain SPEC. */
  readonly seq: number;
  readonly hash: string;
  /** False when this very text was in force already. */
  readonly changed: boolean;
  /** As in `SpecEvent`; empty when it was in force already. */
  readonly changes: readonly string[] | null;
}

/**
 * Puts a spec into force: on record first, then this instance runs it, then what is open in Slack is drawn anew. The
 * other instances follow (`followSpec`). A text that is in force already is no new entry.
 */
export async function putInForce(
  deps: SpecDeps,
  actor: Actor,
  requestKey: string | null,
  version: SpecVersion,
): Promise<InForce> {
  const { store, clock, running } = deps;
  const { hash, spec } = version;
  const inForce = await store.once<InForce>(requestKey, async (tx) => {
    const before = await tx.specInForce();
    if (before?.hash === hash) return { seq: before.seq, hash, changed: false, changes: [] };
    const now = clock.now();
    const earlier = before === null ? null : { hash: before.hash, spec: running.understand(before.text) };
    const body = specLoaded(earlier, { hash, spec });
    await tx.keepSpec(version, actor);
    await tx.save({ events: [{ subject: SPEC_SUBJECT, draft: { actor, occurredAt: now, recordedAt: now, body } }] });
    return { seq: (before?.seq ?? 0) + 1, hash, changed: true, changes: body.changes };
  });
  await runHere(deps, version, inForce.changed);
  return inForce;
}

/**
 * This instance runs it from now on. What is open is drawn anew only then: whoever draws it reads the spec that runs.
 *
 * @param anew draws it even if this instance ran the text already, as one does that has just started
 */
export async function runHere(deps: SpecDeps, version: SpecVersion, anew = false): Promise<void> {
  const { store, running, specs, instance } = deps;
  const isOther = running.running().hash !== version.hash;
  running.run(version);
  if (isOther || anew) {
    await store.once(null, async (tx) => {
      const keys = await tx.openMessages();
      if (keys.length > 0)
        await tx.save({ events: [], deliveries: keys.map((key) => ({ kind: 'render', key, anew: true })) });
    });
  }
  await specs.beat({ ...instance, hash: version.hash, fault: null });
}
