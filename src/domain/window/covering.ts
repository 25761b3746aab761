import { isApproved, isOpenWindow, type MaintenanceWindow, type Span } from './window.ts';

/** What a window may explain: a check, or an alert. */
export interface Coverable {
  /** Key of the service it is about; null where none is known. */
  readonly service: string | null;
  /** The labels of an alert; null for what has none, such as a check. */
  readonly labels: Readonly<Record<string, string>> | null;
}

type Times = Pick<MaintenanceWindow, 'status' | 'startsAt' | 'endsAt' | 'approvers' | 'approved' | 'started' | 'ended'>;
type Scope = Pick<MaintenanceWindow, 'services' | 'labels'>;

/**
 * From when to when a window explains what fails; null where it never does. From its beginning, which for one that begins by
 * itself is its time and not the moment that was noticed; to its planned end, however long somebody forgets to end it, or to
 * when it was ended before that.
 */
export function coverOf(window: Times): Span | null {
  const begins = window.started?.at ?? (isOpenWindow(window) && isApproved(window) ? window.startsAt : null);
  if (begins === null) return null;
  const from = new Date(begins);
  const planned = new Date(window.endsAt);
  const to = window.ended === null ? planned : new Date(Math.min(planned.getTime(), Date.parse(window.ended.at)));
  return from < to ? { from, to } : null;
}

/** The windows under way at an instant that cover a thing, the one that ends last first. */
export function windowsCovering<Window extends Times & Scope>(
  windows: readonly Window[],
  thing: Coverable,
  at: Date,
): Window[] {
  return windows
    .filter((window) => isUnderWay(window, at) && covers(window, thing))
    .sort((a, b) => Date.parse(b.endsAt) - Date.parse(a.endsAt));
}

/** Does it explain what fails at that instant, if it is of its scope? */
export function isUnderWay(window: Times, at: Date): boolean {
  const span = coverOf(window);
  return span !== null && span.from <= at && at < span.to;
}

/**
 * Is it of one of its services, and are its labels those of the window? Labels make a window narrower: work on checkout with
 * `env=prod` explains no alert of checkout with `env=test`. A check has none, so its service decides; where a window names
 * labels alone it explains alerts alone.
 */
function covers({ services, labels }: Scope, thing: Coverable): boolean {
  const wanted = Object.entries(labels);
  if (services.length === 0 && (wanted.length === 0 || thing.labels === null)) return false;
  if (services.length > 0 && (thing.service === null || !services.includes(thing.service))) return false;
  const { labels: own } = thing;
  return own === null || wanted.every(([name, value]) => own[name] === value);
}
