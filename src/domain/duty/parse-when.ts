import { nearest } from '../text/nearest.ts';
import { type CalendarDate, readDate } from '../time/day.ts';
import { zoneProblem } from '../time/zone.ts';
import { cronProblem } from './cron.ts';
import { parseDayOfMonth, parseDayOfQuarter, parseDayOfYear, parseWeekday } from './parse-on.ts';
import { faulty, quoted, type Read, readList, type WhenFault, type Word } from './reading.ts';
import type { Recurrence, TimeOfDay, When } from './when.ts';

/** What each `every:` takes beside `every` and `timezone`. */
const TAKES = {
  day: ['at'],
  weekday: ['at'],
  week: ['on', 'at'],
  month: ['on', 'at'],
  quarter: ['on', 'at'],
  year: ['on', 'at'],
  hour: [],
  minute: [],
} as const;
type Unit = keyof typeof TAKES;
const UNITS = Object.keys(TAKES) as Unit[];
const COUNTED = ['days', 'weeks', 'hours', 'minutes'] as const;
const KEYS = ['every', 'on', 'at', 'from', 'cron'];

/** The time of day of what does not say one: when a working day begins. The words of a `when` always show it. */
const DEFAULT_AT: TimeOfDay = { hour: 9, minute: 0 };

type Written = Readonly<Record<string, unknown>>;

/**
 * Reads a `when:` as it stands in the YAML file. All faults at once, each with its place inside the value; a message
 * finishes a sentence that begins with that place ("duties.3.when.on is ...").
 */
export function parseWhen(written: unknown): Read<When> {
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    return faulty([], `is ${quoted(written)}; write such as { every: day, at: "09:00" } or { cron: "0 6 * * *" }`);
  const map: Written = { ...written };
  const read = recurrence(map);
  const zone = timezone(map);
  if (!read.ok || zone.length > 0) return { ok: false, faults: [...(read.ok ? [] : read.faults), ...zone] };
  return {
    ok: true,
    value: typeof map['timezone'] === 'string' ? { ...read.value, timezone: map['timezone'] } : read.value,
  };
}

function recurrence(map: Written): Read<Recurrence> {
  if (map['cron'] !== undefined) return both(keys(map, ['cron'], 'a cron line'), cron(map['cron']));
  const every = map['every'];
  if (every === undefined) {
    const unknown = keys(map, KEYS, 'a when');
    return unknown.length > 0
      ? { ok: false, faults: unknown }
      : faulty([], 'says neither every nor cron; write such as { every: day, at: "09:00" } or { cron: "0 6 * * *" }');
  }
  const word = typeof every === 'string' ? every.trim().toLowerCase() : '';
  const unit = UNITS.find((known) => known === word);
  if (unit !== undefined) return both(keys(map, ['every', ...TAKES[unit]], `every: ${unit}`), ofUnit(unit, map));
  const [, count, counted] = /^(\d+)\s+([a-z]+)$/.exec(word) ?? [];
  if (count === undefined || counted === undefined) return faulty(['every'], everyProblem(every, UNITS));
  return ofCount(Number(count), counted.endsWith('s') ? counted : `${counted}s`, map);
}

function ofUnit(unit: Unit, map: Written): Read<Recurrence> {
  if (unit === 'minute') return { ok: true, value: { every: 'minutes', count: 1 } };
  if (unit === 'hour') return { ok: true, value: { every: 'minutes', count: 60 } };
  const at = times(map['at']);
  if (unit === 'day' || unit === 'weekday') return at.ok ? { ok: true, value: { every: unit, at: at.value } } : at;
  if (unit === 'week') return days(unit, readList('on', map['on'], 'write a day such as monday', parseWeekday), at);
  if (unit === 'month')
    return days(
      unit,
      readList('on', map['on'], 'write a day such as first sunday, last day or 15', parseDayOfMonth),
      at,
    );
  if (unit === 'quarter')
    return days(unit, readList('on', map['on'], 'write a day such as last day or first monday', parseDayOfQuarter), at);
  return days(unit, readList('on', map['on'], 'write a day such as 15 january', parseDayOfYear), at);
}

function days<Every extends Unit, On>(
  every: Every,
  on: Read<On[]>,
  at: Read<TimeOfDay[]>,
): Read<{ every: Every; on: On[]; at: TimeOfDay[] }> {
  if (on.ok && at.ok) return { ok: true, value: { every, on: on.value, at: at.value } };
  return { ok: false, faults: [...(on.ok ? [] : on.faults), ...(at.ok ? [] : at.faults)] };
}

function ofCount(count: number, unit: string, map: Written): Read<Recurrence> {
  const known = `every: ${String(map['every'])}`;
  if (unit === 'minutes' || unit === 'hours') {
    const whole = unit === 'minutes' ? 60 : 24;
    const value: Recurrence =
      unit === 'hours' && count === 1 ? { every: 'minutes', count: 60 } : { every: unit, count };
    const fits = count >= 1 && count < whole && whole % count === 0;
    const divisors = Array.from({ length: whole - 1 }, (_, index) => index + 1).filter(
      (number) => whole % number === 0,
    );
    const problem = `is ${quoted(map['every'])}; write a number of ${unit} that divides ${unit === 'minutes' ? 'an hour' : 'a day'}: ${divisors.join(', ')}`;
    return both(keys(map, ['every'], known), fits ? { ok: true, value } : faulty(['every'], problem));
  }
  if (unit !== 'days' && unit !== 'weeks') return faulty(['every'], everyProblem(map['every'], COUNTED, unit));
  if (count < 1) return faulty(['every'], `is ${quoted(map['every'])}; write a number of ${unit} from 1 up`);
  const at = times(map['at']);
  const from = firstDay(map['from']);
  const wrong = [...keys(map, ['every', 'from', 'at'], known), ...(from.ok ? [] : from.faults)];
  if (!at.ok || !from.ok) return { ok: false, faults: [...wrong, ...(at.ok ? [] : at.faults)] };
  const everyDays = count * (unit === 'weeks' ? 7 : 1);
  return both(wrong, { ok: true, value: { every: 'days', count: everyDays, from: from.value, at: at.value } });
}

function everyProblem(every: unknown, allowed: readonly string[], word = String(every)): string {
  const meant = nearest(word, allowed);
  const list = `write ${UNITS.join(', ')}, or a number of ${COUNTED.join(', ')} such as "90 days"`;
  return `is ${quoted(every)}; ${list}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}

function cron(line: unknown): Read<Recurrence> {
  if (typeof line !== 'string') return faulty(['cron'], `is ${quoted(line)}; write five fields such as "0 6 * * *"`);
  const problem = cronProblem(line);
  return problem === undefined
    ? { ok: true, value: { every: 'cron', cron: line.trim().replace(/\s+/g, ' ') } }
    : faulty(['cron'], problem);
}

function times(written: unknown): Read<TimeOfDay[]> {
  if (written === undefined) return { ok: true, value: [DEFAULT_AT] };
  const read = readList('at', written, 'write a time such as "09:00"', timeOfDay);
  return read.ok
    ? { ok: true, value: read.value.toSorted((a, b) => a.hour * 60 + a.minute - (b.hour * 60 + b.minute)) }
    : read;
}

function timeOfDay(written: unknown): Word<TimeOfDay> {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(String(written)) ?? [];
  if (hour !== undefined && minute !== undefined)
    return { ok: true, value: { hour: Number(hour), minute: Number(minute) } };
  return { ok: false, problem: `is ${quoted(written)}; write a time from "00:00" to "23:59", such as "09:00"` };
}

function firstDay(written: unknown): Read<CalendarDate> {
  if (written === undefined) return faulty(['from'], 'is missing; write the first day, such as 2026-01-01');
  if (typeof written === 'string' && readDate(written) !== undefined) return { ok: true, value: written };
  return faulty(['from'], `is ${quoted(written)}; write a day of the calendar such as 2026-01-01`);
}

function timezone(map: Written): WhenFault[] {
  const zone = map['timezone'];
  if (zone === undefined) return [];
  const problem =
    typeof zone === 'string' ? zoneProblem(zone) : `is ${quoted(zone)}; write a zone such as Europe/Paris`;
  return problem === undefined ? [] : [{ path: ['timezone'], message: problem }];
}

/** Faults of the keys that do not belong to this form; each says which do. */
function keys(map: Written, form: readonly string[], known: string): WhenFault[] {
  const allowed = [...form, 'timezone'];
  return Object.keys(map)
    .filter((key) => !allowed.includes(key))
    .map((key) => {
      const meant = nearest(key, allowed);
      const message = KEYS.includes(key) ? `does not go with ${known}` : 'is an unknown key';
      const suggestion = meant === undefined ? '' : `; did you mean ${meant}?`;
      return { path: [key], key: true, message: `${message}; allowed: ${allowed.join(', ')}${suggestion}` };
    });
}

function both<Value>(faults: readonly WhenFault[], read: Read<Value>): Read<Value> {
  if (faults.length === 0) return read;
  return { ok: false, faults: [...faults, ...(read.ok ? [] : read.faults)] };
}
