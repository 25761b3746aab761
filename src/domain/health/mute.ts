import type { Actor } from '../actor.ts';
import type { EventDraft } from '../event.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import type { CheckEvent } from './events.ts';
import type { CheckState } from './state.ts';

export type MuteRefusal = 'empty-text' | 'not-in-future' | 'too-long' | 'not-muted';

const DAY = 86_400_000;
/** What is quiet for longer should leave the spec. */
const LONGEST = 90 * DAY;

interface Asked {
  readonly actor: Actor;
  readonly now: Date;
}

/** What a mute says, of whatever it mutes: a reason, and a time to come that is not for ever. */
export function muteTerms(
  input: { readonly until: Date; readonly reason: string },
  now: Date,
): Outcome<{ readonly until: string; readonly reason: string }, MuteRefusal> {
  const reason = cleaned(input.reason);
  if (reason === '') return refused('empty-text', 'Say why it is muted: others will want to know.', 'reason');
  if (input.until <= now) return refused('not-in-future', 'That time has passed. Choose a time to come.', 'until');
  if (input.until.getTime() - now.getTime() > LONGEST) {
    return refused(
      'too-long',
      'A mute lasts 90 days at most. What stays quiet for ever should leave the spec.',
      'until',
    );
  }
  return done({ until: input.until.toISOString(), reason });
}

/** Nobody is told of it until then. A second mute takes the place of the first. */
export function decideMute(
  input: { readonly until: Date; readonly reason: string },
  { actor, now }: Asked,
): Outcome<EventDraft<CheckEvent>, MuteRefusal> {
  const terms = muteTerms(input, now);
  if (!terms.ok) return terms;
  return done({ actor, occurredAt: now, recordedAt: now, body: { kind: 'check.muted', ...terms.value } });
}

/**
 * @param group the message that tells what was kept quiet; null when nothing is
 * @param window the maintenance window after which it is told instead
 */
export function decideUnmute(
  state: CheckState,
  { actor, now, group, window }: Asked & { readonly group: number | null; readonly window: number | null },
): Outcome<EventDraft<CheckEvent>, MuteRefusal> {
  if (state.mute === null) return refused('not-muted', `\`${state.key}\` is not muted.`);
  const why = now.toISOString() >= state.mute.until ? 'expired' : 'asked';
  const body: CheckEvent = { kind: 'check.unmuted', why, group, ...(window !== null && { window }) };
  return done({ actor, occurredAt: now, recordedAt: now, body });
}
