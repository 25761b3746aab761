import type { Decided, Situation } from '../../src/domain/incident/decision.ts';
import { decideMitigate } from '../../src/domain/incident/mitigate.ts';
import { decideNote } from '../../src/domain/incident/note.ts';
import { decidePin, decideUnpin } from '../../src/domain/incident/pin.ts';
import { decideUpdate } from '../../src/domain/incident/post-update.ts';
import { decideUpdateReminder } from '../../src/domain/incident/reminders.ts';
import { decideReopen } from '../../src/domain/incident/reopen.ts';
import { decideResolve } from '../../src/domain/incident/resolve.ts';
import { decideSetOwner } from '../../src/domain/incident/set-owner.ts';
import { decideSetSeverity } from '../../src/domain/incident/set-severity.ts';
import type { Incident } from '../../src/domain/incident/state.ts';
import { draftPostmortem } from '../../src/domain/postmortem/draft.ts';
import { FactCollector } from '../../src/domain/postmortem/facts.ts';
import type { PostmortemDraft } from '../../src/domain/postmortem/format.ts';
import { alice, bob, charlie, minutesLater, now } from './incident-spec.ts';
import { declare, incidentOf, newStory, record, type Story, step } from './incident-story.ts';

/** Slack's id of a message posted so many minutes after the declaration. */
const tsAt = (minutes: number) => `${minutesLater(minutes).getTime() / 1000}.000100`;

const message = (minutes: number, text: string, author: string | null = charlie) => {
  const ts = tsAt(minutes);
  return { channel: 'C0INC1', ts, author, text, permalink: `https://acme.slack.com/archives/C0INC1/p${minutes}` };
};

/**
 * An incident with everything in it, minute by minute after the declaration: SEV3, seen to be a SEV1, an overdue update,
 * two pinned messages of which one is taken back, resolved at 60, reopened at 90, resolved at 100.
 */
export function wholeStory(): Story {
  const story = newStory();
  declare(story, { severity: 'SEV3', service: 'checkout', description: 'Cards are <b>refused</b> & carts are lost' });
  const at = (minute: number, user: string, decide: (incident: Incident, situation: Situation) => Decided) => {
    story.now = minutesLater(minute);
    story.actor = { kind: 'slack', user };
    const decided = step(story, decide);
    if (!decided.ok) throw new Error(decided.refusal.message);
  };
  at(4, bob, (incident, situation) =>
    decideSetSeverity(incident, { to: 'SEV1', reason: 'Half of the users' }, situation),
  );
  at(6, alice, (incident, situation) => decideSetOwner(incident, { owner: bob }, situation));
  at(8, charlie, (incident, situation) =>
    decideNote(incident, { text: 'Deployed 4.2.2 | *by hand*', at: minutesLater(-9) }, situation),
  );
  const system = { kind: 'system', job: 'test' } as const;
  const reminder = decideUpdateReminder(incidentOf(story), { actor: system, now: minutesLater(19), spec: story.spec });
  record(story, reminder.decision?.events ?? []);
  at(20, bob, (incident, situation) => decideUpdate(incident, { text: 'Rolling back; <@U0CHARLIE> helps' }, situation));
  at(21, alice, (incident, situation) =>
    decidePin(incident, { message: message(18, 'It is the cache'), by: alice }, situation),
  );
  at(22, bob, (incident, situation) =>
    decidePin(incident, { message: message(18, 'It is the cache'), by: bob }, situation),
  );
  at(23, alice, (incident, situation) => decidePin(incident, { message: message(19, 'Lunch?'), by: alice }, situation));
  at(24, alice, (incident, situation) =>
    decideUnpin(incident, { channel: 'C0INC1', ts: tsAt(19), by: alice }, situation),
  );
  at(25, bob, (incident, situation) => decideMitigate(incident, { text: 'Rolling back to 4.2.1' }, situation));
  at(60, bob, (incident, situation) => decideResolve(incident, { summary: 'Rolled back' }, situation));
  at(90, alice, (incident, situation) => decideReopen(incident, { reason: 'It is back' }, situation));
  at(100, bob, (incident, situation) => decideResolve(incident, { summary: 'Cache emptied' }, situation));
  return story;
}

/** What the log of a story says, drawn so many minutes after the declaration. */
export function draftOf(story: Story, minutes = 120): PostmortemDraft {
  const collector = new FactCollector();
  for (const event of story.events) collector.add(event);
  const facts = collector.facts();
  const names = new Map([
    [alice, 'Alice'],
    [bob, 'Bob <bob@example.com>'],
  ]);
  const at = minutesLater(minutes, now);
  return { facts, document: draftPostmortem(facts, at), names, at };
}
