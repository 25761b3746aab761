import { nearest } from '../text/nearest.ts';
import { type Parsed, problem, understood } from '../text/parsed.ts';
import { mostRecent } from './past-time.ts';
import { parseSeverity, SEVERITIES, type Severity } from './severity.ts';

/** A text that may begin with the incident it is about. */
export interface Addressed {
  /** Null: the incident of the channel it was typed in. */
  readonly incident: number | null;
  readonly text: string;
}

/** Takes `INC-12` (or `inc12`) off the front of what was typed, also a number that no incident can have. */
export function parseAddressed(typed: string): Addressed {
  const text = typed.trim();
  const found = /^inc-?(\d+)(?:[\s:,]+|$)/i.exec(text);
  if (found === null) return { incident: null, text };
  return { incident: Number(found[1]), text: text.slice(found[0].length) };
}

/**
 * Reads `[INC-n]` where nothing else is taken; null when nothing was typed. Anything else is a problem: passed over, it
 * would leave the incident of the channel to be closed when another was meant.
 */
export function parseOnlyIncident(typed: string): Parsed<number | null> {
  const { incident, text } = parseAddressed(typed);
  if (text === '') return understood(incident);
  const bare = /^\d{1,9}$/.test(text) ? ` Did you mean INC-${Number(text)}?` : '';
  return problem(`"${text}" names no incident. Write it as INC-1, or nothing for the incident of this channel.${bare}`);
}

/**
 * Reads `[sev] [title]`. Only a first word that begins with "sev" and a digit is a severity, so that titles such as
 * "2 nodes are down" or "Severe latency" stay whole.
 */
export function parseDeclare(typed: string): Parsed<{ severity: Severity | null; title: string }> {
  const text = typed.trim();
  const found = /^(sev[ -]?\d+)(?:[\s:,]+|$)/i.exec(text);
  const word = found?.[1];
  if (found === null || word === undefined) return understood({ severity: null, title: text });
  const severity = parseSeverity(word);
  if (severity === undefined) return problem(notASeverity(word));
  return understood({ severity, title: text.slice(found[0].length) });
}

/** Reads `[INC-n] SEV1..4 [reason]`; the severity is null when none was typed, so that a form can ask for it. */
export function parseSetSeverity(
  typed: string,
): Parsed<{ incident: number | null; severity: Severity | null; reason: string }> {
  const { incident, text } = parseAddressed(typed);
  if (text === '') return understood({ incident, severity: null, reason: '' });
  const [whole, word = ''] = /^(sev[ -]?\d+|\S+)\s*/i.exec(text) ?? [''];
  const severity = parseSeverity(word);
  if (severity === undefined) return problem(notASeverity(word));
  return understood({ incident, severity, reason: text.slice(whole.length) });
}

/** Reads `[INC-n] @user` as Slack escapes it (`<@U123|bob>`), or `me`; the owner is null when nobody was named. */
export function parseSetOwner(
  typed: string,
  speaker: string,
): Parsed<{ incident: number | null; owner: string | null }> {
  const { incident, text } = parseAddressed(typed);
  if (text === '') return understood({ incident, owner: null });
  if (/^me$/i.test(text)) return understood({ incident, owner: speaker });
  const [, owner, rest = ''] = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>[\s,.!]*(.*)$/s.exec(text) ?? [];
  if (owner !== undefined && rest === '') return understood({ incident, owner });
  if (owner !== undefined) {
    return problem(
      `"${rest}" is one thing too many after <@${owner}>; nothing was done. An incident has one owner: type \`/owner @bob\`, or \`/owner INC-1 @bob\` for another incident than this channel's.`,
    );
  }
  return problem(
    `"${text}" is not a person. Type @ and pick one from the list Slack shows, such as \`/owner @bob\`, or type \`/owner me\`.`,
  );
}

/** `at 14:05`, `at 2:05 pm` or `at 2pm`, and what parts it from the text: an hour alone could be any number. */
const CLOCK = /^(at\s+(\d{1,2})(?=[:.]\d{2}|\s*[ap]m\b)(?:[:.](\d{2}))?(?:\s*([ap]m))?)(?!\w|[:.]\d)[\s:,-]*/i;

/**
 * Reads `[INC-n] [at 14:05] text`. The time is the speaker's, the most recent one that has passed; a digit after "at" is
 * always taken for one, so that none is noted as now by mistake.
 * @param zone the speaker's IANA zone; null when Slack does not say, and then a time is refused rather than guessed.
 */
export function parseNote(
  typed: string,
  now: Date,
  zone: string | null,
): Parsed<Addressed & { /** Null: now. */ readonly at: Date | null }> {
  const { incident, text } = parseAddressed(typed);
  const start = /^at\s+\d\S*/i.exec(text)?.[0];
  if (start === undefined) return understood({ incident, text, at: null });
  const found = CLOCK.exec(text);
  const written = found?.[1] ?? start;
  const time = found === null ? null : clockTime(Number(found[2]), Number(found[3] ?? 0), found[4]?.toLowerCase());
  if (found === null || time === null) {
    return problem(
      `"${written}" is not a time of day. Write it as \`at 14:05\`, \`at 2:05pm\` or \`at 2pm\`; where no time is meant, begin with another word than "at".`,
    );
  }
  if (zone === null) {
    return problem(
      `Slack does not say which time zone you are in, so "${written}" has no meaning. Set it in your Slack profile.`,
    );
  }
  return understood({ incident, text: text.slice(found[0].length), at: mostRecent(time, zone, now) });
}

function clockTime(hour: number, minute: number, half: string | undefined): { hour: number; minute: number } | null {
  if (minute > 59 || hour > 23) return null;
  if (half === undefined) return { hour, minute };
  if (hour < 1 || hour > 12) return null;
  return { hour: (hour % 12) + (half === 'pm' ? 12 : 0), minute };
}

function notASeverity(word: string): string {
  // Only where the letters are wrong: of a wrong digit nobody knows which one was meant.
  const digits = word.replaceAll(/\D/g, '');
  const meant = nearest(
    word,
    SEVERITIES.filter((severity) => severity === `SEV${digits}`),
  );
  const guess = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return `"${word}" is not a severity. Write ${SEVERITIES.slice(0, -1).join(', ')} or ${SEVERITIES.at(-1)}.${guess}`;
}
