import { slackUser } from '../domain/actor.ts';
import type { EventDraft } from '../domain/event.ts';
import type { IncidentEvent } from '../domain/incident/events.ts';
import type { Refused } from '../domain/incident/refusals.ts';
import { refused } from '../domain/outcome.ts';
import { refusalOfPermission } from '../domain/permission-words.ts';
import { mayDo, type PermissionVerb } from '../domain/permissions.ts';
import type { OperationsSpec } from '../domain/spec/types.ts';
import type { Caller } from './ports.ts';

/** Why the caller may not, and the event that keeps it; refusals of permission are evidence too. */
export interface NotPermitted {
  readonly answer: Refused;
  readonly event: EventDraft<IncidentEvent>;
}

/**
 * May the caller do this? Null if so. Rules speak of Slack users: whoever reaches the command line, a system job or a
 * webhook already has the keys of the house.
 */
export function notPermitted(
  spec: OperationsSpec,
  verb: PermissionVerb,
  { actor, groups }: Caller,
  now: Date,
): NotPermitted | null {
  const userId = slackUser(actor);
  if (userId === null) return null;
  const permission = mayDo(spec, verb, { userId, groups });
  if (permission.allowed) return null;
  return {
    answer: refused('not-permitted', refusalOfPermission(spec, verb, permission.allowedFor)),
    event: {
      actor,
      occurredAt: now,
      recordedAt: now,
      body: { kind: 'permission.refused', verb, reason: permission.reason },
    },
  };
}
