import { dependenciesOf } from '../domain/health/dependencies.ts';
import { ACTIONS } from '../domain/spec/action.ts';
import { parseClause } from '../domain/spec/clause.ts';
import { nearest } from '../domain/text/nearest.ts';
import { didYouMean, type PathFault } from './faults.ts';
import { pruningFaults } from './pruning.ts';
import { publicFaults } from './public.ts';
import { thresholdFaults } from './threshold-faults.ts';
import { unsaidPermissionFaults } from './unsaid.ts';
import { isMap, keysOf, valuesAt } from './written.ts';

const LISTS = ['duties', 'windows', 'checks', 'thresholds', 'alerts.rules', 'slo', 'backups'];
const WITH_CLAUSES = [...LISTS, 'metrics'];

/** What kind of target each kind of check can ask. */
const ASKS: Readonly<Record<string, readonly string[]>> = {
  http: ['http'],
  tls: ['http', 'host'],
  tcp: ['host'],
  sql: ['postgres', 'sqlite'],
  postgres: ['postgres'],
  sqlite: ['sqlite'],
  redis: ['redis'],
  migrations: ['postgres'],
  disk: ['files'],
  'file age': ['files'],
  'object age': ['http'],
  prometheus: ['prometheus'],
  scrape: ['http'],
  'log file': ['files'],
  loki: ['http'],
  query: ['prometheus', 'postgres', 'sqlite'],
};

/**
 * Entries that are right by themselves and wrong beside others. Like references.ts it works on the file as it was
 * read: whatever has not the shape it should have is left to the schema.
 */
export function consistencyFaults(spec: unknown): PathFault[] {
  return [
    ...LISTS.flatMap((section) => usedTwice(spec, section)),
    ...WITH_CLAUSES.flatMap((section) => unknownClauses(spec, section)),
    ...wrongTargets(spec),
    ...idleSatisfies(spec),
    ...thresholdFaults(spec),
    ...pruningFaults(spec),
    ...unsaidPermissionFaults(spec),
    ...circularChecks(spec),
    ...publicFaults(spec),
  ];
}

function usedTwice(spec: unknown, section: string): PathFault[] {
  const seen = new Set<unknown>();
  return valuesAt(spec, `${section}.*.key`).flatMap(({ path, value }) => {
    const again = seen.has(value);
    seen.add(value);
    return again
      ? [{ path, message: `is "${String(value)}", which an entry before it has already; give each a key of its own` }]
      : [];
  });
}

/** Clauses that cite a document the spec does not list, or a line it does not have. */
function unknownClauses(spec: unknown, section: string): PathFault[] {
  const documents = keysOf(spec, 'documents');
  return [...valuesAt(spec, `${section}.*.clause`), ...valuesAt(spec, `${section}.*.clause.*`)].flatMap(
    ({ path, value }) => {
      const read = typeof value === 'string' ? parseClause(value) : undefined;
      if (!read?.ok) return [];
      const { document, to } = read.clause;
      if (!documents.includes(document)) {
        const known = documents.length === 0 ? 'it lists none' : `it lists ${documents.join(', ')}`;
        const meant = didYouMean(nearest(document, documents));
        return [{ path, message: `cites ${document}, which is not in documents; ${known}${meant}` }];
      }
      const lines = valuesAt(spec, 'documents.*.lines').find(({ path: [, id] }) => id === document)?.value;
      if (typeof lines !== 'number' || to <= lines) return [];
      return [{ path, message: `cites line ${to} of ${document}, which has ${lines} lines` }];
    },
  );
}

/** An action, a check or a source of figures that cannot work on a target of this kind; that each has one is the schema's to say. */
function wrongTargets(spec: unknown): PathFault[] {
  const actions = valuesAt(spec, 'duties.*.run').map(({ path, value }) => ({ path, value, word: 'action' }));
  const checks = valuesAt(spec, 'checks.*').map(({ path, value }) => ({ path, value, word: 'kind' }));
  const sources = valuesAt(spec, 'metrics.*.source').map(({ path, value }) => ({ path, value, word: 'source' }));
  return [...actions, ...checks, ...sources].flatMap(({ path, value, word }) => {
    if (!isMap(value)) return [];
    // A source that does not say its kind is a query.
    const name = word === 'source' ? String(value['kind'] ?? 'query') : String(value[word]);
    const takes = word === 'action' ? kindsFor(name) : ASKS[name];
    if (takes === undefined || takes === null) return [];
    const wanted = takes.join(' or ');
    const kind = valuesAt(spec, 'targets.*.kind').find(({ path: [, key] }) => key === value['target'])?.value;
    if (kind === undefined || takes.includes(String(kind))) return [];
    const message = `is "${String(value['target'])}", of kind ${String(kind)}; ${name} works on one of kind ${wanted}`;
    return [{ path: [...path, 'target'], message }];
  });
}

function kindsFor(action: string): readonly string[] | null | undefined {
  return Object.entries(ACTIONS).find(([name]) => name === action)?.[1].targets;
}

/** A duty that satisfies itself, or one that satisfies it in turn, however far round: none of them would ever be asked for. */
function idleSatisfies(spec: unknown): PathFault[] {
  const satisfied = new Map<unknown, readonly unknown[]>(
    valuesAt(spec, 'duties.*').flatMap(({ value }) =>
      isMap(value) && Array.isArray(value['satisfies']) ? [[value['key'], value['satisfies']]] : [],
    ),
  );
  return valuesAt(spec, 'duties.*').flatMap(({ path, value: duty }) =>
    valuesAt(duty, 'satisfies.*').flatMap(({ path: within, value }) => {
      const key = isMap(duty) ? duty['key'] : undefined;
      const at = [...path, ...within];
      if (value === key) return [{ path: at, message: 'is the duty itself; name the duties that are done with it' }];
      const way = wayBack(satisfied, value, key);
      if (way === null) return [];
      const through = way.length === 0 ? '' : ` through ${way.map((step) => `"${String(step)}"`).join(', ')}`;
      const message = `is "${String(value)}", which satisfies this one in turn${through}; let one satisfy the other`;
      return [{ path: at, message }];
    }),
  );
}

/** The keys on the shortest way from one duty to another that is satisfied with it, both left out; null when there is none. */
function wayBack(satisfied: ReadonlyMap<unknown, readonly unknown[]>, from: unknown, to: unknown): unknown[] | null {
  const seen = new Set([from]);
  let ways: unknown[][] = [[from]];
  while (ways.length > 0) {
    const further: unknown[][] = [];
    for (const way of ways) {
      for (const next of satisfied.get(way.at(-1)) ?? []) {
        if (next === to) return way.slice(1);
        if (seen.has(next)) continue;
        seen.add(next);
        further.push([...way, next]);
      }
    }
    ways = further;
  }
  return null;
}

/** Checks that depend on themselves, through others or at once: each would wait for the other. */
function circularChecks(spec: unknown): PathFault[] {
  const checks = valuesAt(spec, 'checks.*').flatMap(({ value }) => {
    if (!isMap(value) || !Array.isArray(value['dependsOn'])) return [];
    return [{ key: String(value['key']), dependsOn: value['dependsOn'].map(String) }];
  });
  const leadsTo = (from: string, to: string) => from === to || dependenciesOf(from, checks).includes(to);
  return valuesAt(spec, 'checks.*').flatMap(({ path, value: check }) =>
    valuesAt(check, 'dependsOn.*').flatMap(({ path: within, value }) => {
      const key = isMap(check) ? String(check['key']) : '';
      if (!leadsTo(String(value), key)) return [];
      const what = value === key ? 'is the check itself' : `is "${String(value)}", which depends on this one in turn`;
      return [{ path: [...path, ...within], message: `${what}; name what is down first` }];
    }),
  );
}
