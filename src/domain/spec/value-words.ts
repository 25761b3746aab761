import type { DayOfYear, When } from '../duty/when.ts';
import { wordsOf, yearWords } from '../duty/words.ts';
import { type Clause, formatClause } from './clause.ts';
import { formatDuration } from './duration.ts';
import { type Limit, limitWords } from './limit.ts';
import { Secret } from './secret.ts';
import type { OperationsSpec } from './types.ts';

/** Fields whose numbers are milliseconds. */
const DURATIONS = [
  'age',
  'announceBefore',
  'baseline',
  'due',
  'duration',
  'every',
  'for',
  'grace',
  'keep',
  'lockTimeout',
  'maxDowntime',
  'olderThan',
  'over',
  'per',
  'responseTime',
  'rpo',
  'rto',
  'timeout',
  'updateEvery',
  'within',
];
const PERCENTAGES = ['uptime'];

/** What null says in a field that may be without a figure. */
const NULLS: Readonly<Record<string, string>> = { keep: 'for ever', updateEvery: 'never', when: 'no calendar' };

/** A value of a loaded spec in the words of the file; secrets by their name only. */
export function valueWords(field: string, value: unknown, spec: Pick<OperationsSpec, 'timezone'>): string {
  if (value === null || value === undefined) return NULLS[field] ?? 'none';
  if (value instanceof Secret) return value.toString();
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none' : value.map((item) => valueWords(field, item, spec)).join(', ');
  }
  if (typeof value === 'number') {
    if (DURATIONS.includes(field)) return formatDuration(value);
    return PERCENTAGES.includes(field) ? `${value}%` : String(value);
  }
  if (typeof value !== 'object') return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
  if (isWhen(value)) return wordsOf(value, spec.timezone);
  if (isDayOfYear(value)) return yearWords(value);
  if (isLimit(value)) return limitWords(value);
  if (isClause(value)) return formatClause(value);
  if (isRange(value)) return value.from === value.to ? String(value.from) : `${value.from}-${value.to}`;
  if (isTimeOfDay(value)) return `${two(value.hour)}:${two(value.minute)}`;
  const parts = Object.entries(value).filter(([, part]) => !(Array.isArray(part) && part.length === 0));
  return parts.map(([name, part]) => `${fieldWords(name)} ${valueWords(name, part, spec)}`).join(', ');
}

/** Is nothing said? In some fields null says something: `keep: for ever`. */
export function isAbsent(field: string, value: unknown): boolean {
  return value === undefined || (value === null && NULLS[field] === undefined);
}

/** A field's name as people read it: announceBefore is "announce before". */
export function fieldWords(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** A `when` has `every` as a word; the `every` of a check is a number. */
export function isWhen(value: unknown): value is When {
  return typeof value === 'object' && value !== null && 'every' in value && typeof value.every === 'string';
}

function isLimit(value: object): value is Limit {
  return 'is' in value && 'than' in value;
}

function isClause(value: object): value is Clause {
  return 'document' in value && 'from' in value && 'to' in value;
}

function isRange(value: object): value is { from: number; to: number } {
  return 'from' in value && 'to' in value;
}

/** The day of a holiday. */
function isDayOfYear(value: object): value is DayOfYear {
  return 'day' in value || 'nth' in value;
}

function isTimeOfDay(value: object): value is { hour: number; minute: number } {
  return 'hour' in value && 'minute' in value;
}

const two = (number: number) => String(number).padStart(2, '0');
