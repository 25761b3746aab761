import { incidentSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { renderAnnouncements } from './announce.ts';
import { type Decided, eventNow, type Situation } from './decision.ts';
import type { Incident } from './state.ts';

/** The incident's channel exists: from now on its announcements link to it. */
export function decideChannelOpened(
  incident: Incident,
  channel: { readonly id: string; readonly name: string },
  situation: Situation,
): Decided {
  if (incident.channel !== null) {
    const id = incidentSubject(incident.number);
    return refused('channel-known', `${id} already has its channel, #${incident.channel.name}.`);
  }
  const event = eventNow(situation, { kind: 'incident.channel_opened', channel: channel.id, name: channel.name });
  return done({ events: [event], deliveries: renderAnnouncements(incident) });
}
