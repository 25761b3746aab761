import { ACCESS_SUBJECT } from '../../domain/event.ts';
import { done, type Outcome, refused } from '../../domain/outcome.ts';
import { notPermitted } from '../permit.ts';
import type { Caller, Clock, SpecSource, Store } from '../ports.ts';
import type { PromiseQueue, QueuedPromise } from '../queue-port.ts';

/** As many as fit one screen. */
const MOST = 15;

export interface QueueDeps {
  readonly store: Pick<Store, 'once'>;
  readonly queue: PromiseQueue;
  readonly clock: Clock;
  readonly spec: SpecSource;
}

type QueueRefusal = 'not-permitted' | 'not-undeliverable';

/** What waits to be said in Slack, and what could not be said. */
export interface QueueState {
  readonly counts: Readonly<Record<QueuedPromise['status'], number>>;
  readonly first: readonly QueuedPromise[];
}

/** The promises to Slack that are not kept yet. */
export async function showQueue(deps: QueueDeps, caller: Caller): Promise<Outcome<QueueState, QueueRefusal>> {
  const refusal = await refusalOf(deps, caller);
  if (refusal !== null) return refusal;
  const [counts, first] = await Promise.all([deps.queue.counts(), deps.queue.unkept(MOST)]);
  return done({ counts, first });
}

/** Tries an undeliverable promise again, after what stood in its way was mended. `id` is the number of its reference. */
export async function retryPromise(
  deps: QueueDeps,
  caller: Caller,
  { id }: { readonly id: string },
): Promise<Outcome<{ readonly id: string }, QueueRefusal>> {
  const refusal = await refusalOf(deps, caller);
  if (refusal !== null) return refusal;
  if (await deps.queue.putBack(id)) return done({ id });
  return refused(
    'not-undeliverable',
    `D-${id} is not undeliverable: it waits, was delivered, or never was. \`/ops queue\` shows what there is.`,
  );
}

/** Null when the caller may; a refusal is written down before it is given. */
async function refusalOf({ store, clock, spec }: QueueDeps, caller: Caller) {
  const refusal = notPermitted(spec.current(), 'ops.queue', caller, clock.now());
  if (refusal === null) return null;
  return store.once(caller.requestKey, async (tx) => {
    await tx.save({ events: [{ subject: ACCESS_SUBJECT, draft: refusal.event }] });
    return refusal.answer as Extract<Outcome<never, QueueRefusal>, { ok: false }>;
  });
}
