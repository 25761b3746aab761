import { slackUser } from '../actor.ts';
import { runSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { type RunDecided, type RunSituation, runEventNow } from './decision.ts';
import type { DutyRun } from './run.ts';
import { showRun } from './tell.ts';
import { runRefusalFor } from './transitions.ts';

/** The caller does it. Somebody who had taken it is relieved: the card shows who has it now. */
export function decideTake(run: DutyRun, situation: RunSituation): RunDecided {
  const refusal = runRefusalFor('take', run);
  if (refusal !== null) return refusal;
  const by = slackUser(situation.actor);
  const id = runSubject(run.number);
  if (by === null) return refused('no-person', `Only a Slack user can take ${id}: type \`/maintenance take ${id}\`.`);
  if (run.takenBy === by) return refused('already-yours', `You have ${id} already.`);
  const event = runEventNow(situation, { kind: 'run.taken', from: run.takenBy, by });
  return done({ events: [event], deliveries: showRun(run) });
}
