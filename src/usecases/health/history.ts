import type { CheckChange, CheckHistory } from '../../domain/health/history.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { Caller } from '../ports.ts';
import type { HealthDeps } from './deps.ts';
import { showChecks } from './show.ts';

const DAY = 86_400_000;
const HISTORY_DAYS = 90;
/** Changes that are shown, the newest. */
const MOST_CHANGES = 10;

/** How one check was over the last ninety days, today included; null when the spec has no such check. */
export async function checkHistory(deps: HealthDeps, key: string): Promise<CheckHistory | null> {
  const [view] = await showChecks(deps, [key]);
  if (view === undefined) return null;
  const now = deps.clock.now();
  const dates = Array.from({ length: HISTORY_DAYS }, (_, index) =>
    new Date(now.getTime() - (HISTORY_DAYS - 1 - index) * DAY).toISOString().slice(0, 10),
  );
  const [from = ''] = dates;
  const known = new Map((await deps.checks.days([key], from, now)).map((day) => [day.day, day]));
  const changes: CheckChange[] = [];
  for await (const { body, actor, occurredAt } of deps.checks.events(key)) {
    changes.push({ body, actor, at: occurredAt.toISOString() });
    if (changes.length > MOST_CHANGES) changes.shift();
  }
  const { check, state, pulse, notConnected } = view;
  const { title, kind, severity } = check;
  return {
    check: { key, title, kind, ...(severity !== undefined && { severity }) },
    state,
    pulse,
    notConnected,
    today: now.toISOString().slice(0, 10),
    days: dates.map((date) => known.get(date) ?? null),
    changes,
  };
}

/** Promises the history to a channel, where it is posted with its picture. */
export function postCheckHistory(
  { store }: Pick<HealthDeps, 'store'>,
  caller: Caller,
  { history, channel }: { readonly history: CheckHistory; readonly channel: string },
): Promise<Outcome<null, never>> {
  return store.once<Outcome<null, never>>(caller.requestKey, async (tx) => {
    await tx.save({
      events: [],
      deliveries: [{ kind: 'post', to: { to: 'channel', channel }, message: { type: 'check-history', history } }],
    });
    return done(null);
  });
}
