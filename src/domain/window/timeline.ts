import type { StoredEvent } from '../event.ts';
import { windowSubject } from '../event.ts';
import type { WindowEvent } from './events.ts';
import type { QuietThing } from './quiet.ts';
import type { MaintenanceWindow } from './window.ts';

/** Something that happened in a window, in plain words. */
export interface TimelineNote {
  readonly at: Date;
  readonly text: string;
}

/** Things one note names. */
const MOST = 10;

/** What happened in a window, as the notes with which an incident that follows from it begins. */
export function windowTimeline(
  { number, title }: Pick<MaintenanceWindow, 'number' | 'title'>,
  events: readonly StoredEvent<WindowEvent>[],
): TimelineNote[] {
  const name = windowSubject(number);
  return events.flatMap(({ body, occurredAt: at }) => {
    const text = body === null ? null : wordsOf(body, `${name} (${title})`, name);
    return text === null ? [] : [{ at, text }];
  });
}

function wordsOf(body: WindowEvent, full: string, name: string): string | null {
  switch (body.kind) {
    case 'window.planned':
      return `Maintenance ${full} was planned from ${clock(body.terms.startsAt)} to ${clock(body.terms.endsAt)}: ${body.terms.reason}`;
    case 'window.started':
      return `${name} began.`;
    case 'window.extended':
      return `${name} was extended to ${clock(body.to)}${body.reason === '' ? '.' : `: ${body.reason}`}`;
    case 'window.overran':
      return `${name} was over its time and went on.`;
    case 'window.silenced':
      return `Its alerts were silenced in ${body.target} until ${clock(body.until)}.`;
    case 'window.not_silenced':
      return `Its alerts could not be silenced in ${body.target}: ${body.problem}`;
    case 'window.kept_quiet':
      return `${name} kept quiet: ${named(body.things, body.count)}`;
    case 'window.ended':
      return `${name} ended.`;
    case 'window.looked_again':
      return body.count === 0
        ? `After ${name} nothing failed.`
        : `After ${name} still failed: ${named(body.still, body.count)}`;
    case 'window.reported':
      return `What was done in ${name}: ${body.done}`;
    default:
      return null;
  }
}

function named(things: readonly QuietThing[], count: number): string {
  const names = things.slice(0, MOST).map(({ name }) => name);
  return `${names.join(', ')}${count > names.length ? ` and ${count - names.length} more` : ''}`;
}

function clock(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}
