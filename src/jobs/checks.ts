import type { HealthDeps } from '../usecases/health/deps.ts';
import { followChecks } from '../usecases/health/follow.ts';
import { releaseChecks } from '../usecases/health/release.ts';
import type { Logger } from '../usecases/log.ts';
import type { Chore } from './chores.ts';

const DAY = 86_400_000;
/** Single answers are kept for so long; their days are kept for ever. */
const KEEP_SAMPLES = 30 * DAY;

/** What the minute and the day ask of checks, beside asking them. */
export function checkChores(
  deps: HealthDeps,
  log: Logger,
): { readonly eachMinute: Chore; readonly afterWindows: Chore; readonly daily: Chore } {
  const follow = async () => {
    const { unmuted, edited } = await followChecks(deps);
    if (unmuted.length > 0) log.info({ checks: unmuted }, 'mutes are over');
    if (edited.length > 0) log.debug({ groups: edited }, 'messages about failing checks are edited');
  };
  const release = async () => {
    for (const { check, reason } of await releaseChecks(deps))
      log.info({ check, reason }, 'a check that a maintenance window kept quiet');
  };
  const rollUp = (now: Date) => deps.checks.rollUp(now, new Date(now.getTime() - KEEP_SAMPLES));
  return {
    eachMinute: { name: 'follow-checks', run: follow },
    afterWindows: { name: 'release-checks', run: release },
    daily: { name: 'roll-up-checks', run: rollUp },
  };
}
