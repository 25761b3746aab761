import { dateOf, dayOf } from '../time/day.ts';
import { type DayOfYear, MONTHS, NTHS, type TimeOfDay, type When } from './when.ts';

/**
 * When it happens, in words: "First Sunday of each month at 02:00 UTC", "Every 15 minutes". The zone is always said,
 * unless the thing does not go by local time.
 *
 * @param zone the spec's, for a `when` without a zone of its own.
 */
export function wordsOf(when: When, zone: string): string {
  const where = when.timezone ?? zone;
  if (when.every === 'minutes') return everyMinutes(when.count);
  if (when.every === 'hours') return `Every ${when.count} hours from 00:00 ${where}`;
  if (when.every === 'cron') return `By cron ${when.cron} ${where}`;
  return capital(`${daysOf(when)} at ${list(when.at.map(writtenTime))} ${where}`);
}

function everyMinutes(count: number): string {
  if (count === 60) return 'Every hour';
  return count === 1 ? 'Every minute' : `Every ${count} minutes`;
}

function daysOf(when: Extract<When, { at: unknown }>): string {
  switch (when.every) {
    case 'day':
      return 'every day';
    case 'weekday':
      return 'every day from Monday to Friday';
    case 'week':
      return `every ${list(when.on.map(capital))}`;
    case 'month':
    case 'quarter':
      return `${list(when.on.map(dayWords))} of each ${when.every}`;
    case 'year':
      return list(when.on.map(yearWords));
    case 'days': {
      const from = dateWords(when.from);
      return when.count === 1 ? `every day from ${from}` : `every ${when.count} days from ${from}`;
    }
  }
}

function dayWords(rule: DayOfYear): string {
  if ('weekday' in rule) return `${nthWords(rule.nth)} ${capital(rule.weekday)}`;
  return rule.day === 'last' ? 'last day' : ordinal(rule.day);
}

/** "25 December of each year", "last Monday of May each year" */
export function yearWords(rule: DayOfYear): string {
  if (rule.month === undefined) return `${dayWords(rule)} of each year`;
  const month = monthName(rule.month);
  if ('day' in rule && rule.day !== 'last') {
    const leap = rule.month === 2 && rule.day === 29;
    return `${rule.day} ${month} of each ${leap ? 'leap year' : 'year'}`;
  }
  return `${dayWords(rule)} of ${month} each year`;
}

function dateWords(date: string): string {
  const { year, month, day } = dateOf(dayOf(date));
  return `${day} ${monthName(month)} ${year}`;
}

function nthWords(nth: 1 | 2 | 3 | 4 | 5 | 'last'): string {
  return nth === 'last' ? 'last' : (NTHS[nth - 1] ?? '');
}

function monthName(month: number): string {
  return capital(MONTHS[month - 1] ?? '');
}

function ordinal(day: number): string {
  if (day === 1) return 'first day';
  const ending = day >= 11 && day <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${ending}`;
}

function writtenTime({ hour, minute }: TimeOfDay): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** "a", "a and b", "a, b and c" */
function list(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
