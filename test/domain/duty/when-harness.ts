import { parseWhen } from '../../../src/domain/duty/parse-when.ts';
import { occurrences } from '../../../src/domain/duty/recurrence.ts';
import type { When } from '../../../src/domain/duty/when.ts';

/** The `when` as it would stand in the file; a fault in it fails the test. */
export function readWhen(written: unknown): When {
  const read = parseWhen(written);
  if (!read.ok) throw new Error(read.faults.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '));
  return read.value;
}

/** The local times, "2026-03-18 10:00", of the UTC days from one to the other, both included. */
export function localTimes(written: unknown, from: string, to: string, zone = 'UTC'): string[] {
  const range = { zone, from: new Date(`${from}T00:00:00Z`), to: new Date(`${to}T23:59:59Z`) };
  return occurrences(readWhen(written), range).map(({ local }) => local);
}
