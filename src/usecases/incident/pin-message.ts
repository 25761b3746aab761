import { decidePin } from '../../domain/incident/pin.ts';
import { refused } from '../../domain/outcome.ts';
import { fromSlack } from '../../domain/text/slack-text.ts';
import type { Caller, Directory } from '../ports.ts';
import { type Changed, changeIncident, type IncidentDeps } from './change.ts';

export interface Pin {
  readonly number: number;
  readonly channel: string;
  /** Slack's id of the message, also of a reply in a thread. */
  readonly ts: string;
  /** Slack user who pinned it. */
  readonly by: string;
}

/**
 * Puts a message on an incident's timeline, with its author, the time it was posted and its link. The message is
 * fetched before the transaction: no lock waits for Slack.
 */
export async function pinMessage(
  deps: IncidentDeps & { readonly directory: Directory },
  caller: Caller,
  { number, channel, ts, by }: Pin,
): Promise<Changed> {
  const found = await deps.directory.message(channel, ts);
  if (found === null) {
    return refused('no-message', 'That message cannot be read. Invite Mainstay to its channel, then pin it again.');
  }
  const { author, text, permalink } = found;
  const message = { channel, ts, author, text: fromSlack(text), permalink };
  return changeIncident(deps, caller, 'incident.update', number, (incident, situation) =>
    decidePin(incident, { message, by }, situation),
  );
}
