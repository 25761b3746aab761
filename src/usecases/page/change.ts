import { type EventDraft, incidentSubject, pageSubject } from '../../domain/event.ts';
import { follow as followIncident } from '../../domain/incident/apply.ts';
import type { Incident } from '../../domain/incident/state.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import { follow } from '../../domain/page/apply.ts';
import {
  type PageDecided,
  type PageDecision,
  type PageRefusal,
  type PageSituation,
  unknownPage,
} from '../../domain/page/decision.ts';
import type { PageEvent } from '../../domain/page/events.ts';
import type { Page } from '../../domain/page/page.ts';
import { timelineOf } from '../../domain/page/timeline.ts';
import type { PermissionVerb } from '../../domain/permissions.ts';
import type { PageJob } from '../jobs-port.ts';
import { notPermitted } from '../permit.ts';
import type { Caller, Clock, SpecSource, Store, Tx, Write } from '../ports.ts';

/** What every verb of a page works with. */
export interface PageDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly spec: SpecSource;
}

export type PageChanged = Outcome<Page, PageRefusal>;

/** The part of a write that is about pages. */
export type PageWrite = Required<Pick<Write, 'pages' | 'pageJobs' | 'deliveries'>> & {
  readonly events: readonly { readonly subject: string; readonly draft: EventDraft }[];
};

/** A page and the incident it is about, both locked; the incident first, as its own verbs do. */
export interface LockedPage {
  readonly page: Page;
  readonly incident: Incident | null;
}

/**
 * Locks a page with what it is about. Null when there is no such page.
 *
 * @param seen read before the transaction began, which holds a connection: what a page is about never changes
 */
export async function lockPage(tx: Tx, seen: Pick<Page, 'number' | 'subject'>): Promise<LockedPage | null> {
  const { number, subject } = seen;
  const incident = subject.of === 'incident' ? await tx.incident(subject.incident) : null;
  const page = await tx.page(number);
  return page === null ? null : { page, incident };
}

/** As every verb: load or refuse, permission, let the domain decide, write it all together; a repeated request gets the first answer. */
export async function changePage(
  deps: PageDeps,
  caller: Caller,
  verb: Extract<PermissionVerb, `page.${string}`>,
  number: number,
  decide: (page: Page, situation: PageSituation) => PageDecided,
): Promise<PageChanged> {
  const seen = await deps.store.page(number);
  if (seen === null) return unknownPage(number);
  return deps.store.once<PageChanged>(caller.requestKey, async (tx) => {
    const locked = await lockPage(tx, seen);
    if (locked === null) return unknownPage(number);
    const situation = { actor: caller.actor, now: deps.clock.now(), spec: deps.spec.current() };
    const refusal = notPermitted(situation.spec, verb, caller, situation.now);
    if (refusal !== null) {
      await savePage(tx, locked, { events: [refusal.event], deliveries: [] }, situation);
      return refusal.answer;
    }
    const decided = decide(locked.page, situation);
    if (!decided.ok) return decided;
    return done(await savePage(tx, locked, decided.value, situation));
  });
}

/** Writes what was decided about a page, and puts it on the timeline of its incident. */
export async function savePage(
  tx: Tx,
  { page, incident }: LockedPage,
  decision: PageDecision,
  situation: PageSituation,
): Promise<Page> {
  const write = writeOf(page, page.number, decision);
  const { events, deliveries } = timelineOf(page, decision.events, situation);
  const told = incident === null ? [] : events;
  await tx.save({
    ...write,
    events: [
      ...(incident === null ? [] : told.map((draft) => ({ subject: incidentSubject(incident.number), draft }))),
      ...write.events,
    ],
    incidents: incident === null || told.length === 0 ? [] : [followIncident(incident, incident.number, told)],
    deliveries: [...write.deliveries, ...(incident === null ? [] : deliveries)],
  });
  return follow(page, page.number, decision.events);
}

/** What is written of a page: its events, the state that follows from them, what is said in Slack, and what is sent otherwise. */
export function writeOf(before: Page | null, number: number, { events, deliveries }: PageDecision): PageWrite {
  const subject = pageSubject(number);
  return {
    events: events.map((draft) => ({ subject, draft })),
    pages: [follow(before, number, events)],
    pageJobs: events.flatMap(({ body }) => jobsOf(number, body)),
    deliveries,
  };
}

/** Several of them as one. */
export function together(writes: readonly PageWrite[]): PageWrite {
  return {
    events: writes.flatMap(({ events }) => events),
    pages: writes.flatMap(({ pages }) => pages),
    pageJobs: writes.flatMap(({ pageJobs }) => pageJobs),
    deliveries: writes.flatMap(({ deliveries }) => deliveries),
  };
}

/** What Slack is not the way of: of one way one thing is sent at a time, so that a receiver hears things in order. */
function jobsOf(page: number, event: PageEvent): PageJob[] {
  const sends = 'sends' in event ? event.sends : [];
  return sends
    .filter(({ way }) => way !== 'dm')
    .map(({ attempt, way }) => ({ page, attempt, lane: `${pageSubject(page)}:${way}` }));
}
