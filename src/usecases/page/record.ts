import { pageSubject } from '../../domain/event.ts';
import { type AttemptEnd, endAttempt } from '../../domain/page/attempt.ts';
import type { PageDeps } from './change.ts';
import { writeOf } from './change.ts';

/** Writes down what became of one attempt. Again changes nothing. */
export function recordAttempt(deps: PageDeps, input: AttemptEnd & { readonly page: number }): Promise<void> {
  const { page: number, ...end } = input;
  return deps.store.once(null, async (tx) => {
    const page = await tx.page(number);
    if (page === null) throw new Error(`${pageSubject(number)} was to be sent and is not there`);
    const situation = {
      actor: { kind: 'system', job: 'page' } as const,
      now: deps.clock.now(),
      spec: deps.spec.current(),
    };
    const decision = endAttempt(page, end, situation);
    if (decision !== null) await tx.save(writeOf(page, number, decision));
  });
}
