import { ACCESS_SUBJECT } from '../../domain/event.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import { notPermitted } from '../permit.ts';
import type { Caller } from '../ports.ts';
import { type InForce, putInForce, type SpecDeps } from './in-force.ts';
import { previewSpec, type SpecPreview } from './preview.ts';

/** What asking for the reload came to. */
export type SpecReloaded =
  | ({ readonly kind: 'in-force' } & InForce)
  /** Nothing was done: the file has faults, or is not the one that was agreed to. This is what it holds now. */
  | { readonly kind: 'refused'; readonly why: 'faults' | 'another-file'; readonly preview: SpecPreview };

/** What reloading would bring, for whoever may reload. */
export async function askReload(deps: SpecDeps, caller: Caller): Promise<Outcome<SpecPreview, 'not-permitted'>> {
  return (await refusalOf(deps, caller)) ?? done(await previewSpec(deps));
}

/**
 * Reads the spec file and puts it into force; one with faults leaves what runs in place.
 *
 * @param agreed hash of the file that was shown and agreed to: another one is refused, because a spec can name commands to
 *   run. Null where whoever asks has the keys of the house.
 */
export async function reloadSpec(
  deps: SpecDeps,
  caller: Caller,
  agreed: string | null,
): Promise<Outcome<SpecReloaded, 'not-permitted'>> {
  const refusal = await refusalOf(deps, caller);
  if (refusal !== null) return refusal;
  const read = deps.running.read();
  if (!read.ok) return done({ kind: 'refused', why: 'faults', preview: await previewSpec(deps) });
  if (agreed !== null && read.version.hash !== agreed)
    return done({ kind: 'refused', why: 'another-file', preview: await previewSpec(deps) });
  return done({ kind: 'in-force', ...(await putInForce(deps, caller.actor, caller.requestKey, read.version)) });
}

/** Null when the caller may; a refusal is written down before it is given. */
async function refusalOf({ store, clock, running }: SpecDeps, caller: Caller) {
  const refusal = notPermitted(running.current(), 'ops.spec', caller, clock.now());
  if (refusal === null) return null;
  return store.once(caller.requestKey, async (tx) => {
    await tx.save({ events: [{ subject: ACCESS_SUBJECT, draft: refusal.event }] });
    return refusal.answer;
  });
}
