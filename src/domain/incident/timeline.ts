import type { Actor } from '../actor.ts';
import type { StoredEvent } from '../event.ts';
import { remainsOf } from './erased.ts';
import type { IncidentEvent } from './events.ts';

/** One line of the timeline. */
export interface TimelineEntry {
  /** Where the log says so: `INC-1#4`. */
  readonly cite: string;
  readonly seq: number;
  /** When it happened, which for a note or a pinned message may be long before it was written down. */
  readonly at: Date;
  readonly actor: Actor;
  readonly event: IncidentEvent;
}

/** What the log keeps and the timeline does not tell: how Mainstay reminded, where it posted, whom it refused. */
const UNTOLD: readonly IncidentEvent['kind'][] = [
  'incident.channel_opened',
  'incident.update_overdue',
  'incident.postmortem_reminded',
  'incident.message_unpinned',
  'permission.refused',
];

/** Collects a timeline event by event, so that a log of any length can be streamed through it. */
export class Timeline {
  readonly #entries = new Map<number, TimelineEntry>();
  /** Which entry shows a message, and whose pushpins hold it there. */
  readonly #pins = new Map<string, { seq: number; holders: Set<string> }>();

  add(event: StoredEvent<IncidentEvent>): void {
    const body = event.body ?? remainsOf(event);
    if (body === null) return;
    if (body.kind === 'incident.message_unpinned') this.#unpin(keyOf(body), body.by);
    if (UNTOLD.includes(body.kind)) return;
    if (body.kind === 'incident.message_pinned' && !this.#pin(keyOf(body.message), event.seq, body.by)) return;
    const { seq, actor, occurredAt: at } = event;
    this.#entries.set(seq, { cite: `${event.subject}#${seq}`, seq, at, actor, event: body });
  }

  /** In the order in which things happened; what happened at one instant stays in the order it was written down. */
  entries(): TimelineEntry[] {
    return [...this.#entries.values()].sort((a, b) => a.at.getTime() - b.at.getTime() || a.seq - b.seq);
  }

  /** True when the message is not shown yet. */
  #pin(key: string, seq: number, by: string): boolean {
    const pin = this.#pins.get(key);
    pin?.holders.add(by);
    if (pin === undefined) this.#pins.set(key, { seq, holders: new Set([by]) });
    return pin === undefined;
  }

  #unpin(key: string, by: string): void {
    const pin = this.#pins.get(key);
    pin?.holders.delete(by);
    if (pin === undefined || pin.holders.size > 0) return;
    this.#entries.delete(pin.seq);
    this.#pins.delete(key);
  }
}

function keyOf({ channel, ts }: { channel: string; ts: string }): string {
  return `${channel}:${ts}`;
}

/** The timeline of a log that is already in memory. */
export function timelineOf(events: Iterable<StoredEvent<IncidentEvent>>): TimelineEntry[] {
  const timeline = new Timeline();
  for (const event of events) timeline.add(event);
  return timeline.entries();
}
