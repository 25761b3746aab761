import { follow } from '../../domain/alert/apply.ts';
import { sampleOf } from '../../domain/alert/count.ts';
import type { AlertEvent } from '../../domain/alert/events.ts';
import type { AlertGroup } from '../../domain/alert/group.ts';
import {
  type AlertLook,
  type AlertReason,
  begin,
  beginsAnew,
  type FoundGroup,
  holdsGroup,
  isOver,
  LOOKED_AFTER,
  lookAgain,
} from '../../domain/alert/look.ts';
import { AT_ONCE, alertScreens } from '../../domain/alert/screens.ts';
import { termsOfGroup } from '../../domain/alert/terms.ts';
import { alertSubject, type EventDraft } from '../../domain/event.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import type { ChangedGroup } from '../alert-port.ts';
import { windowsNow } from '../health/deps.ts';
import { attachToIncidents, type MovedGroup } from './attach.ts';
import type { AlertDeps } from './change.ts';
import { connectedAlertmanagers } from './reach.ts';

/** What became of one group, for the log. */
export interface AlertReport {
  /** ALERT-n; null when nothing came of it. */
  readonly group: string | null;
  readonly reason: AlertReason;
}

const ITSELF = { kind: 'system', job: 'alerts' } as const;
const HOW: Readonly<Partial<Record<AlertReason, 'begins' | 'recurs'>>> = {
  began: 'begins',
  'began-in-storm': 'begins',
  recurred: 'recurs',
};

/** Groups of one transaction: some tenths of a second. */
const AT_A_TIME = 1_000;

/** A group that a maintenance window explains is looked at again after so long, as the window may end earlier or later; ms. */
const HELD_FOR = 60_000;
/** One of which is being asked whether it still fires after so long; ms. */
const UNSURE_FOR = 15_000;

/**
 * Looks at the groups whose alerts changed, the longest waiting first, and writes what follows: events, states, messages. What
 * was looked at leaves the inbox in the same transaction, unless something came in meanwhile. Of several instances one does it
 * at a time.
 *
 * @returns what was done; empty when nothing waited
 */
export async function workOffAlerts({ store, clock, spec }: AlertDeps): Promise<readonly AlertReport[]> {
  const windows = await windowsOf({ store, clock, spec });
  return store.once(null, async (tx) => {
    const now = clock.now();
    const current = spec.current();
    const changed = await tx.changedAlertGroups((group) => isOver(group, now), now, AT_A_TIME);
    if (changed.length === 0) return [];
    const all = changed.map((row) => {
      const terms = termsOf(row, current);
      const found = { ...foundIn(row), terms, wasHeld: row.wasHeld };
      const asked = { ...found, service: terms.service, labels: row.commonLabels, missing: row.missing };
      // Of other sources there is nobody to ask.
      const ended = row.source === 'alertmanager' ? windows.ended : [];
      return { row, found, held: holdsGroup(asked, { ...windows, ended }, now) };
    });
    const reports: AlertReport[] = all.flatMap(({ held }) => (held === null ? [] : [{ group: null, reason: held }]));
    for (const [why, ms] of [
      ['held-in-window', HELD_FOR],
      ['held-to-be-sure', UNSURE_FOR],
    ] as const) {
      const held = all.filter((one) => one.held === why).map(({ row }) => row);
      // All of them at one time, so that what is released is released together.
      if (held.length > 0) await tx.holdAlertGroups(held, new Date((Math.floor(now.getTime() / ms) + 1) * ms));
    }
    const looked = all.filter(({ held }) => held === null);
    if (looked.length === 0) return reports;
    const found = looked.map((one) => one.found);
    const channels = [...new Set(found.filter((one) => beginsAnew(one, now)).map(({ terms }) => terms.channel))];
    const numbers = await tx.nextAlertNumbers(found.filter((one) => beginsAnew(one, now)).length);
    const lately = await tx.alertScreens(channels, new Date(now.getTime() - AT_ONCE), channels.length);
    const screens = alertScreens(lately, now);

    const released = new Map<string, number>();
    for (const { wasHeld, terms, ...one } of found)
      if (wasHeld && beginsAnew(one, now)) released.set(terms.channel, (released.get(terms.channel) ?? 0) + 1);

    const looks = found.map((one) => {
      const number = beginsAnew(one, now) ? numbers.shift() : undefined;
      if (number === undefined) return lifeAfter(one.known, lookAgain(one, now), null);
      const storm = screens.place(one.terms.channel, one.wasHeld ? released.get(one.terms.channel) : 0);
      const begun = begin({ number, terms: one.terms, storm }, one, now);
      return { ...lifeAfter(null, begun, number), before: one.known?.incident ?? null };
    });
    const moved = looks.flatMap((look) => (isMoved(look) ? [look] : []));
    const situation = { actor: ITSELF, now, spec: current };
    const { attachments, ...attached } = await attachToIncidents(tx, moved, situation);
    const lives = moved.map(({ group, reason, event }) => {
      const attachment = attachments.get(group.number);
      const events = attachment === undefined ? [event] : [event, attachment];
      return { reason, events, group: attachment === undefined ? group : follow(group, group.number, [attachment]) };
    });
    for (const { group, reason } of lives) screens.show(group, HOW[reason] ?? 'changed');
    await tx.save({
      ...attached.pages,
      events: [
        ...lives.flatMap(({ group, events }) =>
          events.map((draft) => ({ subject: alertSubject(group.number), draft })),
        ),
        ...attached.events,
        ...attached.pages.events,
      ],
      incidents: attached.incidents,
      alertGroups: lives.map(({ group }) => group),
      alertStorms: screens.storms(),
      alertsLookedAt: looked.map(({ row: { source, group, revision } }) => ({ source, group, revision })),
      deliveries: [...attached.pages.deliveries, ...screens.deliveries(), ...attached.deliveries],
    });
    return [...reports, ...looks.map(({ group, reason }) => ({ group: group && alertSubject(group.number), reason }))];
  });
}

/** Of those that are over only what was told to be silenced, or may still be, matters: an Alertmanager is asked of it. */
async function windowsOf({ store, clock, spec }: AlertDeps) {
  const open = await windowsNow({ store, clock });
  if (connectedAlertmanagers(spec.current()).length === 0) return { open, ended: [] };
  const known = await store.windowsToKeepQuiet(new Date(clock.now().getTime() - LOOKED_AFTER));
  return { open, ended: known.filter(({ aftermath }) => aftermath === null) };
}

function foundIn(row: ChangedGroup): FoundGroup {
  const { known, firing, resolved, unseen, truncated, longest, commonLabels, since } = row;
  const samples = longest.map((alert) => sampleOf(alert, commonLabels));
  return { known, count: { firing, resolved, unseen, truncated, samples }, since };
}

function termsOf(row: ChangedGroup, spec: OperationsSpec) {
  return termsOfGroup({ ...row, firstUrl: row.longest[0]?.url ?? '' }, spec);
}

interface Life extends AlertLook {
  readonly group: AlertGroup | null;
  readonly before: number | null;
}

function lifeAfter(known: AlertGroup | null, { reason, event }: AlertLook, number: number | null): Life {
  const group = event === null ? known : follow(known, number ?? known?.number ?? 0, [event]);
  return { reason, event, group, before: null };
}

function isMoved(life: Life): life is Life & MovedGroup & { readonly event: EventDraft<AlertEvent> } {
  return life.group !== null && life.event !== null;
}
