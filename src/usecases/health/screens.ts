import { isStillToAnswer } from '../../domain/health/view.ts';
import type { HealthScreen } from '../check-store-port.ts';
import type { HealthDeps } from './deps.ts';
import { showChecks } from './show.ts';

const SECOND = 1000;
/** A screen takes in answers for so long: what answers later is not waited for; ms. */
const OPEN_FOR = 90 * SECOND;
/** Between two edits of one screen that still waits for answers, because Slack takes about one a second; ms. */
const EDIT_EVERY = SECOND;

/** Edits the screens of `/health` as answers come in, and closes those that have them all, or waited long enough. */
export function screensOf(deps: HealthDeps, realTime: () => number): (looked: readonly string[]) => Promise<void> {
  const editedAt = new Map<number, number>();
  return async (looked) => {
    for (const screen of await deps.checks.openScreens()) {
      const isOld = deps.clock.now().getTime() - screen.askedAt.getTime() > OPEN_FOR;
      if (!isOld && !screen.keys.some((key) => looked.includes(key))) continue;
      const views = await showChecks(deps, screen.keys);
      const open = !isOld && views.some((view) => isStillToAnswer(view, screen.askedAt));
      const tooSoon = realTime() - (editedAt.get(screen.number) ?? 0) < EDIT_EVERY;
      if (open && tooSoon) continue;
      editedAt.set(screen.number, realTime());
      if (!open) editedAt.delete(screen.number);
      await edit(deps, screen, open);
    }
  };
}

function edit(deps: HealthDeps, screen: HealthScreen, open: boolean): Promise<void> {
  const { number } = screen;
  const shown = { ...screen, open };
  return deps.store.once(null, (tx) =>
    tx.save({
      events: [],
      healthScreens: [shown],
      deliveries: [{ kind: 'render', key: `health:${number}:screen` }],
    }),
  );
}
