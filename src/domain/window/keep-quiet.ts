import type { Delivery } from '../delivery.ts';
import type { EventDraft } from '../event.ts';
import { follow } from './apply.ts';
import { coverOf } from './covering.ts';
import { type WindowDecision, type WindowSituation, windowEvent } from './decision.ts';
import type { WindowEvent } from './events.ts';
import { MOST_NAMED, type QuietThing, quieter } from './quiet.ts';
import { sayIn } from './tell.ts';
import type { MaintenanceWindow } from './window.ts';

/** How long after the end of a window an Alertmanager that is away, or a check that does not answer, is waited for; ms. */
const PATIENCE = 10 * 60_000;

/** What one Alertmanager came to. */
export interface SilenceSeen {
  /** The target's key. */
  readonly target: string;
  /** The silence there is now; null where there is none, and where it could not be asked. */
  readonly silence: { readonly id: string; readonly until: string } | null;
  /** Why it is not as it should be; null when it is. */
  readonly problem: string | null;
  /** The alerts of the window that fire there now; null where it could not be asked. */
  readonly firing: readonly QuietThing[] | null;
}

/**
 * A check, or a group of alerts, that the window kept quiet and that is told of by itself: whether it fails now, and whether it is
 * still to be looked at again.
 */
export interface QuietCheck extends QuietThing {
  readonly fails: boolean;
  readonly isKept: boolean;
}

/** Nothing is asked for it any more: it is over, it was looked at again, and nothing of it is silenced. */
export function isQuietOver(window: MaintenanceWindow, now: Date): boolean {
  const span = coverOf(window);
  if (span === null) return true;
  return now >= span.to && window.aftermath !== null && Object.keys(window.silences).length === 0;
}

/**
 * What is written of a window about its silence, and said: what is silenced where, what failed in it, and once it is over what
 * still does. Of the latter the window's channel hears where it comes from an Alertmanager: checks, and groups of alerts that were
 * held, are told of by themselves.
 */
export function keepQuiet(
  window: MaintenanceWindow,
  seen: readonly SilenceSeen[],
  checks: readonly QuietCheck[],
  situation: WindowSituation,
): WindowDecision {
  const { now } = situation;
  const bodies: WindowEvent[] = seen.flatMap((one) => silenceEvents(window, one, now));
  const firing = seen.flatMap((one) => one.firing ?? []);
  const span = coverOf(window);
  const isOver = span === null || now >= span.to;
  const found = isOver ? [] : firing;
  const quiet = quieter(window.quiet, [...checks.map(plain), ...found]);
  if (quiet !== null) bodies.push({ kind: 'window.kept_quiet', ...quiet });
  if (isOver && window.aftermath === null && isKnown(seen, checks, span?.to ?? now, now)) {
    const still = [...checks.filter(({ fails }) => fails).map(plain), ...firing];
    const problems = seen.flatMap(({ target, problem }) => (problem === null ? [] : `${target}: ${problem}`));
    bodies.push({
      kind: 'window.looked_again',
      still: still.slice(0, MOST_NAMED),
      count: still.length,
      problem: problems.length === 0 ? null : problems.join('; '),
    });
  }
  const events = bodies.map((body) => windowEvent(situation, body));
  return { events, deliveries: events.length === 0 ? [] : said(window, events) };
}

function silenceEvents(window: MaintenanceWindow, { target, silence, problem }: SilenceSeen, now: Date): WindowEvent[] {
  const before = window.silences[target];
  if (problem !== null) {
    // One that could not be ended ends by itself.
    const isGone = before !== undefined && before.until !== null && now >= new Date(before.until);
    if (isGone) return [{ kind: 'window.unsilenced', target }];
    return before?.problem === problem ? [] : [{ kind: 'window.not_silenced', target, problem }];
  }
  if (silence === null) return before === undefined ? [] : [{ kind: 'window.unsilenced', target }];
  const { id, until } = silence;
  const isSame = before !== undefined && before.id === id && before.until === until && before.problem === null;
  return isSame ? [] : [{ kind: 'window.silenced', target, id, until }];
}

/** Did all answer, or were they waited for long enough? */
function isKnown(seen: readonly SilenceSeen[], checks: readonly QuietCheck[], over: Date, now: Date): boolean {
  if (now.getTime() - over.getTime() >= PATIENCE) return true;
  return seen.every(({ firing }) => firing !== null) && checks.every(({ isKept }) => !isKept);
}

function said(window: MaintenanceWindow, events: readonly EventDraft<WindowEvent>[]): Delivery[] {
  const { number, channel } = window;
  const card: Delivery = { kind: 'render', key: `window:${number}:card` };
  const last = follow(window, number, events).aftermath;
  const news = last?.still.some(({ kind }) => kind === 'alert') === true && window.aftermath === null;
  const lines = events.filter(({ body }) => body.kind === 'window.looked_again' && news);
  return [...lines.flatMap((event) => sayIn([channel], window, event)), card];
}

function plain({ kind, key, name, detail }: QuietThing): QuietThing {
  return { kind, key, name, detail };
}
