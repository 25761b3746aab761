import { runSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { type RunDecided, type RunSituation, runEventNow } from './decision.ts';
import type { DutyRun } from './run.ts';
import { showRun } from './tell.ts';
import { runRefusalFor } from './transitions.ts';

/** Exactly these steps of the checklist are ticked from now on. */
export function decideTick(
  run: DutyRun,
  input: { /** Positions, from 0. */ readonly items: readonly number[] },
  situation: RunSituation,
): RunDecided {
  const refusal = runRefusalFor('tick', run);
  if (refusal !== null) return refusal;
  const id = runSubject(run.number);
  const items = [...new Set(input.items)].sort((a, b) => a - b);
  const strange = items.find((item) => run.checklist[item] === undefined);
  if (strange !== undefined) {
    const steps = run.checklist.length;
    return refused('no-such-item', `${id} has no step ${strange + 1}: its checklist has ${steps}.`, 'items');
  }
  if (items.join() === run.ticked.join()) return refused('same-items', `Those steps of ${id} are ticked already.`);
  const event = runEventNow(situation, { kind: 'run.ticked', items });
  return done({ events: [event], deliveries: showRun(run) });
}
