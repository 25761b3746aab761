/** Something that failed within a window, of which nobody was told. */
export interface QuietThing {
  /** `group` is one of alerts that were told to Mainstay, `alert` what was found in an Alertmanager. */
  readonly kind: 'check' | 'alert' | 'group';
  /** What it is known by: the key of a check, target and fingerprint of an alert, source and group of a group. */
  readonly key: string;
  readonly name: string;
  /** One line for people. */
  readonly detail: string;
}

/** What a window has kept quiet so far: the first of so many. */
export interface Quiet {
  readonly things: readonly QuietThing[];
  readonly count: number;
}

/** What was found when a window was over: the first of so many that still failed. */
export interface Aftermath {
  readonly still: readonly QuietThing[];
  readonly count: number;
  /** What could not be asked; null where all answered. */
  readonly problem: string | null;
}

/** What is silenced, for a window or a group of alerts, in one Alertmanager. */
export interface SilenceThere {
  /** Alertmanager's id; null while there is none. */
  readonly id: string | null;
  readonly until: string | null;
  /** Why it is not as it should be; null when it is. */
  readonly problem: string | null;
}

/** As many things as a window names. */
export const MOST_NAMED = 50;

/** What it has kept quiet with these added; null when all of them were known. */
export function quieter(quiet: Quiet, found: readonly QuietThing[]): Quiet | null {
  const known = new Set(quiet.things.map(({ key }) => key));
  const fresh = found.filter(({ key }) => !known.has(key));
  // Beyond what is named, only how many there were at once is known.
  const count = Math.max(quiet.count, quiet.things.length + fresh.length);
  const things = [...quiet.things, ...fresh].slice(0, MOST_NAMED);
  return things.length === quiet.things.length && count === quiet.count ? null : { things, count };
}
