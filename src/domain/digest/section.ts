import type { Severity } from '../incident/severity.ts';
import type { DigestSectionName } from '../spec/digest.ts';

/** What a line is about at a glance; each has its sign in `blocks/digest.ts`. */
export type DigestMark =
  | Severity
  | 'unrated'
  | 'failed'
  | 'not-run'
  | 'late'
  | 'due'
  | 'coming'
  | 'missed'
  | 'done'
  | 'owed';

/** One line of a digest, as data: what people wrote is `title`, what we say of it `said`. */
export interface DigestLine {
  readonly mark: DigestMark;
  /** `RUN-4`, `INC-2`; null for a line about several things. */
  readonly subject: string | null;
  readonly title: string;
  /** Ours, plain words; followed by `at`: "late, due". */
  readonly said: string;
  /** ISO, UTC. */
  readonly at: string | null;
  /** Slack user id of whose it is. */
  readonly who: string | null;
  /** Slack id of a channel where it is worked on. */
  readonly channel: string | null;
  /** Number of the run that nobody has taken and that the reader could. */
  readonly take: number | null;
}

/** One part of a digest. A room adds its own by a function from the facts to this, named in `sections.ts`. */
export interface DigestSection {
  readonly name: DigestSectionName;
  readonly title: string;
  /** How much of it there is, in a few words: "1 late, 2 due"; for the headline. */
  readonly sum: string;
  /** The worst first. */
  readonly lines: readonly DigestLine[];
  /** How many were left out at the end of `lines` to keep to one screen. */
  readonly left: number;
  /** What shows those too, such as `/maintenance next payments`; null where nothing does. */
  readonly more: string | null;
  /** What is well, for the one line that says so; null where there is nothing to say. Begins in lower case. */
  readonly green: string | null;
}

export const LINE = { subject: null, at: null, who: null, channel: null, take: null } as const;

/** "1 duty", "2 duties" */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "1 late, 2 due": the counts that are not nothing. */
export function summed(counts: readonly (readonly [number, string])[]): string {
  return counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}
