import { z } from 'zod';
import { formatClause } from '../domain/spec/clause.ts';
import {
  CARRIER_KINDS,
  type Carrier,
  COVERAGE_WAYS,
  type CoverageRow,
  carrierNames,
  carries,
  overlap,
} from '../domain/spec/coverage.ts';
import type { OperationsSpec } from '../domain/spec/types.ts';
import { nearest } from '../domain/text/nearest.ts';
import { oneClause } from './entries.ts';
import { didYouMean, type PathFault, schemaFaults } from './faults.ts';
import { readYaml } from './read-yaml.ts';
import { text } from './values.ts';

const carrier = text.transform((found, ctx): Carrier => {
  const [, word = '', name = ''] = /^([^:]*):\s*(.*)$/.exec(found) ?? [];
  const kind = CARRIER_KINDS.find((known) => known === word);
  if (kind !== undefined && name !== '') return { kind, name };
  const allowed = `write what carries it as kind:name, the kind one of ${CARRIER_KINDS.join(', ')}`;
  ctx.addIssue({
    code: 'custom',
    message: `is "${found}"; ${allowed}${didYouMean(kind ?? nearest(word, CARRIER_KINDS))}`,
  });
  return z.NEVER;
});

const row = z
  .strictObject({
    clause: oneClause,
    says: text,
    how: z.enum(COVERAGE_WAYS),
    by: z.array(carrier).default([]),
    note: text.exactOptional(),
  })
  .refine(({ how, by }) => how === 'not yet' || by.length > 0, {
    path: ['by'],
    error: 'is empty; say what carries the clause, or write how: not yet',
  });

const coverageFile = z.array(row) satisfies z.ZodType<CoverageRow[]>;

export type LoadedCoverage = { ok: true; rows: CoverageRow[] } | { ok: false; faults: string[] };

/** What a coverage file is held against: the spec that carries the clauses out, what people can type, rows of other files. */
export interface CoverageContext {
  spec?: OperationsSpec;
  /** As rows write them: `/incident declare`, `mainstay audit verify`. */
  commands?: readonly string[];
  others?: readonly CoverageRow[];
}

/**
 * Reads a coverage file: a list of rows, each a clause of a document, what it says, how it is carried and by what. All
 * faults come at once as `file:line:column: sentence`: among them a line that two rows claim, commands that nobody can type
 * and, for clauses of the spec's own documents, carriers that the spec does not have.
 *
 * @param filename as the person knows it; only shown.
 */
export function loadCoverage(written: string, filename: string, context: CoverageContext = {}): LoadedCoverage {
  const file = readYaml(written, filename);
  if (file.content === null) return { ok: false, faults: file.faultsWith([]) };
  const checked = schemaFaults(coverageFile, file.content.value ?? []);
  const faults = file.faultsWith(
    checked.ok ? [...claimedTwice(checked.value, context), ...unknownCarriers(checked.value, context)] : checked.faults,
  );
  return checked.ok && faults.length === 0 ? { ok: true, rows: checked.value } : { ok: false, faults };
}

/** A coverage file is a list, a spec is a map. */
export function isCoverage(written: string): boolean {
  return Array.isArray(readYaml(written, '').content?.value);
}

function claimedTwice(rows: readonly CoverageRow[], { others = [] }: CoverageContext): PathFault[] {
  return rows.flatMap((later, index) => {
    const earlier = [...others, ...rows.slice(0, index)].find((other) => overlap(other, later));
    if (earlier === undefined) return [];
    const message = `is ${formatClause(later.clause)}, of which another row, ${formatClause(earlier.clause)}, has a line already; let one row have each line`;
    return [{ path: [index, 'clause'], message }];
  });
}

function unknownCarriers(rows: readonly CoverageRow[], { spec, commands }: CoverageContext): PathFault[] {
  return rows.flatMap(({ clause, by }, index) =>
    by.flatMap((found, position) => {
      const own = spec !== undefined && clause.document in spec.documents ? spec : null;
      const message = found.kind === 'command' ? notTyped(found, commands) : notInSpec(found, own);
      return message === null ? [] : [{ path: [index, 'by', position], message }];
    }),
  );
}

function notTyped({ name }: Carrier, commands: readonly string[] | undefined): string | null {
  if (commands === undefined || commands.includes(name)) return null;
  return `is command:${name}, which is no command of Slack or of the terminal${didYouMean(nearest(name, commands))}`;
}

function notInSpec(found: Carrier, spec: OperationsSpec | null): string | null {
  if (spec === null || carries(spec, found)) return null;
  const names = carrierNames(spec, found.kind);
  const known = names.length === 0 ? 'none' : names.join(', ');
  return `is ${found.kind}:${found.name}, which the spec does not have; it has ${known}${didYouMean(nearest(found.name, names))}`;
}
