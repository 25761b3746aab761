import type { CheckGroup } from '../../domain/health/group.ts';
import type { HealthDeps } from './deps.ts';
import { unmuteCheck } from './mute.ts';

const MINUTE = 60_000;
/** A message about something that goes on failing is edited so often; ms. */
const EDIT_EVERY = 5 * MINUTE;
const CALLER = { actor: { kind: 'system', job: 'follow-checks' }, requestKey: null, groups: [] } as const;

/** What the minute asks of checks: mutes that are over end, and messages say how it goes on. */
export async function followChecks(
  deps: HealthDeps,
): Promise<{ unmuted: readonly string[]; edited: readonly number[] }> {
  const now = deps.clock.now();
  const unmuted = await deps.checks.muteOver(now);
  for (const key of unmuted) await unmuteCheck(deps, CALLER, { key });
  const stale = await deps.checks.staleGroups(new Date(now.getTime() - EDIT_EVERY));
  for (const { number, channel } of stale) await edit(deps, number, channel, now);
  return { unmuted, edited: stale.map(({ number }) => number) };
}

function edit(deps: HealthDeps, number: number, channel: string, now: Date): Promise<void> {
  return deps.store.once(null, async (tx) => {
    const { existing } = await tx.checkGroups([channel], [number], 0);
    const group = existing.find((one) => one.number === number);
    if (group === undefined || now.getTime() - group.renderedAt.getTime() < EDIT_EVERY) return;
    const shown: CheckGroup = { ...group, renderedAt: now };
    await tx.save({ events: [], checkGroups: [shown], deliveries: [{ kind: 'render', key: `checks:${number}:card` }] });
  });
}
