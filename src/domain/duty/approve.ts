import { runSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { awaitsApproval, notRunReason } from './attempt.ts';
import { type RunDecided, type RunSituation, runEventNow } from './decision.ts';
import { emptyRunText, notConnected, type RunRefused } from './refusals.ts';
import type { DutyRun } from './run.ts';
import { showRun } from './tell.ts';
import { runRefusalFor } from './transitions.ts';

/** The preview that somebody has seen: `Attempt.number`. */
interface SeenPreview {
  readonly attempt: number;
}

/**
 * Agrees to what the preview says, and has it run. What runs is what was previewed, because both are what the run was planned
 * with; it is good for this run alone, and where the spec has its target elsewhere now, a new preview is needed.
 */
export function decideApprove(run: DutyRun, seen: SeenPreview, situation: RunSituation): RunDecided {
  const refusal = runRefusalFor('approve', run) ?? notThere(run, seen);
  if (refusal !== null) return refusal;
  if (situation.moved) {
    const id = runSubject(run.number);
    const again = `\`/maintenance run ${id}\` makes a new preview.`;
    return refused('other-preview', `What ${id} works on has changed since its preview was made: ${again}`);
  }
  const reason = notRunReason(run, situation.spec);
  if (reason !== null) return notConnected(runSubject(run.number), reason);
  const bodies = [{ kind: 'run.approved' }, { kind: 'run.started', mode: 'run', why: 'approved' }] as const;
  return done({ events: bodies.map((body) => runEventNow(situation, body)), deliveries: showRun(run) });
}

/** Refuses what the preview says, for a reason: nothing is run, and people see to it. */
export function decideDecline(run: DutyRun, input: { readonly reason: string }, situation: RunSituation): RunDecided {
  const refusal = runRefusalFor('decline', run) ?? notThere(run, { attempt: run.attempt?.number ?? 0 });
  if (refusal !== null) return refusal;
  const reason = cleaned(input.reason);
  if (reason === '') return emptyRunText('why it is not to run', 'the button *Decline* on its card', 'reason');
  return done({ events: [runEventNow(situation, { kind: 'run.declined', reason })], deliveries: showRun(run) });
}

function notThere(run: DutyRun, { attempt }: SeenPreview): RunRefused | null {
  const id = runSubject(run.number);
  if (!awaitsApproval(run)) return refused('nothing-to-approve', `${id} has nothing that waits for approval.`);
  if (run.attempt?.number === attempt) return null;
  return refused('other-preview', `${id} has a newer preview: look at its card again.`);
}
