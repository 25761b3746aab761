import type { DutyAction } from './action.ts';
import type { OperationsSpec } from './types.ts';
import { fieldWords, valueWords } from './value-words.ts';

/** Something a spec has Mainstay carry out by itself: a command, a statement, a deletion. */
export interface Automation {
  /** Title of the duty it belongs to. */
  readonly title: string;
  /** All of what is carried out, in words; the program and each of its arguments in quotes. */
  readonly words: string;
}

/** Everything a spec names to be carried out without a person, in the order of its duties. */
function automationsIn(spec: OperationsSpec): Automation[] {
  return spec.duties.flatMap(({ title, run }) =>
    run === undefined ? [] : [{ title, words: automationWords(run, spec) }],
  );
}

/** Those of `after` that `before` did not have in just these words, and the titles of those that stay as they were. */
export function newAutomations(
  before: OperationsSpec,
  after: OperationsSpec,
): { readonly fresh: readonly Automation[]; readonly kept: readonly string[] } {
  const known = new Set(automationsIn(before).map(({ words }) => words));
  const all = automationsIn(after);
  return {
    fresh: all.filter(({ words }) => !known.has(words)),
    kept: all.filter(({ words }) => known.has(words)).map(({ title }) => title),
  };
}

function automationWords({ action, ...rest }: DutyAction, spec: OperationsSpec): string {
  const parts = Object.entries(rest).map(([name, value]) => {
    const words = name === 'argv' && Array.isArray(value) ? value.map((word) => JSON.stringify(word)).join(' ') : null;
    return `${fieldWords(name)} ${words ?? valueWords(name, value, spec)}`;
  });
  return [action, ...parts, ...('target' in rest ? placeWords(rest.target, spec) : [])].join(', ');
}

/** Where it is carried out: a target that is somewhere else now makes another thing of it. A secret is its name alone. */
function placeWords(key: string, { targets }: Pick<OperationsSpec, 'targets'>): string[] {
  const target = targets[key];
  if (target === undefined || !('url' in target)) return ['not connected'];
  const { kind, url, role } = target;
  return [`at ${kind} ${url}`, ...(role === undefined ? [] : [`as role ${role}`])];
}
