import { SPEC_SUBJECT, type StoredEvent } from '../src/domain/event.ts';
import type { SpecEvent } from '../src/domain/spec/in-force.ts';
import { type Rendered, section } from './elements.ts';
import { bold, mrkdwnLine } from './escape.ts';
import { listed } from './lines.ts';
import { hashWords, whoLoaded } from './spec-show.ts';
import { when } from './words.ts';

/** Entries on one screen, changes of each there, and changes of one entry that is looked at alone. */
const MOST = 10;
const MOST_CHANGES = 3;
const MOST_ALONE = 60;
const LONGEST = 280;

/** The specs that came into force, the latest first, each with the first of what it changed. */
export function specHistoryMessage(loads: readonly StoredEvent<SpecEvent>[]): Rendered {
  const title = '*Operations specs that came into force*, the latest first';
  if (loads.length === 0) {
    const text = 'No operations spec is on record yet.';
    return { text, blocks: [section(text)] };
  }
  const entries = loads.map((load) => {
    const changes = changeLines(load);
    const left = changes.length - MOST_CHANGES;
    return [
      headLine(load),
      ...changes.slice(0, MOST_CHANGES),
      ...(left > 0 ? [`      and ${left} more: \`/ops spec history ${load.seq}\``] : []),
    ].join('\n');
  });
  return { text: title, blocks: [section(title), ...listed(entries, MOST, 'The log has all of them.')] };
}

/** One entry with all that it changed. */
export function specLoadMessage(load: StoredEvent<SpecEvent>): Rendered {
  const text = headLine(load);
  return { text, blocks: [section(text), ...listed(changeLines(load), MOST_ALONE, 'The log has all of them.')] };
}

function headLine({ seq, occurredAt, actor, body }: StoredEvent<SpecEvent>): string {
  const what = body === null ? ':wastebasket: erased' : `${bold(body.name, 100)} ${hashWords(body.hash)}`;
  return `${when(occurredAt)}  ${what}  ${whoLoaded(actor)}  ·  \`${SPEC_SUBJECT}#${seq}\``;
}

function changeLines({ body }: StoredEvent<SpecEvent>): string[] {
  if (body === null) return [];
  if (body.before === null) return ['      the first on record'];
  if (body.changes === null)
    return [`      what changed is not known: ${hashWords(body.before)} cannot be read any more`];
  if (body.changes.length === 0) return [`      means the same as ${hashWords(body.before)}`];
  return body.changes.map((change) => `      • ${mrkdwnLine(change, LONGEST)}`);
}
