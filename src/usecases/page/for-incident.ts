import { sayInChannel } from '../../domain/incident/announce.ts';
import { type Decision, eventNow, type Situation } from '../../domain/incident/decision.ts';
import type { Incident } from '../../domain/incident/state.ts';
import { isOpen } from '../../domain/incident/transitions.ts';
import { acknowledgeByOwner } from '../../domain/page/acknowledge.ts';
import type { PageDecision } from '../../domain/page/decision.ts';
import { pagingOf } from '../../domain/page/incident.ts';
import { openPage } from '../../domain/page/open.ts';
import { isUnanswered, type Page } from '../../domain/page/page.ts';
import { resolvePage } from '../../domain/page/resolve.ts';
import { timelineOf } from '../../domain/page/timeline.ts';
import type { Tx } from '../ports.ts';
import { type PageWrite, together, writeOf } from './change.ts';

/** What a change of an incident does to pages: what is written beside it, and what stands on its own timeline because of that. */
interface IncidentPages {
  readonly write: PageWrite;
  readonly incident: Decision;
}

const NOTHING: IncidentPages = {
  write: together([]),
  incident: { events: [], deliveries: [] },
};

/**
 * Wakes somebody for an incident that was declared with such a severity or raised to it; an owner is the acknowledgement, its
 * end is theirs. Asks for its pages only when something changed that concerns them.
 */
export async function pagesOfIncident(
  tx: Tx,
  before: Incident | null,
  after: Incident,
  situation: Situation,
): Promise<IncidentPages> {
  if (!concernsPages(before, after)) return NOTHING;
  const pages = before === null ? [] : await tx.pagesAbout({ of: 'incident', incident: after.number });
  const moved = pages.flatMap((page) => {
    const decision = isOpen(after)
      ? (ownedBy(page, before, after, situation) ?? loweredTo(page, after, situation))
      : resolvePage(page, 'incident-resolved', situation);
    return decision === null ? [] : [{ page, decision }];
  });
  if (moved.length > 0) return allOf(moved, situation);
  const paging = pagingOf(before, after, pages, situation.spec);
  switch (paging.what) {
    case 'nothing':
      return NOTHING;
    case 'nobody': {
      const { reason, team } = paging;
      const event = eventNow(situation, { kind: 'incident.nobody_paged', reason, team });
      return { ...NOTHING, incident: { events: [event], deliveries: [sayInChannel(after.number, event)] } };
    }
    case 'page': {
      const number = await tx.nextPageNumber();
      const decision = openPage(number, paging.terms, situation);
      const write = writeOf(null, number, decision);
      return { write, incident: timelineOf({ ...paging.terms, number }, decision.events, situation) };
    }
  }
}

function concernsPages(before: Incident | null, after: Incident): boolean {
  if (before === null) return after.severity !== null;
  return before.severity !== after.severity || before.owner !== after.owner || isOpen(before) !== isOpen(after);
}

function ownedBy(page: Page, before: Incident | null, { owner }: Incident, situation: Situation): PageDecision | null {
  return owner === null || owner === before?.owner ? null : acknowledgeByOwner(page, owner, situation);
}

/** Whoever has taken it keeps it, so that nobody is woken again when it is raised again. */
function loweredTo(page: Page, { severity }: Incident, situation: Situation): PageDecision | null {
  const pages = severity !== null && situation.spec.severities[severity].page;
  return pages || !isUnanswered(page) ? null : resolvePage(page, 'severity-lowered', situation);
}

function allOf(
  moved: readonly { readonly page: Page; readonly decision: PageDecision }[],
  situation: Situation,
): IncidentPages {
  const told = moved.map(({ page, decision }) => timelineOf(page, decision.events, situation));
  return {
    write: together(moved.map(({ page, decision }) => writeOf(page, page.number, decision))),
    incident: {
      events: told.flatMap(({ events }) => events),
      deliveries: told.flatMap(({ deliveries }) => deliveries),
    },
  };
}
