import { namesTimeOfDay, parseSnooze } from '../duty/command.ts';
import { parseDuration } from '../spec/duration.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { Check } from '../spec/watching.ts';
import { nearest } from '../text/nearest.ts';
import { type Parsed, problem, understood } from '../text/parsed.ts';
import { thresholdKey } from './threshold-checks.ts';

const HOUR = 3_600_000;
/** How long a channel watches when nobody says, and at most; ms. */
const WATCH = 4 * HOUR;
const LONGEST_WATCH = 7 * 24 * HOUR;

type Named = Pick<OperationsSpec, 'checks' | 'services'>;

/** Reads the key or the title of a check, the key or the name of a service, or nothing, which is everything. Keys of checks. */
export function parseChecks(typed: string, spec: Named): Parsed<readonly string[]> {
  const word = typed.trim().replaceAll('`', '');
  if (word === '') return understood(spec.checks.map(({ key }) => key));
  const check = findCheck(word, spec.checks);
  if (check !== undefined) return understood([check.key]);
  const lower = word.toLowerCase();
  const service = Object.entries(spec.services).find(
    ([key, { name }]) => key.toLowerCase() === lower || name.toLowerCase() === lower,
  );
  if (service === undefined)
    return problem(unknownWord(word, [...keysOf(spec), ...Object.keys(spec.services)], 'check and no service'));
  const keys = spec.checks.filter((one) => one.service === service[0]).map(({ key }) => key);
  return keys.length === 0 ? problem(`No check of the spec is about ${service[1].name}.`) : understood(keys);
}

/** Reads one check. */
export function parseCheck(typed: string, spec: Named): Parsed<Check> {
  const word = typed.trim().replaceAll('`', '');
  const check = findCheck(word, spec.checks);
  if (check !== undefined) return understood(check);
  if (word === '')
    return problem(`Name a check, such as \`${keysOf(spec)[0] ?? 'api-health'}\`. \`/health\` shows them.`);
  return problem(unknownWord(word, keysOf(spec), 'check'));
}

export interface MuteAsked {
  readonly check: Check;
  /** Null when it was not typed, so that a form can ask. */
  readonly until: Date | null;
  readonly reason: string;
}

/**
 * Reads `CHECK [until 16:30 | 2h] [reason]`.
 *
 * @param zone the speaker's IANA zone; null when Slack does not say
 */
export function parseMute(typed: string, spec: Named, now: Date, zone: string | null): Parsed<MuteAsked> {
  const [, word = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(typed) ?? [];
  const check = parseCheck(word, spec);
  if (!check.ok) return check;
  const [, time = '', reason = ''] = /^(?:(?:until|till|for)\s+)?(\S*)\s*([\s\S]*)$/i.exec(rest) ?? [];
  const saysTime = namesTimeOfDay(time) || /^\d/.test(time);
  if (!saysTime) return understood({ check: check.value, until: null, reason: rest.trim() });
  const until = parseSnooze(time, now, zone);
  return until.ok ? understood({ check: check.value, until: until.value, reason: reason.trim() }) : until;
}

/** Reads `[4h | stop]`: how long a channel is told of changes, in milliseconds; null to stop. */
export function parseWatch(typed: string): Parsed<number | null> {
  const word = typed.trim().toLowerCase();
  if (word === '') return understood(WATCH);
  if (word === 'stop' || word === 'off') return understood(null);
  const length = parseDuration(word.replace(/^for\s+/, ''));
  if (!length.ok || length.ms === 0) return problem(`"${word}" says no time. Write \`4h\`, \`1d\` or \`stop\`.`);
  return length.ms > LONGEST_WATCH
    ? problem('A channel watches for 7 days at most. Write `4h` or `7d`.')
    : understood(length.ms);
}

function findCheck(word: string, checks: readonly Check[]): Check | undefined {
  const lower = word.toLowerCase();
  const named = checks.find(({ key, title }) => key === lower || title.toLowerCase() === lower);
  // A threshold's own key will do, where no check has it.
  return named ?? checks.find(({ key }) => key === thresholdKey(lower));
}

function keysOf({ checks }: Pick<Named, 'checks'>): string[] {
  return checks.map(({ key }) => key);
}

function unknownWord(word: string, known: readonly string[], what: string): string {
  const meant = nearest(word, known);
  const guess = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  return `"${word}" is no ${what}.${guess} \`/health\` shows all there are.`;
}
