import { ACCESS_SUBJECT } from '../../domain/event.ts';
import { notConnectedReason } from '../../domain/health/connected.ts';
import { askedFor } from '../../domain/health/threshold-checks.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import { notPermitted } from '../permit.ts';
import type { Caller } from '../ports.ts';
import type { HealthDeps } from './deps.ts';

/** How many checks were asked. */
export interface AskedNow {
  readonly count: number;
}

/** Long before any message was edited: it is edited in the next minute. */
const STALE = new Date(0);

/**
 * Has these checks asked now, whenever their turn is, and a screen posted in the channel that shows their answers as they come
 * in. Without a channel the messages that tell of them show it. Heartbeats are not asked for: they come.
 */
export function runChecks(
  deps: HealthDeps,
  caller: Caller,
  input: { readonly keys: readonly string[]; readonly channel: string | null },
): Promise<Outcome<AskedNow, 'not-permitted'>> {
  const { keys, channel } = input;
  return deps.store.once<Outcome<AskedNow, 'not-permitted'>>(caller.requestKey, async (tx) => {
    const spec = deps.spec.current();
    const now = deps.clock.now();
    const refusal = notPermitted(spec, 'health.run', caller, now);
    if (refusal !== null) {
      await tx.save({ events: [{ subject: ACCESS_SUBJECT, draft: refusal.event }] });
      return refusal.answer;
    }
    const askable = spec.checks.filter(
      (check) => keys.includes(check.key) && check.kind !== 'heartbeat' && notConnectedReason(check, spec) === null,
    );
    const checksAgain = askedFor(askable).map((key) => ({ key, at: now, afresh: false }));
    if (channel === null) {
      const told = (await tx.checkRows(keys)).flatMap(({ state }) => state.group ?? []);
      const { existing } = await tx.checkGroups([], [...new Set(told)], 0);
      const checkGroups = existing.map((group) => ({ ...group, renderedAt: STALE }));
      await tx.save({ events: [], checksAgain, checkGroups });
      return done({ count: askable.length });
    }
    const number = await tx.nextHealthScreen();
    await tx.save({
      events: [],
      healthScreens: [{ number, channel, keys, askedAt: now, revision: 1, open: askable.length > 0 }],
      checksAgain,
      deliveries: [
        {
          kind: 'post',
          to: { to: 'channel', channel },
          message: { type: 'health-screen', screen: number },
          keep: `health:${number}:screen`,
        },
      ],
    });
    return done({ count: askable.length });
  });
}
