import type { Digest } from '../spec/digest.ts';
import type { CalendarDate } from '../time/day.ts';
import type { DigestFacts } from './facts.ts';
import type { DigestSection } from './section.ts';
import { SECTIONS } from './sections.ts';

/** What a team is told one morning: plain data, small enough to be promised as it is. */
export interface DailyDigest {
  /** Key of the team. */
  readonly team: string;
  readonly name: string;
  /** The day it is about, where the team is. */
  readonly day: CalendarDate;
  /** When it was due. Instants are ISO, UTC. */
  readonly dueAt: string;
  /** Nothing ran when it was due. */
  readonly late: boolean;
  readonly since: string;
  /** Those with something to say, in the order the spec asks for. */
  readonly sections: readonly DigestSection[];
  /** What is well, each a few words. */
  readonly green: readonly string[];
}

/** Lines of all sections together, which is a screen; and of one section. */
export const MOST_LINES = 20;
const MOST_OF_ONE = 5;

/** The digest of these facts. What does not fit one screen is counted, the worst being shown first. */
export function dailyDigest(
  facts: DigestFacts,
  asked: Pick<Digest, 'sections'>,
  of: Pick<DailyDigest, 'day' | 'dueAt' | 'late'>,
): DailyDigest {
  const { team, spec, since } = facts;
  const all = [...new Set(asked.sections)].flatMap((name) => SECTIONS[name]?.(facts) ?? []);
  return {
    team,
    name: spec.teams[team]?.name ?? team,
    ...of,
    since: since.toISOString(),
    sections: onOneScreen(all.filter(({ lines }) => lines.length > 0)),
    green: all.flatMap(({ green }) => green ?? []),
  };
}

/** Each section keeps room for one line of each that follows. */
function onOneScreen(sections: readonly DigestSection[]): DigestSection[] {
  let room = MOST_LINES;
  return sections.map((section, index) => {
    const most = Math.max(1, Math.min(MOST_OF_ONE, room - (sections.length - index - 1)));
    const lines = section.lines.slice(0, most);
    room -= lines.length;
    return { ...section, lines, left: section.lines.length - lines.length };
  });
}
