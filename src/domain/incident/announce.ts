import type { Delivery } from '../delivery.ts';
import type { EventDraft } from '../event.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { IncidentEvent } from './events.ts';
import type { Severity } from './severity.ts';
import type { Incident } from './state.ts';

/** The channels an incident of this severity is announced in; the spec's announce channel where the severity names none. */
export function announceChannels(spec: OperationsSpec, severity: Severity | null): readonly string[] {
  const own = severity === null ? [] : spec.severities[severity].announce;
  return own.length > 0 ? [...new Set(own)] : [spec.incident.announceChannel];
}

/** A first announcement in each channel; it is edited in place from then on. */
export function announceIn(number: number, channels: readonly string[]): Delivery[] {
  return channels.map((channel) => ({
    kind: 'post',
    to: { to: 'channel', channel },
    message: { type: 'incident-announcement', incident: number },
    keep: `incident:${number}:announcement:${channel}`,
  }));
}

/** One line in the incident's own channel. */
export function sayInChannel(number: number, draft: EventDraft<IncidentEvent>): Delivery {
  const { body: event, actor, occurredAt } = draft;
  return {
    kind: 'post',
    to: { to: 'incident', number },
    message: { type: 'incident-event', incident: number, event, actor, occurredAt: occurredAt.toISOString() },
  };
}

/** Every announcement shows the latest state. */
export function renderAnnouncements(incident: Pick<Incident, 'number' | 'announcedIn'>): Delivery[] {
  const { number, announcedIn } = incident;
  return announcedIn.map((channel) => ({ kind: 'render', key: `incident:${number}:announcement:${channel}` }));
}

/** A change everybody should see: a line in the channel, and the card and the announcements as they are now. */
export function tellChange(incident: Incident, draft: EventDraft<IncidentEvent>): Delivery[] {
  return [
    sayInChannel(incident.number, draft),
    { kind: 'render', key: `incident:${incident.number}:card` },
    ...renderAnnouncements(incident),
  ];
}

/** As `tellChange`, for a change of what the channel's topic says: status, severity or owner. */
export function tellChangeAndTopic(incident: Incident, draft: EventDraft<IncidentEvent>): Delivery[] {
  return [...tellChange(incident, draft), { kind: 'topic', incident: incident.number }];
}
