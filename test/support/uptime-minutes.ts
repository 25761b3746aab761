/**
 * Uptime reckoned the slow way, for tests to hold the real one against: every minute is asked by itself what it was, from the
 * looks, incidents and windows as they happened. It shares nothing with src/domain/uptime.
 */
import type { Severity } from '../../src/domain/incident/severity.ts';
import type { IncidentMoves, Look, WindowMoves } from './uptime-story.ts';

const MINUTE = 60_000;

export interface SimulatedCheck {
  readonly looks: readonly Look[];
  /** ms */
  readonly every: number;
  readonly failAfter: number;
  readonly recoverAfter: number;
}

export interface Simulation {
  readonly checks: readonly SimulatedCheck[];
  readonly incidents: readonly IncidentMoves[];
  readonly windows: readonly WindowMoves[];
  readonly severities: readonly Severity[];
}

export interface Minutes {
  up: number;
  down: number;
  excluded: number;
  unknown: number;
  /** Of what was down, that before any check told anything. */
  declared?: number;
}

/** How many minutes of each of these stretches were what; in milliseconds. Everything in it happens on whole minutes. */
export function countMinutes(
  simulation: Simulation,
  stretches: readonly { readonly from: number; readonly to: number }[],
  now: number,
): Minutes[] {
  const checks = simulation.checks.map((check) => ({ check, verdicts: verdictsOf(check) }));
  return stretches.map(({ from, to }) => {
    const counted: Minutes = { up: 0, down: 0, excluded: 0, unknown: 0 };
    const asked = checks.map(({ check, verdicts }) => ({ check, verdicts, at: 0 }));
    for (let minute = from; minute < to; minute += MINUTE) {
      const there = asked.filter(({ check: { looks } }) => (looks[0]?.at ?? Number.POSITIVE_INFINITY) <= minute);
      const said = there.map((one) => {
        while ((one.check.looks[one.at]?.at ?? Number.POSITIVE_INFINITY) <= minute) one.at += 1;
        return verdictAt(one.check, one.verdicts, one.at - 1, minute, now);
      });
      const isWork = simulation.windows.some((window) => isExcused(window, minute));
      const isIncident = simulation.incidents.some((one) => isDeclaredDown(one, simulation.severities, minute));
      const kind = isWork ? 'excluded' : isIncident || said.includes('down') ? 'down' : undefined;
      counted[kind ?? (said.length > 0 && said.every((one) => one === 'up') ? 'up' : 'unknown')] += MINUTE;
      if (kind === 'down' && there.length === 0) counted.declared = (counted.declared ?? 0) + MINUTE;
    }
    return counted;
  });
}

type Verdict = 'up' | 'down' | 'unknown';

/** What each look means, told from the looks around it. */
function verdictsOf({ looks, failAfter, recoverAfter }: SimulatedCheck): Verdict[] {
  const verdicts: Verdict[] = [];
  let state: Verdict = 'unknown';
  for (const [index, { answer }] of looks.entries()) {
    if (answer === 'could-not-tell') verdicts.push('unknown');
    else {
      const inRow = rowAround(looks, index);
      if (answer === 'failing' && inRow >= failAfter) state = 'down';
      if (answer === 'ok' && (state !== 'down' || inRow >= recoverAfter)) state = 'up';
      verdicts.push(state);
    }
  }
  return verdicts;
}

/** How many looks around this one gave its answer without one that gave the opposite between. */
function rowAround(looks: readonly Look[], index: number): number {
  const same = looks[index]?.answer;
  let count = 0;
  for (let at = index; at >= 0; at -= 1) {
    if (looks[at]?.answer === same) count += 1;
    else if (looks[at]?.answer !== 'could-not-tell') break;
  }
  for (let at = index + 1; at < looks.length; at += 1) {
    if (looks[at]?.answer === same) count += 1;
    else if (looks[at]?.answer !== 'could-not-tell') break;
  }
  return count;
}

function verdictAt(check: SimulatedCheck, verdicts: readonly Verdict[], index: number, minute: number, now: number) {
  const look = check.looks[index];
  if (look === undefined) return 'unknown';
  const next = check.looks[index + 1]?.at;
  const silence = (next ?? now) - look.at;
  const stands = silence <= 2 * check.every ? silence : check.every;
  return minute < look.at + stands ? (verdicts[index] ?? 'unknown') : 'unknown';
}

function isExcused(
  { announced, started, startsAt: _, endsAt, extended = [], ended, cancelled }: WindowMoves,
  minute: number,
) {
  if (started === undefined || cancelled !== undefined) return false;
  const knownFrom = announced ?? started.saidAt ?? started.at;
  const end = extended.filter(({ at }) => at <= minute).at(-1)?.to ?? endsAt;
  return minute >= started.at && minute >= knownFrom && minute < end && minute < (ended ?? Number.POSITIVE_INFINITY);
}

function isDeclaredDown({ declared, moves }: IncidentMoves, severities: readonly Severity[], minute: number): boolean {
  if (minute < declared) return false;
  const ratings = moves.filter(({ what }) => what.startsWith('SEV'));
  const rating = ratings.filter(({ at }) => at <= minute).at(-1) ?? ratings[0];
  const life = moves.filter(({ at, what }) => at <= minute && !what.startsWith('SEV')).at(-1)?.what ?? 'declared';
  return life !== 'resolved' && rating !== undefined && severities.includes(rating.what as Severity);
}
