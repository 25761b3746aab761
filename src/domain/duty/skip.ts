import { runSubject } from '../event.ts';
import { done } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { type RunDecided, type RunSituation, runEventNow } from './decision.ts';
import { emptyRunText } from './refusals.ts';
import type { DutyRun } from './run.ts';
import { showRun } from './tell.ts';
import { runRefusalFor } from './transitions.ts';

/** This occurrence will not be done, for a reason. The next one is asked for as ever. */
export function decideSkip(run: DutyRun, input: { readonly reason: string }, situation: RunSituation): RunDecided {
  const refusal = runRefusalFor('skip', run);
  if (refusal !== null) return refusal;
  const reason = cleaned(input.reason);
  const usage = `/maintenance skip ${runSubject(run.number)} <reason>`;
  if (reason === '') return emptyRunText('why it is skipped', usage, 'reason');
  const event = runEventNow(situation, { kind: 'run.skipped', reason });
  return done({ events: [event], deliveries: showRun(run) });
}
