import { follow } from '../../domain/alert/apply.ts';
import { sampleOf } from '../../domain/alert/count.ts';
import type { AlertGroup } from '../../domain/alert/group.ts';
import {
  type AlertLook,
  type AlertReason,
  begin,
  beginsAnew,
  type FoundGroup,
  isOver,
  lookAgain,
} from '../../domain/alert/look.ts';
import { AT_ONCE, alertScreens } from '../../domain/alert/screens.ts';
import { termsOfGroup } from '../../domain/alert/terms.ts';
import { alertSubject } from '../../domain/event.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import type { ChangedGroup } from '../alert-port.ts';
import type { Clock, SpecSource, Store } from '../ports.ts';

/** What every verb about groups of alerts works with. */
export interface AlertDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly spec: SpecSource;
}

/** What became of one group, for the log. */
export interface AlertReport {
  /** ALERT-n; null when nothing came of it. */
  readonly group: string | null;
  readonly reason: AlertReason;
}

const HOW: Readonly<Record<string, 'begins' | 'recurs'>> = { 'alerts.began': 'begins', 'alerts.recurred': 'recurs' };

/** Groups of one transaction: some tenths of a second. */
const AT_A_TIME = 1_000;

/**
 * Looks at the groups whose alerts changed, the longest waiting first, and writes what follows: events, states, messages. What
 * was looked at leaves the inbox in the same transaction, unless something came in meanwhile. Of several instances one does it
 * at a time.
 *
 * @returns what was done; empty when nothing waited
 */
export function workOffAlerts({ store, clock, spec }: AlertDeps): Promise<readonly AlertReport[]> {
  return store.once(null, async (tx) => {
    const now = clock.now();
    const current = spec.current();
    const changed = await tx.changedAlertGroups((group) => isOver(group, now), AT_A_TIME);
    if (changed.length === 0) return [];
    const found = changed.map((row) => ({ ...foundIn(row), terms: termsOf(row, current) }));
    const channels = [...new Set(found.filter((one) => beginsAnew(one, now)).map(({ terms }) => terms.channel))];
    const numbers = await tx.nextAlertNumbers(found.filter((one) => beginsAnew(one, now)).length);
    const lately = await tx.alertScreens(channels, new Date(now.getTime() - AT_ONCE), channels.length);
    const screens = alertScreens(lately, now);

    const looks = found.map((one) => {
      const number = beginsAnew(one, now) ? numbers.shift() : undefined;
      if (number === undefined) return lifeAfter(one.known, lookAgain(one, now));
      const storm = screens.place(one.terms.channel);
      return lifeAfter(null, begin({ number, terms: one.terms, storm }, one, now), number);
    });
    const moved = looks.flatMap(({ group, event }) => (group === null || event === null ? [] : [{ group, event }]));
    for (const { group, event } of moved) {
      screens.show(group, HOW[event.body.kind] ?? 'changed');
    }
    await tx.save({
      events: moved.map(({ group, event }) => ({ subject: alertSubject(group.number), draft: event })),
      alertGroups: moved.map(({ group }) => group),
      alertStorms: screens.storms(),
      alertsLookedAt: changed.map(({ source, group, revision }) => ({ source, group, revision })),
      deliveries: screens.deliveries(),
    });
    return looks.map(({ group, reason }) => ({ group: group && alertSubject(group.number), reason }));
  });
}

function foundIn({ known, firing, resolved, truncated, longest, commonLabels, since }: ChangedGroup): FoundGroup {
  const samples = longest.map((alert) => sampleOf(alert, commonLabels));
  return { known, count: { firing, resolved, truncated, samples }, since };
}

function termsOf(row: ChangedGroup, spec: OperationsSpec) {
  return termsOfGroup({ ...row, firstUrl: row.longest[0]?.url ?? '' }, spec);
}

function lifeAfter(
  known: AlertGroup | null,
  { reason, event }: AlertLook,
  number = known?.number,
): AlertLook & { group: AlertGroup | null } {
  const group = event === null || number === undefined ? known : follow(known, number, [event]);
  return { reason, event, group };
}
