import { slackUser } from '../domain/actor.ts';
import type { EventDraft } from '../domain/event.ts';
import { type Refusal, refused } from '../domain/outcome.ts';
import { refusalOfPermission } from '../domain/permission-words.ts';
import { allows, mayDo, type PermissionVerb } from '../domain/permissions.ts';
import type { OperationsSpec, PermissionRule } from '../domain/spec/types.ts';
import type { Caller } from './ports.ts';

/** Why the caller may not, and the event that keeps it; refusals of permission are evidence too. */
export interface NotPermitted {
  readonly answer: { readonly ok: false; readonly refusal: Refusal<'not-permitted'> };
  readonly event: EventDraft<{ kind: 'permission.refused'; verb: string; reason: string }>;
}

/**
 * May the caller do this? Null if so. Rules speak of Slack users: whoever reaches the command line, a system job or a
 * webhook already has the keys of the house.
 *
 * @param also rules that must all let them in beside the verb's own
 */
export function notPermitted(
  spec: OperationsSpec,
  verb: PermissionVerb,
  { actor, groups }: Caller,
  now: Date,
  ...also: readonly (PermissionRule | undefined)[]
): NotPermitted | null {
  const userId = slackUser(actor);
  if (userId === null) return null;
  const person = { userId, groups };
  const answers = [mayDo(spec, verb, person), ...also.map((rule) => allows(spec, rule ?? 'everyone', person))];
  const permission = answers.find(({ allowed }) => !allowed);
  if (permission === undefined || permission.allowed) return null;
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
