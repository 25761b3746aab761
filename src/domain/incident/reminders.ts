import type { Delivery, Destination, Message } from '../delivery.ts';
import { type UpdateReminder, updateReminder } from './cadence.ts';
import { type Decision, eventNow, type Situation } from './decision.ts';
import { type PostmortemReminder, type PostmortemStage, postmortemReminder } from './postmortem-due.ts';
import type { Incident } from './state.ts';

/** What was decided about a reminder: always the reason, and what is written when somebody is told. */
export interface Reminded<Reason extends string> {
  readonly reason: Reason;
  readonly decision: Decision | null;
}

/** Tells whoever owes the next status update that it is overdue, or says why not. */
export function decideUpdateReminder(incident: Incident, situation: Situation): Reminded<UpdateReminder['reason']> {
  const reminder = updateReminder(incident, situation.spec, situation.now);
  if (reminder.tell === null) return { reason: reminder.reason, decision: null };
  const { number, owner } = incident;
  const { dueAt, tell } = reminder;
  const event = eventNow(situation, {
    kind: 'incident.update_overdue',
    dueAt,
    told: tell,
    nextCheckAt: reminder.nextCheckAt.toISOString(),
  });
  const to: Destination = tell === 'owner' && owner !== null ? { to: 'user', user: owner } : { to: 'incident', number };
  const deliveries: Delivery[] = [
    { kind: 'post', to, message: { type: 'update-overdue', incident: number, dueAt, audience: tell, owner } },
    { kind: 'render', key: `incident:${number}:card` },
  ];
  return { reason: reminder.reason, decision: { events: [event], deliveries } };
}

/** Asks for a post-mortem that is owed, or says why not. */
export function decidePostmortemReminder(
  incident: Incident,
  situation: Situation,
): Reminded<PostmortemReminder['reason']> {
  const reminder = postmortemReminder(incident, situation.now);
  if (reminder.say === null) return { reason: reminder.reason, decision: null };
  const { say: stage, dueAt } = reminder;
  const { number, title } = incident;
  const message: Message = { type: 'postmortem-due', incident: number, title, dueAt, stage };
  const deliveries = placesToAsk(incident, stage, situation).map((to): Delivery => ({ kind: 'post', to, message }));
  const event = eventNow(situation, { kind: 'incident.postmortem_reminded', dueAt, stage });
  return { reason: reminder.reason, decision: { events: [event], deliveries } };
}

/** The owner each time, the incident's channel when it is due, the managers when it is long overdue. */
function placesToAsk({ owner, number }: Incident, stage: PostmortemStage, { spec }: Situation): Destination[] {
  const person: Destination[] = owner === null ? [] : [{ to: 'user', user: owner }];
  const channel: Destination = { to: 'incident', number };
  switch (stage) {
    case 'half-time':
      return owner === null ? [channel] : person;
    case 'due':
      return [...person, channel];
    case 'overdue':
      return [...person, { to: 'channel', channel: spec.incident.managersChannel }];
  }
}
