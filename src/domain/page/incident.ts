import { slackUser } from '../actor.ts';
import { incidentSubject } from '../event.ts';
import { isWorse } from '../incident/set-severity.ts';
import type { Incident } from '../incident/state.ts';
import { isOpen } from '../incident/transitions.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { PageTerms } from './events.ts';
import type { Page } from './page.ts';
import { pageTerms } from './terms.ts';

/** What an incident asks of paging when it has changed, and why. */
export type IncidentPaging =
  | {
      readonly what: 'nothing';
      readonly reason:
        | 'severity-does-not-page'
        | 'not-worse'
        | 'has-an-owner'
        | 'is-paged'
        | 'declarer-is-first'
        | 'no-teams';
    }
  /** Somebody should be woken and nobody can be: people are told so. */
  | { readonly what: 'nobody'; readonly reason: 'no-team' | 'nobody-to-call'; readonly team: string | null }
  | { readonly what: 'page'; readonly terms: PageTerms };

/**
 * Is anybody to be woken because an incident was declared with such a severity, or raised to it?
 *
 * @param pages what was opened about it before and is not over
 */
export function pagingOf(
  before: Incident | null,
  after: Incident,
  pages: readonly Page[],
  spec: OperationsSpec,
): IncidentPaging {
  const { severity } = after;
  if (severity === null || !isOpen(after) || !spec.severities[severity].page) return nothing('severity-does-not-page');
  if (before !== null && !isWorse(severity, before.severity)) return nothing('not-worse');
  if (after.owner !== null) return nothing('has-an-owner');
  if (pages.length > 0) return nothing('is-paged');
  // Without teams nobody has said whom incidents concern: Mainstay was not asked to wake anybody.
  if (Object.keys(spec.teams).length === 0) return nothing('no-teams');
  const team = teamOf(after, spec);
  if (team === null) return { what: 'nobody', reason: 'no-team', team };
  const subject = { of: 'incident', incident: after.number } as const;
  const title = `${incidentSubject(after.number)} ${after.title}`;
  const terms = pageTerms(spec, team, { subject, title, detail: after.description, urgency: severity });
  if (terms === null) return { what: 'nobody', reason: 'nobody-to-call', team };
  const isAwake = terms.contacts[0]?.slack !== null && terms.contacts[0]?.slack === slackUser(after.declaredBy);
  return isAwake ? nothing('declarer-is-first') : { what: 'page', terms };
}

/** The service's team; where the incident names none, the first team that its severity calls in. */
function teamOf({ service, severity }: Incident, { services, severities, teams }: OperationsSpec): string | null {
  const own = service === null ? undefined : services[service]?.team;
  const invited = severity === null ? [] : severities[severity].invite;
  return own ?? invited.find((entry) => teams[entry] !== undefined) ?? null;
}

function nothing(reason: Extract<IncidentPaging, { what: 'nothing' }>['reason']): IncidentPaging {
  return { what: 'nothing', reason };
}
