import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Clause, formatClause } from '../../src/domain/spec/clause.ts';
import type { Carrier } from '../../src/domain/spec/coverage.ts';
import { writtenChecks } from '../../src/domain/spec/parts.ts';
import type { OperationsSpec } from '../../src/domain/spec/types.ts';
import { clauseLines } from './clause-lines.ts';
import { READY_SPECS, readyCoverage, readySpec } from './ready-specs.ts';

/** Where the documents are when they are at hand: beside the repository. */
const DOCUMENTS = new URL('../../../shared/seeds/', import.meta.url).pathname;
const atHand = existsSync(DOCUMENTS);

interface Entry {
  kind: Carrier['kind'];
  name: string;
  clause: readonly Clause[];
}

describe.each(READY_SPECS)('the spec %s', (name) => {
  const rows = readyCoverage(name);
  const spec = readySpec(name);
  const entries = entriesOf(spec);

  it('covers its own documents, within the lines they have', () => {
    const strangers = rows.filter(({ clause }) => clause.to > (spec.documents[clause.document]?.lines ?? 0));
    expect(strangers.map(({ clause }) => formatClause(clause))).toEqual([]);
    expect(new Set(rows.map(({ clause }) => clause.document))).toEqual(new Set(Object.keys(spec.documents)));
  });

  it('is carried by nothing that nobody carries out: people are asked by duties that leave them something', () => {
    const doneByItself = spec.duties.filter(({ run, checklist }) => run !== undefined && checklist.length === 0);
    const carriedBy = (way: string, duties: readonly { readonly key: string }[]) =>
      rows.filter(({ how, by }) => {
        const named = by.filter(({ kind }) => kind === 'duty');
        return how === way && named.length > 0 && named.every(({ name }) => duties.some(({ key }) => key === name));
      });
    expect(carriedBy('asked', doneByItself).map(({ clause }) => formatClause(clause))).toEqual([]);
    const ofPeople = spec.duties.filter(({ run }) => run === undefined);
    const doneByNobody = carriedBy('machine', ofPeople).filter(({ by }) => by.every(({ kind }) => kind === 'duty'));
    expect(doneByNobody.map(({ clause }) => formatClause(clause))).toEqual([]);
  });

  it('cites in each entry the clauses whose rows name the entry, and no others', () => {
    const named = rows.flatMap(({ clause, by }) =>
      entries.filter((entry) => by.some((carrier) => same(carrier, entry))).map((entry) => pair(entry, clause)),
    );
    const cited = entries.flatMap((entry) =>
      rows
        .filter(({ clause }) => entry.clause.some((own) => meet(own, clause)))
        .map(({ clause }) => pair(entry, clause)),
    );
    expect(named.sort()).toEqual(cited.sort());
  });

  it('cites a clause in every entry', () => {
    expect(entries.filter(({ clause }) => clause.length === 0).map(words)).toEqual([]);
  });

  describe.skipIf(!atHand)(
    atHand ? 'beside its documents' : 'beside its documents (which are not at ../shared/seeds)',
    () => {
      const documents = Object.entries(spec.documents).map(([id, { source, lines }]) => ({
        id,
        count: lines,
        text: atHand ? readFileSync(`${DOCUMENTS}${source}`, 'utf8') : '',
      }));

      it('has each line that says something in exactly one row of its coverage', () => {
        const wrong = documents.flatMap(({ id, text }) =>
          clauseLines(text).flatMap((line) => {
            const claims = rows.filter(({ clause }) => meet(clause, { document: id, from: line, to: line })).length;
            return claims === 1 ? [] : [`${id}:L${line} is in ${claims} rows: ${text.split('\n')[line - 1]}`];
          }),
        );
        expect(wrong).toEqual([]);
      });

      it('begins and ends each row on a line that says something', () => {
        const clauses = new Set(documents.flatMap(({ id, text }) => clauseLines(text).map((line) => `${id}:L${line}`)));
        const edges = rows.flatMap(({ clause: { document, from, to } }) => [
          `${document}:L${from}`,
          `${document}:L${to}`,
        ]);
        expect(edges.filter((edge) => !clauses.has(edge))).toEqual([]);
      });

      it('knows how many lines they have', () => {
        for (const { id, count, text } of documents)
          expect([id, text.trimEnd().split('\n').length]).toEqual([id, count]);
      });
    },
  );
});

/** Mistakes of the documents that a query must not repeat: columns that current PostgreSQL does not have. */
it.each(READY_SPECS)('%s asks PostgreSQL for no column it does not have', (name) => {
  const { duties, checks, metrics } = readySpec(name);
  const queries = [
    ...duties.map(({ run }) => (run !== undefined && 'query' in run ? run.query : '')),
    ...checks.map((check) => ('query' in check ? check.query : '')),
    ...Object.values(metrics).map(({ source }) => ('query' in source ? source.query : '')),
  ];
  expect(queries.filter((query) => /\btotal_time\b|\btablename\b/.test(query))).toEqual([]);
});

function entriesOf(spec: OperationsSpec): Entry[] {
  const lists = {
    duty: spec.duties,
    check: writtenChecks(spec),
    threshold: spec.thresholds,
    slo: spec.slo,
    window: spec.windows,
    backup: spec.backups,
    metric: Object.entries(spec.metrics).map(([key, { clause }]) => ({ key, clause })),
  };
  return Object.entries(lists).flatMap(([kind, list]) =>
    list.map(({ key, clause }) => ({ kind: kind as keyof typeof lists, name: key, clause })),
  );
}

const same = (one: Carrier, other: Carrier) => one.kind === other.kind && one.name === other.name;
const words = ({ kind, name }: Carrier) => `${kind}:${name}`;
const pair = (entry: Entry, clause: Clause) => `${words(entry)} ${formatClause(clause)}`;

function meet(one: Clause, other: Clause): boolean {
  return one.document === other.document && one.from <= other.to && other.from <= one.to;
}
