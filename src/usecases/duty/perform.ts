import type { AttemptResult } from '../../domain/duty/finish.ts';
import { keptOutput, keptSummary } from '../../domain/duty/output.ts';
import type { DutyRun } from '../../domain/duty/run.ts';
import type { DutyAction } from '../../domain/spec/action.ts';
import { formatDuration } from '../../domain/spec/duration.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import type { ActionContext, ActionOutcome, CarryOut, ConnectedTarget } from '../action-port.ts';
import type { DutyDeps } from './change.ts';
import { markOf, targetOf } from './place.ts';

export interface AttemptDeps extends DutyDeps {
  readonly carryOut: CarryOut;
  /** Takes out of an output what nobody may read. */
  readonly redact: (text: string) => string;
}

/** What is said of an attempt of which nobody knows how far it came. */
export const INTERRUPTED = 'Mainstay ended in the middle of it';

/** An action that was told to end has this long for it, in milliseconds: less than a process has to stop. */
const MOST_TO_END = 9_000;

/** Carries the action out within its time where this spec has its target, and says how that went. */
export async function perform(
  deps: AttemptDeps,
  run: DutyRun,
  spec: OperationsSpec,
  over: AbortSignal,
): Promise<AttemptResult> {
  const { action } = run;
  const mode = run.attempt?.mode ?? 'run';
  const target = action === null ? null : targetOf(action, spec);
  const began = deps.clock.now();
  const { outcome, summary, output } =
    action === null ? couldNotRun('The spec says nothing to run') : await within(deps, action, { mode, target }, over);
  const took = Math.max(0, deps.clock.now().getTime() - began.getTime());
  const { redact } = deps;
  const place = mode === 'preview' && target !== null ? { place: await markOf(target) } : {};
  return { outcome, summary: keptSummary(redact(summary)), output: keptOutput(redact(output)), took, ...place };
}

type Ended = Pick<AttemptResult, 'outcome' | 'summary' | 'output'>;

async function within(
  deps: AttemptDeps,
  action: DutyAction,
  { mode, target }: Pick<ActionContext, 'mode'> & { readonly target: ConnectedTarget | null },
  over: AbortSignal,
): Promise<Ended> {
  const timeUp = AbortSignal.timeout(action.timeout);
  const signal = AbortSignal.any([timeUp, over]);
  const ended = await ending(
    // Also what is thrown before there is a promise is an outcome.
    async () => deps.carryOut(action, target, { signal, mode, now: deps.clock.now() }),
    signal,
  );
  if (ended.outcome === 'succeeded' || !signal.aborted) return ended;
  if (over.aborted) return { outcome: 'interrupted', summary: INTERRUPTED, output: ended.output };
  const summary = `It was stopped after ${formatDuration(action.timeout)}: its time was up`;
  return { outcome: 'failed', summary, output: ended.output };
}

/** The outcome; of an action that throws, or does not end when it is told to, what is to be said of that. */
async function ending(carryOut: () => Promise<ActionOutcome>, signal: AbortSignal): Promise<ActionOutcome> {
  const patience = Promise.withResolvers<ActionOutcome>();
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    const given = { outcome: 'failed', summary: 'It did not end when it was told to', output: '' } as const;
    timer = setTimeout(() => patience.resolve(given), MOST_TO_END);
  };
  if (signal.aborted) wait();
  else signal.addEventListener('abort', wait, { once: true });
  try {
    return await Promise.race([carryOut(), patience.promise]);
  } catch (error) {
    return couldNotRun(error instanceof Error ? error.message : String(error));
  } finally {
    signal.removeEventListener('abort', wait);
    clearTimeout(timer);
  }
}

function couldNotRun(summary: string): ActionOutcome {
  return { outcome: 'could-not-run', summary, output: '' };
}
