import { readFileSync } from 'node:fs';
import type { CoverageRow } from '../../src/domain/spec/coverage.ts';
import type { OperationsSpec } from '../../src/domain/spec/types.ts';
import { loadCoverage } from '../../src/spec/coverage.ts';
import { loadSpec } from '../../src/spec/load.ts';

/** The specs that come with Mainstay, each with a coverage file and calendars of its own. */
export const READY_SPECS = ['kwanus', 'memo-ai-coach', 'iso-29110', 'nexus'] as const;
type ReadySpec = (typeof READY_SPECS)[number];

export const SPECS = new URL('../../specs/', import.meta.url).pathname;

/** A spec as it is where none of the variables it names is set. Throws its faults. */
export function readySpec(name: ReadySpec): OperationsSpec {
  const file = `${name}.yml`;
  const loaded = loadSpec(readFileSync(`${SPECS}${file}`, 'utf8'), file, {});
  if (!loaded.ok) throw new Error(loaded.faults.join('\n'));
  return loaded.spec;
}

/** The rows of its coverage, held against the spec: lines claimed twice and unknown carriers are thrown as faults. */
export function readyCoverage(name: ReadySpec): CoverageRow[] {
  const file = `coverage/${name}.yml`;
  const loaded = loadCoverage(readFileSync(`${SPECS}${file}`, 'utf8'), file, { spec: readySpec(name) });
  if (!loaded.ok) throw new Error(loaded.faults.join('\n'));
  return loaded.rows;
}
