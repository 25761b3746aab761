import type { Actor } from '../../domain/actor.ts';
import type { StoredEvent } from '../../domain/event.ts';
import type { Session } from './session.ts';

/** Enough that the round trips do not count, little enough that a page is no burden. */
const PAGE = 1000;

interface Row<Body extends { kind: string }> {
  readonly seq: number;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly actor: Actor;
  readonly kind: Body['kind'];
  readonly body: Body | null;
}

const PAGE_OF_EVENTS = `
  select event.seq, event."occurredAt", event."recordedAt", event.actor, event.kind, said.body
    from "Event" as event left join "EventBody" as said using (subject, seq)
   where event.subject = $1 and event.seq > $2
   order by event.seq limit ${PAGE}`;

/**
 * A subject's events in order, fetched page by page. What they may say is known to whoever knows the subject.
 *
 * @param since the number of the last one that is known already
 */
export async function* eventsOf<Body extends { kind: string }>(
  rows: Session['rows'],
  subject: string,
  since = 0,
): AsyncGenerator<StoredEvent<Body>, void> {
  let after = since;
  for (;;) {
    const page = await rows<Row<Body>>(PAGE_OF_EVENTS, [subject, after]);
    for (const row of page) yield { subject, ...row };
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.seq;
  }
}
