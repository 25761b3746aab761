import type { Delivery } from '../delivery.ts';
import type { EventDraft } from '../event.ts';
import { slackIdOf } from '../permissions.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { EscalationReason, RunEvent } from './events.ts';
import type { DutyRun } from './run.ts';

/** Every message that is edited in place shows the run as it is now. */
export function showRun(run: Pick<DutyRun, 'number' | 'askedAt' | 'announcedAt'>): Delivery[] {
  const { number } = run;
  const keys = [
    ...(run.askedAt === null ? [] : [`run:${number}:card` as const]),
    ...(run.announcedAt === null ? [] : [`run:${number}:announcement` as const]),
  ];
  return keys.map((key) => ({ kind: 'render', key }));
}

/** The card that asks the owner's channel, and is edited in place from then on. */
export function postCard({ number, channel }: Pick<DutyRun, 'number' | 'channel'>): Delivery {
  const message = { type: 'run-card' as const, run: number };
  return { kind: 'post', to: { to: 'channel', channel }, message, keep: `run:${number}:card` };
}

/** A line in the owner's channel. */
export function sayToOwner(run: DutyRun, { body: event, actor, occurredAt }: EventDraft<RunEvent>): Delivery {
  const { number, title, channel } = run;
  return {
    kind: 'post',
    to: { to: 'channel', channel },
    message: { type: 'run-event', run: number, title, event, actor, occurredAt: occurredAt.toISOString() },
  };
}

/** Slack users whom the owner team escalates to, in order, each once. A contact without a Slack user cannot be told here. */
function contactsOf(run: Pick<DutyRun, 'owner'>, spec: Pick<OperationsSpec, 'teams' | 'contacts'>): readonly string[] {
  const named = spec.teams[run.owner]?.escalation ?? [];
  return [...new Set(named.flatMap((contact) => slackIdOf(spec, contact) ?? []))];
}

/** The contacts who were not told of this run yet, in their order. */
export function contactsLeft(
  run: Pick<DutyRun, 'owner' | 'told'>,
  spec: Pick<OperationsSpec, 'teams' | 'contacts'>,
): readonly string[] {
  return contactsOf(run, spec).filter((contact) => !run.told.includes(contact));
}

/** Whose turn it is: the next contact, or the last one again when all were told. Undefined when there is none. */
export function nextContact(
  run: Pick<DutyRun, 'owner' | 'told'>,
  spec: Pick<OperationsSpec, 'teams' | 'contacts'>,
): string | undefined {
  return contactsLeft(run, spec)[0] ?? contactsOf(run, spec).at(-1);
}

/** Tells one contact why they are needed. */
export function tellContact(run: DutyRun, contact: string, why: EscalationReason, reason: string | null): Delivery {
  const { number, title, owner, dueAt } = run;
  return {
    kind: 'post',
    to: { to: 'user', user: contact },
    message: { type: 'run-escalation', run: number, title, owner, dueAt, why, reason },
  };
}
