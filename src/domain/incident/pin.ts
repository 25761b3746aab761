import { incidentSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { type Decided, eventNow, type Situation } from './decision.ts';
import type { PinnedMessage } from './events.ts';
import { holdersOf } from './pinned.ts';
import type { Incident } from './state.ts';
import { refusalFor } from './transitions.ts';

/** Our quiet answer to a pushpin: the message is on the timeline. */
const MARK = 'memo';

/**
 * Puts a message on the timeline at the time it was posted, with its author. Each further pushpin is recorded as one
 * more hold on the same entry: it shows once, and stays until the last hold is taken back.
 */
export function decidePin(
  incident: Incident,
  input: { readonly message: PinnedMessage; readonly by: string },
  situation: Situation,
): Decided {
  const refusal = refusalFor('pin', incident);
  if (refusal !== null) return refusal;
  const { by } = input;
  const message = { ...input.message, text: cleaned(input.message.text) };
  const holders = holdersOf(incident.pinned, message);
  if (holders.includes(by)) {
    const id = incidentSubject(incident.number);
    return refused('already-pinned', `You have already put this message on the timeline of ${id}.`);
  }
  const event = eventNow(situation, { kind: 'incident.message_pinned', message, by }, timeOfMessage(message.ts));
  const { channel, ts } = message;
  return done({
    events: [event],
    deliveries: holders.length === 0 ? [{ kind: 'react', channel, ts, name: MARK }] : [],
  });
}

/** Takes one person's hold back; with the last one the message leaves the timeline and every draft. */
export function decideUnpin(
  incident: Incident,
  input: { readonly channel: string; readonly ts: string; readonly by: string },
  situation: Situation,
): Decided {
  const refusal = refusalFor('pin', incident);
  if (refusal !== null) return refusal;
  const { channel, ts, by } = input;
  const holders = holdersOf(incident.pinned, input);
  if (!holders.includes(by)) {
    const id = incidentSubject(incident.number);
    return refused('not-pinned', `You have not put this message on the timeline of ${id}.`);
  }
  const event = eventNow(situation, { kind: 'incident.message_unpinned', channel, ts, by });
  return done({
    events: [event],
    deliveries: holders.length === 1 ? [{ kind: 'unreact', channel, ts, name: MARK }] : [],
  });
}

/** Slack's message id is the second it was posted, with six more digits to tell messages apart. */
function timeOfMessage(ts: string): Date {
  return new Date(Math.floor(Number(ts) * 1000));
}
