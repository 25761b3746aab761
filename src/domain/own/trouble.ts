import type { OwnHealth, OwnPart, OwnPartName } from './judge.ts';

/** What Mainstay's own chain says: that operators were told of a part, and that they were told it is well again. */
export interface OwnEvent {
  readonly kind: 'own.degraded' | 'own.recovered';
  readonly part: OwnPartName;
  /** The machine, or the process on it; null for what all instances share. */
  readonly place: string | null;
  readonly status: OwnPart['status'];
  readonly reason: OwnPart['reason'];
  readonly detail: string;
  /** Since when it is so; ISO, UTC. */
  readonly since: string;
}

const MINUTE = 60_000;
/** A part must be so for this long before operators are told of it; ms. What passes by itself is noise. */
const TELL_AFTER = 5 * MINUTE;

/** Where a part is: everybody's, this machine's, or this process's own. While the database is away another way tells of it. */
const REACH: Record<OwnPartName, 'all' | 'machine' | 'process'> = {
  queue: 'all',
  spec: 'all',
  clock: 'machine',
  disk: 'machine',
  // How quickly it answers is measured by each process.
  database: 'process',
  slack: 'process',
  work: 'process',
};

/** The names of this instance, for people. */
export interface OwnPlace {
  readonly machine: string;
  readonly process: string;
}

export function placeOf(part: OwnPartName, { machine, process }: OwnPlace): string | null {
  return { all: null, machine, process }[REACH[part]];
}

/** For how long each part is as it is now, seen from one instance. */
export type OwnSpells = ReadonlyMap<OwnPartName, { readonly bad: boolean; readonly since: number }>;

/** The spells after one more look; what is unknown changes none. */
export function followSpells(spells: OwnSpells, { parts }: OwnHealth, now: Date): OwnSpells {
  const next = new Map(spells);
  for (const { name, status } of parts) {
    if (status === 'unknown') continue;
    const bad = status !== 'ok';
    if (next.get(name)?.bad !== bad) next.set(name, { bad, since: now.getTime() });
  }
  return next;
}

/** The parts that operators should be told of, and those they may have been told of and that have been well for as long. */
export function settled(spells: OwnSpells, health: OwnHealth, now: Date): { bad: OwnPart[]; well: OwnPart[] } {
  const lasting = health.parts.filter(({ name, status }) => {
    const spell = spells.get(name);
    return status !== 'unknown' && spell !== undefined && now.getTime() - spell.since >= TELL_AFTER;
  });
  return {
    bad: lasting.filter(({ status }) => status !== 'ok'),
    well: lasting.filter(({ status }) => status === 'ok'),
  };
}
