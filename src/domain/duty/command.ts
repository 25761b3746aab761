import { parseDuration } from '../spec/duration.ts';
import type { OperationsSpec } from '../spec/types.ts';
import { nearest } from '../text/nearest.ts';
import { type Parsed, problem, understood } from '../text/parsed.ts';
import { soonest } from '../time/soonest.ts';

const DAY = 86_400_000;
/** How far a calendar looks when nobody says, and at most, in days. */
const WEEK = 7;
const FURTHEST = 400;

/** A text that may begin with the run it is about. */
export interface AddressedRun {
  /** Null: still to be chosen. */
  readonly run: number | null;
  readonly text: string;
}

/** Takes `RUN-12` (or `run12`) off the front of what was typed, also a number that no run can have. */
export function parseRun(typed: string): AddressedRun {
  const text = typed.trim();
  const found = /^run-?(\d+)(?:[\s:,]+|$)/i.exec(text);
  if (found === null) return { run: null, text };
  return { run: Number(found[1]), text: text.slice(found[0].length) };
}

/** Reads `[team] [days]`, in either order; days from now. */
export function parseCalendar(
  typed: string,
  spec: Pick<OperationsSpec, 'teams'>,
): Parsed<{ readonly owner: string | null; readonly days: number }> {
  let owner: string | null = null;
  let days = WEEK;
  for (const word of typed.split(/\s+/).filter((part) => part !== '' && !/^days?$/i.test(part))) {
    const count = /^(\d+)d?$/i.exec(word)?.[1];
    if (count !== undefined) {
      days = Number(count);
      if (days < 1 || days > FURTHEST) {
        return problem(`"${word}" is no number of days the calendar shows. Write one from 1 to ${FURTHEST}.`);
      }
      continue;
    }
    const team = parseTeam(word, spec);
    if (!team.ok) return problem(`${team.problem} A number is days: \`/maintenance calendar 30\`.`);
    owner = team.value;
  }
  return understood({ owner, days });
}

/** The key of a team, by its key or its name. */
export function parseTeam(typed: string, { teams }: Pick<OperationsSpec, 'teams'>): Parsed<string> {
  const word = typed.trim().toLowerCase();
  const found = Object.entries(teams).find(
    ([key, { name }]) => key.toLowerCase() === word || name.toLowerCase() === word,
  );
  if (found !== undefined) return understood(found[0]);
  const meant = nearest(word, Object.keys(teams));
  const guess = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  return problem(`"${typed.trim()}" is no team. The spec has ${listed(Object.keys(teams))}.${guess}`);
}

/** Reads `[team] [page]`; pages count from 1. */
export function parseDutyPage(
  typed: string,
  spec: Pick<OperationsSpec, 'teams'>,
): Parsed<{ readonly owner: string | null; readonly page: number }> {
  const words = typed.split(/\s+/).filter((word) => word !== '' && !/^page$/i.test(word));
  const isNumbered = /^[1-9]\d{0,3}$/.test(words.at(-1) ?? '');
  const page = isNumbered ? Number(words.at(-1)) : 1;
  const named = (isNumbered ? words.slice(0, -1) : words).join(' ');
  if (named === '') return understood({ owner: null, page });
  const team = parseTeam(named, spec);
  if (!team.ok) return problem(`${team.problem} A number is a page: \`/ops duties 2\`.`);
  return understood({ owner: team.value, page });
}

/** What a history is about: the key of a duty, or of a team; both null for everything. */
export interface HistoryOf {
  readonly duty: string | null;
  readonly owner: string | null;
}

/** Reads the key or the title of a duty, or a team; nothing is everything. */
export function parseHistory(typed: string, spec: Pick<OperationsSpec, 'teams' | 'duties'>): Parsed<HistoryOf> {
  const word = typed.trim();
  if (word === '') return understood({ duty: null, owner: null });
  const lower = word.toLowerCase();
  const duty = spec.duties.find(({ key, title }) => key.toLowerCase() === lower || title.toLowerCase() === lower);
  if (duty !== undefined) return understood({ duty: duty.key, owner: null });
  const team = parseTeam(word, spec);
  if (team.ok) return understood({ duty: null, owner: team.value });
  const meant = nearest(word, [...spec.duties.map(({ key }) => key), ...Object.keys(spec.teams)]);
  const guess = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  return problem(
    `"${word}" is no run, no duty and no team. Write one such as \`RUN-1\`, or the key of a duty.${guess}`,
  );
}

/** Reads `RUN-12`, or the key or the title of a duty; both null when nothing was typed, so that a form can ask. */
export function parseStart(
  typed: string,
  spec: Pick<OperationsSpec, 'duties'>,
): Parsed<{ readonly run: number | null; readonly duty: string | null }> {
  const { run, text } = parseRun(typed);
  const word = text.trim();
  if (word === '') return understood({ run, duty: null });
  if (run !== null) return problem(`"${word}" is too much: write the run alone, such as \`RUN-${run}\`.`);
  const lower = word.toLowerCase();
  const duty = spec.duties.find(({ key, title }) => key.toLowerCase() === lower || title.toLowerCase() === lower);
  if (duty !== undefined) return understood({ run, duty: duty.key });
  const meant = nearest(
    word,
    spec.duties.map(({ key }) => key),
  );
  const guess = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  return problem(`"${word}" is no run and no duty. Write one such as \`RUN-1\`, or the key of a duty.${guess}`);
}

/**
 * Reads `2h`, `until 16:30` or `16:30`: a length of time from now, or the next time clocks show that where the speaker is. Null
 * when nothing was typed, so that a form can ask.
 *
 * @param zone the speaker's IANA zone; null when Slack does not say, and then a time is refused rather than guessed.
 */
export function parseSnooze(typed: string, now: Date, zone: string | null): Parsed<Date | null> {
  const text = typed.trim().replace(/^(?:until|till|for)\s+/i, '');
  if (text === '') return understood(null);
  const found = /^(\d{1,2})[:.](\d{2})$/.exec(text);
  if (found === null) {
    const length = parseDuration(text.replaceAll(/\s+/g, ''));
    if (!length.ok || length.ms === 0)
      return problem(`"${text}" says no time. Write \`2h\`, \`1d\` or \`until 16:30\`.`);
    if (length.ms > FURTHEST * DAY)
      return problem(`"${text}" is too far ahead. Write \`2h\`, \`1d\` or \`until 16:30\`.`);
    return understood(new Date(now.getTime() + length.ms));
  }
  const [hour, minute] = [Number(found[1]), Number(found[2])];
  if (hour > 23 || minute > 59) return problem(`"${text}" is not a time of day. Write it as \`until 16:30\`.`);
  if (zone === null) {
    return problem(
      `Slack does not say which time zone you are in, so "${text}" has no meaning. Set it in your Slack profile, or write \`2h\`.`,
    );
  }
  return understood(soonest({ hour, minute }, zone, now));
}

/** Does what was typed name a time of day, whose meaning depends on where the speaker is? */
export function namesTimeOfDay(typed: string): boolean {
  return /\d[:.]\d{2}/.test(typed);
}

function listed(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}
