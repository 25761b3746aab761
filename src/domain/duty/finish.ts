import type { Delivery } from '../delivery.ts';
import type { EventDraft } from '../event.ts';
import { follow } from './apply.ts';
import { type AttemptOutcome, againAt } from './attempt.ts';
import { type RunDecision, type RunSituation, runEventNow } from './decision.ts';
import type { RunEvent } from './events.ts';
import { type DutyRun, graceEndsAt } from './run.ts';
import { sayToOwner, showRun } from './tell.ts';

/** How an attempt ended; `output` is as it is kept (output.ts), `took` in milliseconds. */
export interface AttemptResult {
  readonly outcome: AttemptOutcome;
  readonly summary: string;
  readonly output: string;
  readonly took: number;
  /** See `Attempt`. */
  readonly place?: string;
}

type Finished = Extract<RunEvent, { kind: 'run.finished' }>;

/** Mainstay looks once a minute: what it began in the first one, it began in time. */
const MINUTE = 60_000;

/**
 * What follows from the end of the attempt that runs: where it succeeded and nothing is left for people, the run is done,
 * with what came of it as evidence; where it did not succeed the team is told. Contacts hear of it as of any run that is late.
 */
export function decideFinish(run: DutyRun, result: AttemptResult, situation: RunSituation): RunDecision {
  const finished = runEventNow(situation, { kind: 'run.finished' as const, ...result });
  const after = follow(run, run.number, [finished]);
  const events: EventDraft<RunEvent>[] = [finished];
  if (isDoneByItself(after)) events.push(runEventNow(situation, doneByItself(after)));
  return { events, deliveries: [...wordOf(after, finished), ...showRun(run)] };
}

function isDoneByItself({ attempt, checklist, ticked, evidence, evidenceKinds }: DutyRun): boolean {
  if (attempt?.mode !== 'run' || attempt.finished?.outcome !== 'succeeded') return false;
  return ticked.length === checklist.length && (evidence !== 'required' || evidenceKinds.includes('text'));
}

function doneByItself(run: DutyRun): RunEvent {
  const { summary = '', excerpt = '' } = run.attempt?.finished ?? {};
  const value = excerpt === '' ? summary : `${summary}\n${excerpt}`;
  const inTimeUntil = Math.max(graceEndsAt(run).getTime(), Date.parse(run.dueAt) + MINUTE);
  const late = Date.parse(run.attempt?.startedAt ?? run.dueAt) >= inTimeUntil;
  return { kind: 'run.done', evidence: [{ kind: 'text', value }], late };
}

/** A line in the team's channel, unless it succeeded, or is about to be tried again. @param run as it is after the event */
function wordOf(run: DutyRun, event: EventDraft<Finished>): Delivery[] {
  if (event.body.outcome === 'succeeded' || againAt(run) !== null) return [];
  // The card shows the output; a line of the channel needs none of it.
  return [sayToOwner(run, { ...event, body: { ...event.body, output: '' } })];
}
