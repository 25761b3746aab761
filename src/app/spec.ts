import { readFileSync } from 'node:fs';
import type { OperationsSpec } from '../domain/spec/types.ts';
import { DEFAULT_SPEC, DEFAULT_SPEC_NAME } from '../spec/default.ts';
import { loadSpec } from '../spec/load.ts';
import type { SpecSource } from '../usecases/ports.ts';

export interface SpecVersionLoaded {
  readonly spec: OperationsSpec;
  readonly hash: string;
  readonly text: string;
  readonly name: string;
}

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
export function readSpec(path: string | null, env: Readonly<Record<string, string | undefined>>): SpecVersionLoaded {
  const name = path ?? DEFAULT_SPEC_NAME;
  const text = path === null ? DEFAULT_SPEC : readText(path);
  const loaded = loadSpec(text, name, env);
  if (!loaded.ok) throw new SpecError(loaded.faults);
  return { spec: loaded.spec, hash: loaded.hash, text, name };
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

/** What reading the spec again came to. */
export interface Reloaded {
  readonly changed: boolean;
  readonly loaded: SpecVersionLoaded;
}

/** The spec in force. A reload that fails throws and leaves the running one in place. */
export interface LiveSpec extends SpecSource {
  /** @throws SpecError */
  reload(): Reloaded;
  readonly loaded: () => SpecVersionLoaded;
}

/** Loads the spec for the first time. @throws SpecError */
export function openSpec(path: string | null, env: Readonly<Record<string, string | undefined>>): LiveSpec {
  let inForce = readSpec(path, env);
  return {
    current: () => inForce.spec,
    loaded: () => inForce,
    reload() {
      const loaded = readSpec(path, env);
      const changed = loaded.hash !== inForce.hash;
      inForce = loaded;
      return { changed, loaded };
    },
  };
}
