import type { When } from '../duty/when.ts';
import type { OperationsSpec } from './types.ts';
import { fieldWords, isAbsent, isWhen, valueWords } from './value-words.ts';

/** One entry of a spec, or a part of one, as a plain map. */
export type Fields = Readonly<Record<string, unknown>>;

export interface FieldChange {
  /** The field's place in the entry: `owner`, `retention.keep`. */
  field: string;
  /** A sentence without its end. */
  words: string;
}

/** The two specs an entry is compared in, and what people call it. */
export interface Comparing {
  title: string;
  before: OperationsSpec;
  after: OperationsSpec;
}

/** Every field that differs between two states of one entry, in words that begin with its title. */
export function fieldChanges(about: Comparing, before: Fields, after: Fields, within = ''): FieldChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields.flatMap((field) => {
    const [old, now] = [before[field], after[field]];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    const at = `${within}${field}`;
    if (isFields(old) && isFields(now)) return fieldChanges(about, old, now, `${at}.`);
    return [{ field: at, words: words(about, at, old, now) }];
  });
}

function words(about: Comparing, at: string, old: unknown, now: unknown): string {
  const { title, before, after } = about;
  const field = at.split('.').at(-1) ?? at;
  const name = at.split('.').map(fieldWords).join(' ');
  if (isWhen(old) && isWhen(now)) {
    const [from, to] = moved(old, now, about);
    return at === 'when' ? `${title} moves from ${from} to ${to}` : `${title}: ${name} moves from ${from} to ${to}`;
  }
  if (at === 'owner' || at === 'team') {
    return `${title} passes from ${teamName(before, old)} to ${teamName(after, now)}`;
  }
  if (at === 'breach') {
    return `${title} is bad ${valueWords(field, now, after)} instead of ${valueWords(field, old, before)}`;
  }
  if (Array.isArray(old) && Array.isArray(now)) return `${title}: ${listWords(about, field, name, old, now)}`;
  const [from, to] = [valueWords(field, old, before), valueWords(field, now, after)];
  if (isAbsent(field, old)) return `${title}: ${name} is now given: ${to}`;
  if (isAbsent(field, now)) return `${title}: ${name} is no longer given; it was ${from}`;
  return `${title}: ${name} changes from ${from} to ${to}`;
}

/** What changed of a `when`: the time of day alone where the days are the same. */
function moved(old: When, now: When, { before, after }: Comparing): [string, string] {
  const [oldZone, zone] = [old.timezone ?? before.timezone, now.timezone ?? after.timezone];
  const times = (when: When) => ('at' in when ? when.at.map((at) => valueWords('at', at, after)).join(' and ') : null);
  const [from, to] = [times(old), times(now)];
  const sameDays = JSON.stringify(withoutTimes(old)) === JSON.stringify(withoutTimes(now));
  if (from === null || to === null || !sameDays) {
    return [lowered(valueWords('when', old, before)), lowered(valueWords('when', now, after))];
  }
  return [oldZone === zone ? from : `${from} ${oldZone}`, `${to} ${zone}`];
}

function withoutTimes(when: When): Fields {
  return Object.fromEntries(Object.entries(when).filter(([key]) => key !== 'at' && key !== 'timezone'));
}

/** "First Sunday ..." inside a sentence; the names of weekdays keep their capital. */
export const lowered = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);

function listWords({ before, after }: Comparing, field: string, name: string, old: unknown[], now: unknown[]): string {
  const [from, to] = [old, now].map((items, index) =>
    items.map((item) => valueWords(field, item, index === 0 ? before : after)),
  ) as [string[], string[]];
  const gained = to.filter((item) => !from.includes(item)).map((item) => `"${item}"`);
  const lost = from.filter((item) => !to.includes(item)).map((item) => `"${item}"`);
  const parts = [
    ...(gained.length > 0 ? [`gains ${gained.join(', ')}`] : []),
    ...(lost.length > 0 ? [`loses ${lost.join(', ')}`] : []),
  ];
  return parts.length > 0 ? `${name} ${parts.join(' and ')}` : `${name} is put in another order`;
}

/** A team's name where a key stands for one. */
export function teamName(spec: Pick<OperationsSpec, 'teams'>, key: unknown): string {
  return typeof key === 'string' ? (spec.teams[key]?.name ?? key) : 'nobody';
}

function isFields(value: unknown): value is Fields {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype && !isValue(value)
  );
}

/** Maps that are one value to people: a `when`, a time of day, a limit, a clause, a range. */
function isValue(value: object): boolean {
  return isWhen(value) || 'hour' in value || 'than' in value || ('from' in value && 'to' in value);
}
