import { incidentSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { tellChangeAndTopic } from './announce.ts';
import { type Decided, eventNow, type Situation } from './decision.ts';
import { emptyText } from './refusals.ts';
import type { Incident } from './state.ts';
import { refusalFor } from './transitions.ts';

/** The post-mortem is out; `link` says where it can be read, null when it lives only here. */
export function decidePublish(
  incident: Incident,
  input: { readonly link: string | null },
  situation: Situation,
): Decided {
  const refusal = refusalFor('document', incident);
  if (refusal !== null) return refusal;
  const link = input.link === null ? null : cleaned(input.link);
  if (link !== null && !/^https?:\/\/[^\s<>|]+$/.test(link)) {
    return refused('bad-link', `"${link}" is not a link; write one that begins with https://.`, 'link');
  }
  const event = eventNow(situation, { kind: 'incident.documented', how: 'published', link });
  return done({ events: [event], deliveries: tellChangeAndTopic(incident, event) });
}

/** Nobody will write a post-mortem, for a reason, and a named person answers for that. */
export function decideWaive(incident: Incident, input: { readonly reason: string }, situation: Situation): Decided {
  const refusal = refusalFor('document', incident);
  if (refusal !== null) return refusal;
  const { actor } = situation;
  if (actor.kind !== 'slack' && actor.kind !== 'cli') {
    return refused('no-person', 'Only a person can waive a post-mortem.');
  }
  const reason = cleaned(input.reason);
  const id = incidentSubject(incident.number);
  if (reason === '') return emptyText('why none is needed', `/postmortem waive ${id} <reason>`, 'reason');
  const event = eventNow(situation, { kind: 'incident.documented', how: 'waived', reason, approver: actor.user });
  return done({ events: [event], deliveries: tellChangeAndTopic(incident, event) });
}
