import { readFileSync } from 'node:fs';
import type { OperationsSpec } from '../domain/spec/types.ts';
import { DEFAULT_SPEC, DEFAULT_SPEC_NAME } from '../spec/default.ts';
import { loadSpec } from '../spec/load.ts';
import type { RunningSpec, SpecVersion } from '../usecases/spec-port.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Every fault of a spec file, one line each as `file:line:column: sentence`. */
export class SpecError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The operations spec cannot be used:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
    this.name = 'SpecError';
    this.faults = faults;
  }
}

/** Reads the spec file, or the built-in spec when `path` is null. @throws SpecError */
export function readSpec(path: string | null, env: Environment): SpecVersion {
  const file = path ?? DEFAULT_SPEC_NAME;
  const text = path === null ? DEFAULT_SPEC : readText(path);
  const loaded = loadSpec(text, file, env);
  if (!loaded.ok) throw new SpecError(loaded.faults);
  return { spec: loaded.spec, hash: loaded.hash, text, file };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new SpecError([
      `${path}: ${error instanceof Error ? error.message : String(error)}. The operations spec is a YAML file that can be read here.`,
    ]);
  }
}

/**
 * Loads the spec for the first time.
 *
 * @param onRun hears of each spec before it runs, this one included
 * @throws SpecError
 */
export function openSpec(
  path: string | null,
  env: Environment,
  onRun: (spec: OperationsSpec) => void = () => {},
): RunningSpec {
  let version = readSpec(path, env);
  onRun(version.spec);
  return {
    current: () => version.spec,
    running: () => version,
    read: () => {
      try {
        return { ok: true, version: readSpec(path, env) };
      } catch (error) {
        if (!(error instanceof SpecError)) throw error;
        return { ok: false, faults: error.faults };
      }
    },
    understand: (text) => {
      const loaded = loadSpec(text, path ?? DEFAULT_SPEC_NAME, env);
      return loaded.ok ? loaded.spec : null;
    },
    run: (next) => {
      onRun(next.spec);
      version = next;
    },
  };
}
