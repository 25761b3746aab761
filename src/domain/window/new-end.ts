import { parseDuration } from '../spec/duration.ts';
import { type Parsed, problem, understood } from '../text/parsed.ts';
import { soonest } from '../time/soonest.ts';

/** When it ends instead: so much later, or at an instant. */
export type NewEnd = { readonly by: number } | { readonly until: Date };

/** The longest extension at once, and the longest window: beyond, somebody mistyped. */
export const LONGEST = 30 * 86_400_000;

/**
 * Reads `30m because the index is slow` or `until 05:30 ...`: a length of time, or the next time clocks show that where the
 * speaker is; then the reason. The end is null when nothing was typed, so that a form can ask.
 *
 * @param zone the speaker's IANA zone; null when Slack does not say, and then a time is refused rather than guessed.
 */
export function parseNewEnd(
  typed: string,
  now: Date,
  zone: string | null,
): Parsed<{ readonly end: NewEnd | null; readonly reason: string }> {
  const text = typed.trim().replace(/^(?:until|till|by|for)\s+/i, '');
  const [word = ''] = text.split(/\s+/, 1);
  if (word === '') return understood({ end: null, reason: '' });
  const reason = text.slice(word.length).trim();
  const clock = /^(\d{1,2})[:.](\d{2})$/.exec(word);
  if (clock === null) {
    const length = parseDuration(word);
    if (!length.ok || length.ms === 0)
      return problem(`"${word}" says no time. Write \`30m\`, \`2h\` or \`until 05:30\`, and then why.`);
    if (length.ms > LONGEST) return problem(`"${word}" is too long. Write at most \`30d\`.`);
    return understood({ end: { by: length.ms }, reason });
  }
  const [hour, minute] = [Number(clock[1]), Number(clock[2])];
  if (hour > 23 || minute > 59) return problem(`"${word}" is not a time of day. Write it as \`until 05:30\`.`);
  if (zone === null) {
    return problem(
      `Slack does not say which time zone you are in, so "${word}" has no meaning. Set it in your Slack profile, or write \`30m\`.`,
    );
  }
  return understood({ end: { until: soonest({ hour, minute }, zone, now) }, reason });
}
