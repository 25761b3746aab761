import type { KnownBlock } from '@slack/types';
import type { Incident } from '../src/domain/incident/state.ts';
import type { TimelineEntry } from '../src/domain/incident/timeline.ts';
import { context, header, type Rendered, section } from './elements.ts';
import { CUT } from './escape.ts';
import { incidentHeading, incidentName } from './incident-card.ts';
import { eventLine } from './incident-events.ts';
import { when } from './words.ts';

/** Longest line, and how much of a long timeline one answer shows: its end, which is what people look for. */
const LINE = 600;
const MOST = 40;
const PER_SECTION = 4;

/** What happened, in order, each line with the place in the log that says so. */
export function timelineMessage(incident: Incident, entries: readonly TimelineEntry[]): Rendered {
  const shown = entries.slice(-MOST);
  const left = entries.length - shown.length;
  const lines = shown.map(line);
  const blocks: KnownBlock[] = [header(incidentHeading(incident))];
  if (left > 0)
    blocks.push(
      context(
        `${CUT} ${left} earlier ${left === 1 ? 'entry' : 'entries'} left out; the post-mortem draft has all of them.`,
      ),
    );
  for (let first = 0; first < lines.length; first += PER_SECTION) {
    blocks.push(section(lines.slice(first, first + PER_SECTION).join('\n')));
  }
  return { text: `Timeline of ${incidentName(incident)}`, blocks };
}

function line({ at, event, actor, cite }: TimelineEntry): string {
  return `${when(at)}  ${shortened(eventLine(event, actor, at.toISOString()))}  \`${cite}\``;
}

/** The line is mrkdwn already: it is cut before any markup or escape that the limit would leave open. */
function shortened(text: string): string {
  if (text.length <= LINE) return text;
  const cut = text.slice(0, LINE);
  return `${cut.slice(0, Math.min(openAt(cut, '<', '>'), openAt(cut, '&', ';')))}${CUT}`;
}

function openAt(text: string, opening: string, closing: string): number {
  const last = text.lastIndexOf(opening);
  return last > text.lastIndexOf(closing) ? last : text.length;
}
