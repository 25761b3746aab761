import { parseDuration } from '../spec/duration.ts';
import type { OperationsSpec } from '../spec/types.ts';
import { type Parsed, problem, understood } from '../text/parsed.ts';
import { readDate } from '../time/day.ts';
import { soonest } from '../time/soonest.ts';
import { instantsAt } from '../time/wall.ts';

/** A text that may begin with the window it is about. */
export interface AddressedWindow {
  /** Null: still to be chosen. */
  readonly window: number | null;
  readonly text: string;
}

/** Takes `WIN-12` (or `win12`) off the front of what was typed. */
export function parseWindow(typed: string): AddressedWindow {
  const text = typed.trim();
  const found = /^win-?(\d{1,9})(?:[\s:,]+|$)/i.exec(text);
  if (found === null) return { window: null, text };
  return { window: Number(found[1]), text: text.slice(found[0].length) };
}

/** What was typed after `/maintenance plan`: all of it may be left out, and a form asks for the rest. */
export interface PlanTyped {
  readonly title: string;
  readonly services: readonly string[];
  readonly startsAt: Date | null;
  readonly length: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const CLOCK = /^(\d{1,2})[:.](\d{2})$/;
/** Words that only join the others, taken away where they stand before a time or a length. */
const JOINING = /^(?:at|on|for|from)$/i;

/**
 * Reads `checkout 2026-03-29 02:30 for 2h Move the database`: keys of services first, a day, a time of day, a length, and
 * what remains is the title. A time without a day is the next one.
 *
 * @param zone the speaker's IANA zone; null when Slack does not say, and then a time is refused rather than guessed. A time
 * that spring skips there is the first instant after the gap, one that autumn repeats is the first of the two.
 */
export function parsePlan(
  typed: string,
  spec: Pick<OperationsSpec, 'services'>,
  now: Date,
  zone: string | null,
): Parsed<PlanTyped> {
  const services: string[] = [];
  const title: string[] = [];
  let date: string | null = null;
  let clock: string | null = null;
  let length = '';
  const words = typed.split(/\s+/).filter((word) => word !== '');
  for (const [index, word] of words.entries()) {
    const next = words[index + 1] ?? '';
    if (title.length === 0 && spec.services[word.toLowerCase()] !== undefined) services.push(word.toLowerCase());
    else if (date === null && DATE.test(word)) date = word;
    else if (clock === null && CLOCK.test(word)) clock = word;
    else if (length === '' && isLength(word)) length = word;
    else if (!(JOINING.test(word) && (DATE.test(next) || CLOCK.test(next) || isLength(next)))) title.push(word);
  }
  const startsAt = readStart(date, clock, now, zone);
  return startsAt.ok ? understood({ title: title.join(' '), services, startsAt: startsAt.value, length }) : startsAt;
}

/** Does what was typed name a time, whose meaning depends on where the speaker is? */
export function namesTime(typed: string): boolean {
  return typed.split(/\s+/).some((word) => DATE.test(word) || CLOCK.test(word));
}

function isLength(word: string): boolean {
  const read = parseDuration(word);
  return read.ok && read.ms > 0;
}

function readStart(date: string | null, clock: string | null, now: Date, zone: string | null): Parsed<Date | null> {
  if (date === null && clock === null) return understood(null);
  if (clock === null) return problem(`"${date}" says a day and no time. Write it as \`${date} 02:00\`.`);
  const [, digits = '', minutes = ''] = CLOCK.exec(clock) ?? [];
  const time = { hour: Number(digits), minute: Number(minutes) };
  if (time.hour > 23 || time.minute > 59) return problem(`"${clock}" is not a time of day. Write it as \`02:00\`.`);
  if (zone === null) {
    return problem(
      `Slack does not say which time zone you are in, so "${clock}" has no meaning. Set it in your Slack profile, or leave the time to the form.`,
    );
  }
  if (date === null) return understood(soonest(time, zone, now));
  if (readDate(date) === undefined) return problem(`"${date}" is no day of the calendar. Write it as \`2026-03-29\`.`);
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return understood(instantsAt({ year, month, day, ...time }, zone)[0]);
}
