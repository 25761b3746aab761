import type { Delivery } from '../delivery.ts';
import { incidentSubject } from '../event.ts';
import { done } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { tellChangeAndTopic } from './announce.ts';
import { follow } from './apply.ts';
import { type Decided, eventNow, type Situation } from './decision.ts';
import { emptyText } from './refusals.ts';
import type { Incident } from './state.ts';
import { summaryOf } from './summary.ts';
import { refusalFor } from './transitions.ts';

/** The service is back. The post-mortem's time runs from here, and the managers read what happened in one screen. */
export function decideResolve(incident: Incident, input: { readonly summary: string }, situation: Situation): Decided {
  const refusal = refusalFor('resolve', incident);
  if (refusal !== null) return refusal;
  const summary = cleaned(input.summary);
  const id = incidentSubject(incident.number);
  if (summary === '') return emptyText('in a sentence what ended it', `/incident resolve ${id} <summary>`, 'summary');

  const event = eventNow(situation, {
    kind: 'incident.resolved',
    summary,
    postmortemDueAt: postmortemDue(incident, situation),
  });
  const resolved = follow(incident, incident.number, [event]);
  const toManagers: Delivery = {
    kind: 'post',
    to: { to: 'channel', channel: situation.spec.incident.managersChannel },
    message: { type: 'resolution-summary', summary: summaryOf(resolved, situation.actor, situation.now) },
  };
  return done({ events: [event], deliveries: [...tellChangeAndTopic(incident, event), toManagers] });
}

function postmortemDue(incident: Incident, { spec, now }: Situation): string | null {
  const owed = incident.severity === null ? null : spec.severities[incident.severity].postmortem;
  return owed === null ? null : new Date(now.getTime() + owed.due).toISOString();
}
