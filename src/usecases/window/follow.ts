import { windowSubject } from '../../domain/event.ts';
import type { WindowSituation } from '../../domain/window/decision.ts';
import { lookAtWindow, type WindowLookReason } from '../../domain/window/look.ts';
import { type WindowDeps, writeWindow } from './change.ts';

/** What became of a window whose time came, for the log. */
interface WindowFollowed {
  readonly window: string;
  readonly reasons: readonly WindowLookReason[];
}

/** More than ever wait at once but after an outage; the next minute goes on with the rest. */
const MOST = 500;

/**
 * Does what the hour asks of every window: announced, begun, ending, overrun, ended, reminded. Decided again under the
 * chain's lock, so that of two instances that look at once one acts and the other sees that it did.
 *
 * @throws AggregateError after all were tried: one window that fails keeps nobody else from being told
 */
export async function followWindows(deps: WindowDeps): Promise<WindowFollowed[]> {
  const followed: WindowFollowed[] = [];
  const faults: unknown[] = [];
  const waiting = await deps.store.windowsToLookAt(deps.clock.now(), MOST);
  for (const { number } of waiting) {
    try {
      followed.push({ window: windowSubject(number), reasons: await followWindow(deps, number) });
    } catch (fault) {
      faults.push(fault);
    }
  }
  if (faults.length > 0) {
    throw new AggregateError(faults, `follow-windows failed for ${faults.length} of ${waiting.length}`);
  }
  return followed;
}

function followWindow(deps: WindowDeps, number: number): Promise<readonly WindowLookReason[]> {
  return deps.store.once(null, async (tx) => {
    const window = await tx.window(number);
    if (window === null) throw new Error(`${windowSubject(number)} was listed and is not there`);
    const situation: WindowSituation = {
      actor: { kind: 'system', job: 'follow-windows' },
      now: deps.clock.now(),
      spec: deps.spec.current(),
    };
    const { reasons, decision } = lookAtWindow(window, situation);
    if (decision !== null) await writeWindow(tx, window, number, decision.events, decision.deliveries);
    return reasons;
  });
}
