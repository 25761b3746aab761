import { windowSubject } from '../event.ts';
import type { OperationsSpec } from '../spec/types.ts';
import { coverOf } from './covering.ts';
import type { MaintenanceWindow } from './window.ts';

/** A condition on one label of an alert, as Alertmanager has it. A regular expression matches the whole value. */
export interface Matcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  /** False where it must not match; it must unless told. */
  readonly isEqual?: boolean;
}

/** A silence as Alertmanager has it. Instants are ISO strings. */
export interface Silence {
  readonly id: string;
  readonly state: 'active' | 'pending' | 'expired';
  readonly matchers: readonly Matcher[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
}

/** A silence to be opened, or with an `id` to be changed. */
export type SilenceDraft = Omit<Silence, 'id' | 'state'> & { readonly id?: string };

/** What is to be done in one Alertmanager, with a named reason. */
export interface SilenceStep {
  readonly reason: 'not-under-way' | 'opens' | 'moves-its-end' | 'is-as-it-should-be';
  readonly put: SilenceDraft | null;
  /** The one that stays as it is; null where there is none such. */
  readonly kept: { readonly id: string; readonly until: string } | null;
  /** Ids of silences that are too many. */
  readonly expire: readonly string[];
}

/** Who Alertmanager is told has opened a silence. */
const SILENCED_BY = 'Mainstay';

/** Alertmanager's clock and what it rounds; ms. */
const SAME_TIME = 1000;

/**
 * The alerts of a window: of one of its services, by key or by name however it is written, and with its labels.
 * Empty where it names neither: that would be all there are.
 *
 * @param label the label by which alerts name their service
 */
export function matchersOf(
  { services, labels }: Pick<MaintenanceWindow, 'services' | 'labels'>,
  label: string,
  spec: Pick<OperationsSpec, 'services'>,
): readonly Matcher[] {
  const words = namesOf(services, spec);
  const isFirst = (word: string, at: number) =>
    words.findIndex((other) => other.toLowerCase() === word.toLowerCase()) === at;
  const distinct = words.filter(isFirst);
  const own = distinct.length === 0 ? [] : [{ name: label, value: anyOf(distinct), isRegex: true }];
  return [...own, ...Object.entries(labels).map(([name, value]) => ({ name, value, isRegex: false }))];
}

function namesOf(services: readonly string[], spec: Pick<OperationsSpec, 'services'>): string[] {
  return services.flatMap((service) => [service, spec.services[service]?.name ?? service]);
}

/** The alerts of `matchersOf`, for whoever looks for them in what was told of. */
export interface AlertScope {
  /** The label by which alerts name their service. */
  readonly label: string;
  /** One of these is its value, however it is written; in lower case. Empty where the service does not matter. */
  readonly services: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Null where the window names neither service nor label. */
export function scopeOf(
  { services, labels }: Pick<MaintenanceWindow, 'services' | 'labels'>,
  label: string,
  spec: Pick<OperationsSpec, 'services'>,
): AlertScope | null {
  if (services.length === 0 && Object.keys(labels).length === 0) return null;
  return { label, services: namesOf(services, spec).map((name) => name.toLowerCase()), labels };
}

function anyOf(words: readonly string[]): string {
  return `(?i)(?:${words.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)).join('|')})`;
}

/**
 * What a silence of this window says, by which it is found again whatever became of us in between. The instant tells the
 * windows of two installations apart that share an Alertmanager.
 */
export function silenceComment({ number, title, planned }: Pick<MaintenanceWindow, 'number' | 'title' | 'planned'>) {
  return `${windowSubject(number)} ${title} (planned ${planned.at})`;
}

/** The number of the window that a silence was opened for, here or in another installation; null for other silences. */
export function numberInComment({ comment }: Pick<Silence, 'comment'>): number | null {
  const number = /^WIN-(\d{1,9}) /.exec(comment)?.[1];
  return number === undefined ? null : Number(number);
}

/** Is it this window's? */
export function isSilenceOf(
  { number, planned }: Pick<MaintenanceWindow, 'number' | 'planned'>,
  { createdBy, comment }: Pick<Silence, 'createdBy' | 'comment'>,
): boolean {
  const [first = ''] = comment.split(' ', 1);
  return createdBy === SILENCED_BY && first === windowSubject(number) && comment.endsWith(`(planned ${planned.at})`);
}

/**
 * What is to be done so that there is exactly one silence while the window is under way, to its planned end, and none otherwise.
 * Asked again after it was done it says that nothing is: so it does not matter who did it, or whether they lived to tell.
 *
 * @param found all silences of that Alertmanager
 */
export function silenceStep(
  window: MaintenanceWindow,
  found: readonly Silence[],
  matchers: readonly Matcher[],
  now: Date,
): SilenceStep {
  const own = found
    .filter((one) => one.state !== 'expired' && isSilenceOf(window, one))
    .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt) || (a.id < b.id ? -1 : 1));
  const span = coverOf(window);
  if (span === null || now < span.from || now >= span.to || matchers.length === 0) {
    return { reason: 'not-under-way', put: null, kept: null, expire: own.map(({ id }) => id) };
  }
  const [kept, ...others] = own;
  const expire = others.map(({ id }) => id);
  const endsAt = span.to.toISOString();
  const common = { matchers, endsAt, createdBy: SILENCED_BY, comment: silenceComment(window) };
  if (kept === undefined) {
    return { reason: 'opens', put: { ...common, startsAt: now.toISOString() }, kept: null, expire };
  }
  if (Math.abs(Date.parse(kept.endsAt) - span.to.getTime()) < SAME_TIME) {
    return { reason: 'is-as-it-should-be', put: null, kept: { id: kept.id, until: endsAt }, expire };
  }
  // With its own matchers and start it keeps its id; otherwise Alertmanager would open another.
  const { id, startsAt, matchers: same, comment } = kept;
  const put = { id, startsAt, endsAt, matchers: same, createdBy: SILENCED_BY, comment };
  return { reason: 'moves-its-end', put, kept: null, expire };
}
