import type { PathFault } from './faults.ts';
import { isMap, valuesAt } from './written.ts';

/**
 * Checks whose parts do not go together. Like consistency.ts it works on the file as it was read: whatever has not the
 * shape it should have is left to the schema.
 */
export function checkFaults(spec: unknown): PathFault[] {
  return valuesAt(spec, 'checks.*').flatMap(({ path, value: check }) => {
    if (!isMap(check)) return [];
    const faults = FAULTS[String(check['kind'])]?.(check, spec) ?? [];
    return faults.map((fault) => ({ ...fault, path: [...path, ...fault.path] }));
  });
}

type Check = Record<string, unknown>;

const FAULTS: Readonly<Record<string, (check: Check, spec: unknown) => PathFault[]>> = {
  http: (check) =>
    check['method'] === 'HEAD'
      ? ['contains', 'lacks', 'matches', 'json']
          .filter((name) => check[name] !== undefined)
          .map((name) => ({ path: [name], message: 'looks at what a HEAD does not bring; ask with GET' }))
      : [],
  'file age': (check) =>
    (check['file'] === undefined) === (check['newest'] === undefined)
      ? [{ path: [], message: 'needs either file or newest; write one of the two' }]
      : [],
  postgres: (check) =>
    check['breach'] !== undefined && check['query'] === undefined
      ? [{ path: ['breach'], message: 'is of a query, and there is none; write query too' }]
      : [],
  parity: (check, spec) =>
    valuesAt(check, 'between.*').flatMap(({ path, value: source }) =>
      isMap(source) ? sourceFaults(path, source, spec) : [],
    ),
};

/** What a source is asked must be something its target can answer. */
function sourceFaults(path: PathFault['path'], source: Record<string, unknown>, spec: unknown): PathFault[] {
  const kind = valuesAt(spec, 'targets.*.kind').find(({ path: [, key] }) => key === source['target'])?.value;
  const [wanted, other] = kind === 'postgres' ? ['query', 'path'] : ['path', 'query'];
  if (kind === undefined) return [];
  if (kind !== 'postgres' && kind !== 'http') {
    const message = `is "${String(source['target'])}", of kind ${String(kind)}; parity works on one of kind http or postgres`;
    return [{ path: [...path, 'target'], message }];
  }
  if (source[wanted] === undefined)
    return [{ path, message: `has no ${wanted}, which a target of kind ${kind} is asked by` }];
  if (source[other] === undefined) return [];
  return [{ path: [...path, other], message: `is not for a target of kind ${kind}, which is asked by ${wanted}` }];
}
