import { slackUser } from '../actor.ts';
import { runSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { type RunDecided, type RunSituation, runEventNow } from './decision.ts';
import type { DutyRun } from './run.ts';
import { showRun } from './tell.ts';
import { runRefusalFor } from './transitions.ts';

/**
 * Reminds the caller again at `until`. It is a promise to come back and no new due time: when the run is late, when it is
 * missed and who is told stays as it was, so that nobody can silence it for the others.
 */
export function decideSnooze(run: DutyRun, input: { readonly until: Date }, situation: RunSituation): RunDecided {
  const refusal = runRefusalFor('snooze', run);
  if (refusal !== null) return refusal;
  const { until } = input;
  const id = runSubject(run.number);
  if (slackUser(situation.actor) === null) return refused('no-person', `Only a Slack user can snooze ${id}.`);
  if (until <= situation.now) {
    return refused(
      'not-later',
      `${shown(until)} has passed: snooze ${id} until a time that is still to come.`,
      'until',
    );
  }
  if (run.missedAt !== null && until >= new Date(run.missedAt)) {
    const limit = shown(new Date(run.missedAt));
    return refused(
      'after-it-is-missed',
      `${id} counts as missed from ${limit} on: snooze it until before then.`,
      'until',
    );
  }
  const event = runEventNow(situation, { kind: 'run.snoozed', until: until.toISOString() });
  return done({ events: [event], deliveries: showRun(run) });
}

function shown(instant: Date): string {
  return `${instant.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
