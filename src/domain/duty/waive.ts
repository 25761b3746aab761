import { runSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { type RunDecided, type RunSituation, runEventNow } from './decision.ts';
import { emptyRunText } from './refusals.ts';
import type { DutyRun } from './run.ts';
import { showRun } from './tell.ts';
import { runRefusalFor } from './transitions.ts';

/**
 * Exempts from it, for a reason, and a named person answers for that. With an expiry the waiver also covers the further
 * occurrences of the duty that fall due until then; after it they are asked for as ever.
 */
export function decideWaive(
  run: DutyRun,
  input: { readonly reason: string; readonly until: Date | null },
  situation: RunSituation,
): RunDecided {
  const refusal = runRefusalFor('waive', run);
  if (refusal !== null) return refusal;
  const { actor, now } = situation;
  const id = runSubject(run.number);
  if (actor.kind !== 'slack' && actor.kind !== 'cli') return refused('no-person', `Only a person can waive ${id}.`);
  const reason = cleaned(input.reason);
  if (reason === '') return emptyRunText('why it need not be done', `/maintenance waive ${id} <reason>`, 'reason');
  const { until } = input;
  if (until !== null && until <= now) {
    return refused('not-later', `A waiver of ${id} must expire at a time that is still to come.`, 'until');
  }
  const event = runEventNow(situation, {
    kind: 'run.waived',
    of: null,
    reason,
    approver: actor.user,
    until: until?.toISOString() ?? null,
  });
  return done({ events: [event], deliveries: showRun(run) });
}
