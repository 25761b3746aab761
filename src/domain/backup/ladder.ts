import type { Milliseconds } from '../spec/duration.ts';
import type { DrillSeen, Seen } from './drill-seen.ts';
import type { Manifest } from './manifest.ts';
import { contentFaults, integrityFaults, restoreFaults, structureFaults, volumeFaults, writeFaults } from './rungs.ts';
import { type SmokeCheck, smokeFaults } from './smoke.ts';

/** The rungs of a drill, in the order in which they are climbed. */
export const RUNGS = [
  'fetch',
  'key',
  'restore',
  'structure',
  'volume',
  'content',
  'integrity',
  'semantics',
  'write',
  'time',
] as const;
export type RungName = (typeof RUNGS)[number];

/**
 * `finding`: the backup, or the data in it, is not what it should be. `could-not-verify`: the drill itself could not look,
 * which is never good news. `warning`: to be looked at by somebody, and no reason to doubt the backup.
 */
export type RungVerdict = 'passed' | 'warning' | 'finding' | 'could-not-verify' | 'not-reached';

/** One thing to be told about a rung: a reason with a name, and the object it is about. */
export interface DrillNote {
  readonly weight: 'warning' | 'finding' | 'could-not-verify';
  readonly reason: string;
  readonly what: string;
}

export interface Rung {
  readonly rung: RungName;
  readonly verdict: RungVerdict;
  /** The first of them; `count` says how many there were. */
  readonly notes: readonly DrillNote[];
  readonly count: number;
}

export type DrillVerdict = 'passed' | 'finding' | 'could-not-verify';

/** What the backup is held against besides its own manifest. */
export interface DrillExpectations {
  /** The backup made before it, if there is one. */
  readonly previous: Pick<Manifest, 'tables' | 'id'> | null;
  readonly smoke: readonly SmokeCheck[];
  /** Whether it is to be proven from a copy elsewhere. */
  readonly offSite: boolean;
  readonly rto: Milliseconds | null;
  readonly rpo: Milliseconds | null;
}

interface DrillMeasures {
  /** From the beginning of the drill until the database could be asked; null when it never could. */
  readonly rto: Milliseconds | null;
  /** How old the data was when the drill began: so much would have been lost. */
  readonly rpo: Milliseconds;
  readonly took: Milliseconds;
}

/** A note each is enough to begin with; a dropped schema would otherwise fill the screen. */
const MOST_NOTES = 10;

/** What a drill shows, rung by rung, and all in all. */
export interface DrillResult {
  readonly verdict: DrillVerdict;
  readonly rungs: readonly Rung[];
  readonly measures: DrillMeasures;
}

/** Judges a drill. What could not be looked at is never green (rung 0 of the ladder). */
export function climb(manifest: Manifest, seen: DrillSeen, expected: DrillExpectations): DrillResult {
  const measures = measure(manifest, seen);
  const found = seen.found;
  const rungs = [
    rung('fetch', seen.fetch, (faults) => [
      ...faults.map(({ file, what }) => finding('file-altered', `${file}: ${what}`)),
      ...(expected.offSite && seen.from === 'local'
        ? [couldNot('not-from-off-site', 'the copy on this machine was restored; the one elsewhere was not proven')]
        : []),
    ]),
    rung('key', seen.key, (why) => (why === null ? [] : [finding('key-does-not-open', why)])),
    rung('restore', seen.restore, restoreFaults),
    rung('structure', found, (database) => structureFaults(manifest, database)),
    rung('volume', found, ({ tables }) => volumeFaults(manifest, tables, expected.previous)),
    rung('content', found, ({ tables }) => contentFaults(manifest.tables, tables)),
    rung('integrity', seen.integrity, (value) => integrityFaults(value, manifest, found)),
    rung('semantics', seen.smoke, (results) => smokeFaults(expected.smoke, results)),
    rung('write', seen.unwritable, (tables) => writeFaults(manifest, tables, found)),
    rung('time', timed(measures), () => timeFaults(measures, expected)),
  ];
  return { verdict: overall(rungs), rungs, measures };
}

/** Worst first: what is known to be wrong, then what is not known. */
function overall(rungs: readonly Pick<Rung, 'verdict'>[]): DrillVerdict {
  const has = (verdict: RungVerdict) => rungs.some((one) => one.verdict === verdict);
  if (has('finding')) return 'finding';
  return has('could-not-verify') || has('not-reached') || rungs.length < RUNGS.length ? 'could-not-verify' : 'passed';
}

function rung<Value>(name: RungName, seen: Seen<Value>, judge: (value: Value) => readonly DrillNote[]): Rung {
  switch (seen.kind) {
    case 'not-reached':
      return { rung: name, verdict: 'not-reached', notes: [], count: 0 };
    case 'could-not':
      return withNotes(name, [couldNot(seen.reason, seen.what)]);
    case 'seen':
      return withNotes(name, judge(seen.value));
  }
}

function withNotes(name: RungName, notes: readonly DrillNote[]): Rung {
  const worst = (['finding', 'could-not-verify', 'warning'] as const).find((weight) =>
    notes.some((note) => note.weight === weight),
  );
  const ordered = worst === undefined ? notes : notes.toSorted((a, b) => order(a) - order(b));
  return { rung: name, verdict: worst ?? 'passed', notes: ordered.slice(0, MOST_NOTES), count: notes.length };
}

const order = ({ weight }: DrillNote) => ['finding', 'could-not-verify', 'warning'].indexOf(weight);

function measure({ database }: Manifest, { beganAt, queryableAt, endedAt }: DrillSeen): DrillMeasures {
  const began = Date.parse(beganAt);
  return {
    rto: queryableAt === null ? null : Date.parse(queryableAt) - began,
    rpo: began - Date.parse(database.snapshotAt),
    took: Date.parse(endedAt) - began,
  };
}

const timed = ({ rto }: DrillMeasures): Seen<null> =>
  rto === null ? { kind: 'not-reached' } : { kind: 'seen', value: null };

function timeFaults({ rto, rpo }: DrillMeasures, expected: DrillExpectations): DrillNote[] {
  const late = (reason: string, measured: Milliseconds | null, most: Milliseconds | null) =>
    measured !== null && most !== null && measured > most
      ? [finding(reason, `${seconds(measured)} of ${seconds(most)}`)]
      : [];
  return [...late('rto-missed', rto, expected.rto), ...late('rpo-missed', rpo, expected.rpo)];
}

const seconds = (length: Milliseconds) => `${Math.round(length / 1000)} s`;

function finding(reason: string, what: string): DrillNote {
  return { weight: 'finding', reason, what };
}

function couldNot(reason: string, what: string): DrillNote {
  return { weight: 'could-not-verify', reason, what };
}
