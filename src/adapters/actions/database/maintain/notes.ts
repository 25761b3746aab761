import { oneLine } from '../../../../domain/text/text-table.ts';
import { fault, type Session, Stopped } from '../session.ts';
import type { Table } from '../tables.ts';

/** What a maintenance works on, and what it has to tell so far. */
export interface Maintenance {
  readonly session: Session;
  readonly tables: readonly Table[];
  /** The tables that hold the rows: partitions in place of what is divided into them. */
  readonly leaves: readonly Table[];
  readonly notes: Notes;
}

/** Told even when the maintenance is stopped half-way. */
export interface Notes {
  readonly lines: string[];
  /** How many statements have changed something. */
  done: number;
  /** What could not be done, with the reason; `outside`: it lies in rights or the connection. */
  readonly faults: { words: string; lies: 'inside' | 'outside' }[];
}

/**
 * Runs one statement of a maintenance. Where it fails, or PostgreSQL leaves the table out with a warning, that is noted
 * and the others go on.
 *
 * @returns how long it took in milliseconds; null where it was not done
 * @throws Stopped
 */
export async function attempt({ session, notes }: Maintenance, what: string, text: string): Promise<number | null> {
  const began = performance.now();
  try {
    const warnings = await session.run(text);
    const left = warnings.filter((warning) => /skipping|permission denied/.test(warning));
    for (const warning of left) note(notes, what, warning, 'outside');
    if (left.length > 0) return null;
    notes.done += 1;
    return Math.round(performance.now() - began);
  } catch (error) {
    if (error instanceof Stopped) throw error;
    const { lies, reason } = fault(error);
    note(notes, what, reason, lies);
    return null;
  }
}

export function note(notes: Notes, what: string, reason: string, lies: 'inside' | 'outside'): void {
  const words = `${oneLine(what)}: ${oneLine(reason)}`;
  notes.faults.push({ words, lies });
  notes.lines.push(`  not done: ${words}`);
}
