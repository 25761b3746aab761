import { nextStep, type Plan, type Recurring, type Step } from '../duty/planning.ts';
import { type Occurrence, occurrences } from '../duty/recurrence.ts';
import type { RecurringWindow } from '../spec/calendar.ts';
import { formatClause } from '../spec/clause.ts';
import type { Milliseconds } from '../spec/duration.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { Overlap, WindowTerms } from './events.ts';
import { RECURRING_BEFORE } from './notices.ts';
import { longestFirst } from './plan.ts';
import { policyFor } from './policy.ts';
import type { Span } from './window.ts';

/** How far the occurrences of a recurring window of the spec have become windows. */
export type WindowPlan = Plan;

/** A window of the spec that has a calendar, and so a length. */
interface Repeating extends Recurring {
  readonly window: RecurringWindow;
  readonly length: Milliseconds;
}

/** An occurrence of a recurring window, as lists show it. */
export interface WindowEntry {
  readonly window: RecurringWindow;
  readonly occurrence: Occurrence;
  readonly endsAt: Date;
}

/** The occurrences that become windows now: as long before they begin as people are first told of them. */
export function windowStep(spec: OperationsSpec, plans: readonly WindowPlan[], now: Date): Step<Repeating> {
  return nextStep(repeating(spec), plans, now);
}

/**
 * The terms of one occurrence by the spec as it is now, but for what overlaps it. It begins when clocks show its time and
 * lasts as long as ever, whatever the clocks do meanwhile.
 */
export function recurringTerms(
  { window, length }: Pick<Repeating, 'window' | 'length'>,
  occurrence: Occurrence,
  spec: OperationsSpec,
): Omit<WindowTerms, 'overlaps'> {
  const policy = policyFor(window, window.affects, spec);
  return {
    window: window.key,
    occurrence: occurrence.key,
    title: window.title,
    reason: window.description ?? '',
    risk: '',
    rollback: window.rollback ?? '',
    checklist: window.checklist,
    lead: null,
    owner: policy.owner,
    channel: policy.channel,
    services: window.affects,
    labels: window.labels,
    startsAt: occurrence.at.toISOString(),
    endsAt: new Date(occurrence.at.getTime() + length).toISOString(),
    announceIn: policy.announceIn,
    announceBefore: longestFirst(window.announceBefore ?? RECURRING_BEFORE),
    endingBefore: null,
    // The spec itself plans it, so it says itself who agrees.
    approvers: window.approval ?? null,
    typical: policy.typical,
    shortNotice: '',
    clauses: window.clause.map(formatClause),
  };
}

/** The occurrences of the spec's recurring windows that share time with the span, the first to begin first. */
export function windowsWithin(spec: OperationsSpec, { from, to }: Span): WindowEntry[] {
  return repeating(spec)
    .flatMap(({ window, when, range, length }) =>
      // Half-open: what ends when the span begins shares nothing with it.
      occurrences(when, { ...range, from: new Date(from.getTime() - length + 1), to: new Date(to.getTime() - 1) }).map(
        (occurrence) => ({ window, occurrence, endsAt: new Date(occurrence.at.getTime() + length) }),
      ),
    )
    .sort((a, b) => a.occurrence.at.getTime() - b.occurrence.at.getTime());
}

/** Recurring windows of the same services in that time, other than those that are windows already. */
export function recurringOverlaps(
  { services, startsAt, endsAt, window }: Pick<WindowTerms, 'services' | 'startsAt' | 'endsAt' | 'window'>,
  known: readonly { readonly window: string | null; readonly occurrence: string | null }[],
  spec: OperationsSpec,
): Overlap[] {
  return windowsWithin(spec, { from: new Date(startsAt), to: new Date(endsAt) })
    .filter(({ window: other }) => other.key !== window && other.affects.some((service) => services.includes(service)))
    .filter((one) => !known.some((it) => it.window === one.window.key && it.occurrence === one.occurrence.key))
    .map(({ window: { title }, occurrence, endsAt: end }) => ({
      window: null,
      title,
      startsAt: occurrence.at.toISOString(),
      endsAt: end.toISOString(),
    }));
}

const DAY = 86_400_000;

/** Why the spec does not plan a recurring window any more; null where it does, and for what a person planned. */
export function noLongerPlanned(
  { window: key, occurrence, startsAt }: Pick<WindowTerms, 'window' | 'occurrence' | 'startsAt'>,
  spec: OperationsSpec,
): string | null {
  if (occurrence === null) return null;
  const thing = repeating(spec).find((one) => one.key === key);
  if (thing === undefined) return 'The operations spec has no such window any more.';
  // Two days either way are more than another zone can move it.
  const [from, to] = [new Date(Date.parse(startsAt) - 2 * DAY), new Date(Date.parse(startsAt) + 2 * DAY)];
  const isPlanned = occurrences(thing.when, { ...thing.range, from, to }).some((one) => one.key === occurrence);
  return isPlanned ? null : 'The operations spec does not plan it for this time any more.';
}

/** In a freeze nothing is changed, so there is no window; on a holiday there is, as fewer people notice. */
function repeating({ windows, timezone: zone, holidays, freezes }: OperationsSpec): Repeating[] {
  const range = { zone, calendar: { holidays, freezes, onHoliday: 'keep', onFreeze: 'skip' } } as const;
  return windows.flatMap((window): Repeating[] => {
    const { key, when, duration, announceBefore } = window;
    if (when === null || duration === null) return [];
    const ahead = Math.max(0, ...(announceBefore ?? RECURRING_BEFORE));
    return [{ key, when, ahead, range, window, length: duration }];
  });
}
