import { SPEC_SUBJECT, type StoredEvent } from '../src/domain/event.ts';
import type { SpecEvent } from '../src/domain/spec/in-force.ts';
import { type Rendered, section } from './elements.ts';
import { bold, mrkdwnLine } from './escape.ts';
import { listedAs } from './lines.ts';
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
  return { text: title, blocks: [section(title), ...listedAs(loads, entryLines, MOST, 'The log has all of them.')] };
}

/** One entry with all that it changed. */
export function specLoadMessage(load: StoredEvent<SpecEvent>): Rendered {
  const text = headLine(load);
  const changes = load.body?.changes ?? [];
  const lines = changes.length === 0 ? [section(changesWords(load.body))] : [];
  return {
    text,
    blocks: [section(text), ...lines, ...listedAs(changes, changeLine, MOST_ALONE, 'The log has all of them.')],
  };
}

function entryLines(load: StoredEvent<SpecEvent>): string {
  const changes = load.body?.changes ?? [];
  const left = changes.length - MOST_CHANGES;
  return [
    headLine(load),
    ...(changes.length === 0 ? [changesWords(load.body)] : changes.slice(0, MOST_CHANGES).map(changeLine)),
    ...(left > 0 ? [`      and ${left} more: \`/ops spec history ${load.seq}\``] : []),
  ].join('\n');
}

function headLine({ seq, occurredAt, actor, body }: StoredEvent<SpecEvent>): string {
  const what = body === null ? ':wastebasket: erased' : `${bold(body.name, 100)} ${hashWords(body.hash)}`;
  return `${when(occurredAt)}  ${what}  ${whoLoaded(actor)}  ·  \`${SPEC_SUBJECT}#${seq}\``;
}

const changeLine = (change: string): string => `      • ${mrkdwnLine(change, LONGEST)}`;

/** What is said where no changes are. */
function changesWords(body: SpecEvent | null): string {
  if (body === null) return '      what it said was erased';
  if (body.before === null) return '      the first on record';
  if (body.changes === null)
    return `      what changed is not known: ${hashWords(body.before)} cannot be read any more`;
  return `      means the same as ${hashWords(body.before)}`;
}
