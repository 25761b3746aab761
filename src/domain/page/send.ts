import { slackUser } from '../actor.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { nearest } from '../text/nearest.ts';
import type { PageRefusal, PageSituation } from './decision.ts';
import type { PageTerms } from './events.ts';
import { pageTerms, termsForOne } from './terms.ts';

/** What somebody asks for; `team` null for themselves. */
export interface PageAsked {
  readonly team: string | null;
  readonly text: string;
}

/** Who is woken when a person asks for it, or why nobody can be. */
export function askedTerms({ team, text }: PageAsked, { spec, actor }: PageSituation): Outcome<PageTerms, PageRefusal> {
  const title = cleaned(text).replaceAll(/\s+/g, ' ').trim();
  const about = { subject: { of: 'manual' }, detail: '', urgency: null } as const;
  if (team === null) {
    const user = slackUser(actor);
    const own =
      user === null
        ? null
        : termsForOne(spec, user, { ...about, title: title === '' ? 'A test: nothing is wrong' : title });
    if (own !== null) return done(own);
    return refused(
      'in-no-team',
      'The operations spec has you in no team that can be called: add yourself to `members` of one.',
    );
  }
  if (spec.teams[team] === undefined) {
    const meant = nearest(team, Object.keys(spec.teams));
    const guess = meant === undefined ? '' : ` Did you mean "${meant}"?`;
    return refused('unknown-team', `"${team}" is no team of the operations spec.${guess}`, 'team');
  }
  if (title === '')
    return refused('empty-text', 'Say in a few words what is wrong: whoever is woken reads it first.', 'text');
  const terms = pageTerms(spec, team, { ...about, title });
  if (terms !== null) return done(terms);
  return refused(
    'nobody-to-call',
    `Nobody of ${spec.teams[team].name} can be called: the operations spec names no member with a Slack user, and the team has no webhook.`,
    'team',
  );
}
