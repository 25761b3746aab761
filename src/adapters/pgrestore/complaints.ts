import type { CouldNotReason, RestoreFault } from '../../domain/backup/drill-seen.ts';

/** What pg_restore's complaints mean. */
export interface Complaints {
  readonly faults: readonly RestoreFault[];
  /** What the drill lacks; null when nothing. */
  readonly couldNot: { readonly reason: CouldNotReason; readonly what: string } | null;
}

/** Of every new database, or of a setting that a newer pg_dump writes for a newer server: nothing is lost by them. */
const HARMLESS = [/schema "public" already exists/, /unrecognized configuration parameter "\w+"/];

const LACKS: readonly (readonly [RegExp, CouldNotReason, string])[] = [
  [/extension "([^"]+)" is not available/, 'extension-not-here', 'the extension'],
  [/could not open extension control file ".*\/([^/"]+)\.control"/, 'extension-not-here', 'the extension'],
  [/unsupported version \(([\d.]+)\) in file header/, 'program-too-old', 'pg_restore cannot read archives of version'],
  [/No space left on device/, 'no-room', 'the disk is full'],
  [/pg_restore is not here/, 'program-missing', "pg_restore: install PostgreSQL's client programs"],
];

const MEANS: readonly (readonly [RegExp, RestoreFault['reason']])[] = [
  [/role "([^"]+)" does not exist/, 'role-missing'],
  [/input file|end of file|corrupt|out of sync/, 'dump-unreadable'],
  [/violates (?:foreign key|check) constraint|could not create (?:unique )?index|is violated by/, 'constraint-refused'],
  [/COPY failed/, 'rows-refused'],
];

const ENTRY = /^pg_restore: from TOC entry \d+; \d+ \d+ (.+)$/;
const ERROR = /^pg_restore: (?:error|fatal): (.*)$/;

/** Whether a line tells of something that went wrong, or at which object. */
export const isComplaint = (line: string): boolean => ENTRY.test(line) || ERROR.test(line);

/**
 * Sorts what pg_restore wrote on its standard error. Only the names of objects are kept of it: its words may quote rows.
 */
export function complaintsIn(stderr: string): Complaints {
  const faults: RestoreFault[] = [];
  let couldNot: Complaints['couldNot'] = null;
  let entry: string | null = null;
  for (const line of stderr.split('\n')) {
    const at = ENTRY.exec(line)?.[1];
    if (at !== undefined) entry = at;
    const said = ERROR.exec(line)?.[1];
    if (said === undefined || HARMLESS.some((one) => one.test(said))) continue;
    couldNot ??= lackIn(said);
    if (lackIn(said) === null) faults.push(faultIn(said, entry));
  }
  return { faults: distinct(faults), couldNot };
}

function lackIn(said: string): Complaints['couldNot'] {
  for (const [pattern, reason, what] of LACKS) {
    const found = pattern.exec(said);
    if (found !== null) return { reason, what: [what, found[1]].filter(Boolean).join(' ') };
  }
  return null;
}

function faultIn(said: string, entry: string | null): RestoreFault {
  for (const [pattern, reason] of MEANS) {
    const found = pattern.exec(said);
    if (found !== null) return { reason, what: found[1] ?? entry ?? 'the archive' };
  }
  return { reason: 'restore-error', what: entry ?? 'the archive' };
}

function distinct(faults: readonly RestoreFault[]): RestoreFault[] {
  return [...new Map(faults.map((fault) => [`${fault.reason} ${fault.what}`, fault])).values()];
}
