import type { Delivery } from '../delivery.ts';
import type { DutyRun } from './run.ts';

/** So many are named; of the others the number is enough. */
const NAMED = 10;

/**
 * One message for each team whose runs ended before anybody was asked, because Mainstay was not running: what they are and
 * how many, instead of a card for each.
 *
 * @param runs as they are now; those that ended otherwise, or not at all, are left out
 */
export function wordAfterOutage(runs: readonly DutyRun[]): Delivery[] {
  const unasked = runs.filter(({ end }) => end?.how === 'missed' && !end.asked);
  const teams = Map.groupBy(unasked, ({ owner, channel }) => `${owner} ${channel}`);
  return [...teams.values()].flatMap((own): Delivery[] => {
    const [first] = own;
    if (first === undefined) return [];
    const named = own.slice(0, NAMED).map(({ number, title, dueAt }) => ({ run: number, title, dueAt }));
    return [
      {
        kind: 'post',
        to: { to: 'channel', channel: first.channel },
        message: { type: 'runs-missed', owner: first.owner, count: own.length, runs: named },
      },
    ];
  });
}
