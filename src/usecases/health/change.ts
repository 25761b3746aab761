import { checkSubject, type EventDraft } from '../../domain/event.ts';
import { follow } from '../../domain/health/apply.ts';
import type { CheckEvent } from '../../domain/health/events.ts';
import { channelOf, type Groups, groupsIn } from '../../domain/health/group.ts';
import type { MuteRefusal } from '../../domain/health/mute.ts';
import { quietIn } from '../../domain/health/quiet.ts';
import type { CheckState } from '../../domain/health/state.ts';
import { done, type Outcome, refused } from '../../domain/outcome.ts';
import { toldFailing } from '../../domain/page/checks.ts';
import type { PermissionVerb } from '../../domain/permissions.ts';
import { type PageWrite, together } from '../page/change.ts';
import { pagesOfChecks } from '../page/for-checks.ts';
import { notPermitted } from '../permit.ts';
import type { Caller, Tx } from '../ports.ts';
import { type HealthDeps, windowsNow } from './deps.ts';

type HealthRefusal = MuteRefusal | 'unknown-check' | 'not-permitted';

export type CheckChanged = Outcome<CheckState, HealthRefusal>;

interface Situation {
  readonly now: Date;
  readonly groups: Groups;
  /** Where people are told of this check. */
  readonly channel: string;
  /** The maintenance window that explains what it answers; null outside of all. */
  readonly window: number | null;
}

/**
 * The shape of every verb that changes one check: refuse what is unknown or not permitted, let the domain decide under the
 * chain's lock, write event, state and words together. A repeated request gets the first answer.
 */
export function changeCheck(
  deps: HealthDeps,
  caller: Caller,
  verb: Extract<PermissionVerb, `health.${string}`>,
  key: string,
  decide: (state: CheckState, situation: Situation) => Outcome<EventDraft<CheckEvent>, MuteRefusal>,
): Promise<CheckChanged> {
  return deps.store.once<CheckChanged>(caller.requestKey, async (tx) => {
    const spec = deps.spec.current();
    const check = spec.checks.find((one) => one.key === key);
    const [row] = await tx.checks([key]);
    if (row === undefined || (check === undefined && row.state.version === 0)) {
      return refused('unknown-check', `There is no check \`${key}\`. \`/health\` shows all there are.`);
    }
    const { state } = row;
    const now = deps.clock.now();
    const refusal = notPermitted(spec, verb, caller, now);
    if (refusal !== null) {
      await write(tx, state, refusal.event, null);
      return refusal.answer;
    }
    const channel = channelOf(check, spec);
    const { existing, fresh } = await tx.checkGroups([channel], state.group === null ? [] : [state.group], 1);
    const groups = groupsIn(existing, fresh, now);
    const window = check === undefined ? null : quietIn(check, await windowsNow(deps), now);
    const decided = decide(state, { now, groups, channel, window });
    if (!decided.ok) return decided;
    if (state.group !== null) groups.touch(state.group);
    const pages = await pagesOfChecks(tx, toldFailing(check, state, decided.value.body), {
      actor: caller.actor,
      now,
      spec,
    });
    return done(await write(tx, state, decided.value, groups, pages));
  });
}

async function write(
  tx: Tx,
  before: CheckState,
  draft: EventDraft<CheckEvent>,
  groups: Groups | null,
  pages: PageWrite = together([]),
) {
  const state = follow(before, [draft]);
  await tx.save({
    ...pages,
    events: [{ subject: checkSubject(state.key), draft }, ...pages.events],
    checks: [state],
    checkGroups: groups?.changed() ?? [],
    deliveries: [...pages.deliveries, ...(groups?.deliveries() ?? [])],
  });
  return state;
}
