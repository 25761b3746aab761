import type { Actor } from '../../src/domain/actor.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import type { EventDraft, StoredEvent } from '../../src/domain/event.ts';
import { incidentSubject } from '../../src/domain/event.ts';
import { apply } from '../../src/domain/incident/apply.ts';
import { decideClose } from '../../src/domain/incident/close.ts';
import type { Decided, Situation } from '../../src/domain/incident/decision.ts';
import { type Declaration, decideDeclare } from '../../src/domain/incident/declare.ts';
import { decidePublish } from '../../src/domain/incident/document.ts';
import type { IncidentEvent } from '../../src/domain/incident/events.ts';
import { decideMitigate } from '../../src/domain/incident/mitigate.ts';
import { decideResolve } from '../../src/domain/incident/resolve.ts';
import { decideSetOwner } from '../../src/domain/incident/set-owner.ts';
import { decideSetSeverity } from '../../src/domain/incident/set-severity.ts';
import type { Incident, IncidentStatus } from '../../src/domain/incident/state.ts';
import { done } from '../../src/domain/outcome.ts';
import { alice, bob, incidentSpec, now } from './incident-spec.ts';

/** One incident and all that was written about it, told step by step with a clock of its own. */
export interface Story {
  incident: Incident | null;
  readonly events: StoredEvent<IncidentEvent>[];
  /** What the last step promised. */
  deliveries: readonly Delivery[];
  now: Date;
  actor: Actor;
  spec: Situation['spec'];
}

export function newStory(): Story {
  return { incident: null, events: [], deliveries: [], now, actor: { kind: 'slack', user: alice }, spec: incidentSpec };
}

export const aDeclaration: Declaration = {
  title: 'Checkout is down',
  severity: null,
  category: null,
  service: null,
  description: '',
  origin: null,
};

/** Takes one step; what is refused is returned and changes nothing. */
export function step(story: Story, decide: (incident: Incident, situation: Situation) => Decided): Decided {
  if (story.incident === null) throw new Error('declare first');
  return write(story, decide(story.incident, situationOf(story)));
}

export function declare(story: Story, declaration: Partial<Declaration> = {}): Decided {
  const decided = decideDeclare({ ...aDeclaration, ...declaration }, situationOf(story));
  return decided.ok ? write(story, done(decided.value(1))) : decided;
}

/** Writes events that no verb decides, such as reminders. */
export function record(story: Story, drafts: readonly EventDraft<IncidentEvent>[]): void {
  for (const draft of drafts) {
    const seq = story.events.length + 1;
    const stored = { ...draft, subject: incidentSubject(1), seq, kind: draft.body.kind };
    story.events.push(stored);
    story.incident = apply(story.incident, stored);
  }
}

/** The incident of the story, which must have been declared. */
export function incidentOf(story: Story): Incident {
  if (story.incident === null) throw new Error('nothing was declared');
  return story.incident;
}

/** A story that has come as far as this state: a SEV1 from assessed on, owned by Bob from assigned on. */
export function storyAt(status: IncidentStatus): Story {
  const story = newStory();
  declare(story);
  const steps: [IncidentStatus, (incident: Incident, situation: Situation) => Decided][] = [
    ['assessed', (incident, situation) => decideSetSeverity(incident, { to: 'SEV1', reason: '' }, situation)],
    ['assigned', (incident, situation) => decideSetOwner(incident, { owner: bob }, situation)],
    ['mitigating', (incident, situation) => decideMitigate(incident, { text: 'Rolling back' }, situation)],
    ['resolved', (incident, situation) => decideResolve(incident, { summary: 'Rolled back' }, situation)],
    ['documented', (incident, situation) => decidePublish(incident, { link: null }, situation)],
    ['closed', (incident, situation) => decideClose(incident, situation)],
  ];
  for (const [reached, decide] of steps) {
    if (incidentOf(story).status === status) break;
    const decided = step(story, decide);
    if (!decided.ok) throw new Error(`no way to ${reached}: ${decided.refusal.message}`);
  }
  return story;
}

function situationOf(story: Story): Situation {
  return { actor: story.actor, now: story.now, spec: story.spec };
}

function write(story: Story, decided: Decided): Decided {
  if (!decided.ok) return decided;
  record(story, decided.value.events);
  story.deliveries = decided.value.deliveries;
  return decided;
}
