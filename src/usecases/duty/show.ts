import type { RunEvent } from '../../domain/duty/events.ts';
import { type RunRefusal, unknownRun } from '../../domain/duty/refusals.ts';
import type { DutyRun } from '../../domain/duty/run.ts';
import type { StoredEvent } from '../../domain/event.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { DutyDeps } from './change.ts';

/** One run as it is now, and what happened to it, in order. */
export async function showRun(
  deps: Pick<DutyDeps, 'store'>,
  number: number,
): Promise<Outcome<{ readonly run: DutyRun; readonly events: readonly StoredEvent<RunEvent>[] }, RunRefusal>> {
  const run = await deps.store.run(number);
  if (run === null) return unknownRun(number);
  const events: StoredEvent<RunEvent>[] = [];
  for await (const event of deps.store.runEvents(number)) events.push(event);
  return done({ run, events });
}
