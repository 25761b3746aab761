import { nextMode, notRunReason, type StartReason } from './attempt.ts';
import type { RunSituation } from './decision.ts';
import type { RunEvent } from './events.ts';
import { type AttemptResult, decideFinish } from './finish.ts';
import type { DutyRun } from './run.ts';

/** What Mainstay does about a run that falls due, or why it does nothing. */
export function startWhenDue(run: DutyRun, situation: RunSituation): RunEvent[] {
  if (run.action === null) return [];
  const reason = notRunReason(run, situation.spec);
  return [reason === null ? started(run, 'due', situation) : { kind: 'run.not-run', reason }];
}

/** It is put in the queue: to be done, or to say what would be done where somebody must agree first. */
export function started(run: DutyRun, why: StartReason, situation: RunSituation): RunEvent {
  return { kind: 'run.started', mode: nextMode(run, situation), why };
}

/** Why an attempt that waited for its turn is not made; null when it is. */
export function notBegunReason(run: DutyRun, situation: RunSituation): string | null {
  const reason = notRunReason(run, situation.spec);
  if (reason !== null) return reason;
  const isAgreed = run.attempt?.mode === 'preview' || nextMode(run, situation) === 'run';
  return isAgreed ? null : 'What it works on has changed since it was approved: run it again for a new preview';
}

/** An attempt that came to no end that anybody knows of. */
export function decideInterrupted(run: DutyRun, summary: string, situation: RunSituation) {
  const since = run.attempt?.begunAt ?? run.attempt?.startedAt;
  const took = since === undefined ? 0 : Math.max(0, situation.now.getTime() - Date.parse(since));
  const result: AttemptResult = { outcome: 'interrupted', summary, output: '', took };
  return decideFinish(run, result, situation);
}
