import type { OperationsSpec } from '../../src/domain/spec/types.ts';
import { loadSpec } from '../../src/spec/load.ts';
import type { RunningSpec, SpecRead } from '../../src/usecases/spec-port.ts';

/** A spec file that is held in memory, and the spec that runs from it. `write` is what an editor does: nothing reads it yet. */
export interface SpecFile extends RunningSpec {
  write(text: string): void;
}

/** @throws when the text has faults, as a start would */
export function specFile(text: string): SpecFile {
  let written = text;
  const read = (): SpecRead => {
    const loaded = loadSpec(written, 'operations.yml', {});
    if (!loaded.ok) return loaded;
    const { spec, hash } = loaded;
    return { ok: true, version: { spec, hash, text: written, file: 'operations.yml' } };
  };
  const first = read();
  if (!first.ok) throw new Error(first.faults.join('\n'));
  let running = first.version;
  return {
    current: () => running.spec,
    running: () => running,
    read,
    understand: (known) => {
      const loaded = loadSpec(known, 'operations.yml', {});
      return loaded.ok ? loaded.spec : null;
    },
    run: (version) => {
      running = version;
    },
    write: (next) => {
      written = next;
    },
  };
}

/** One that runs what `current` gives, for whoever never reloads. */
export function fixedSpec(current: () => OperationsSpec): RunningSpec {
  const { running, read, understand, run } = specFile('name: Test');
  return { current, running, read, understand, run };
}
