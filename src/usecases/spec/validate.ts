import type { Action } from '../action-port.ts';
import type { RunningSpec } from '../spec-port.ts';

/** Reads the spec file as the next reload would, and changes nothing. It has failed when the file has faults. */
export function specValidate(spec: Pick<RunningSpec, 'read' | 'running'>): Action<'spec.validate'> {
  return async (_input, _target, { mode }) => {
    if (mode === 'preview') return { outcome: 'succeeded', summary: 'The spec file would be read', output: '' };
    const found = spec.read();
    if (!found.ok) {
      const { faults } = found;
      const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
      return { outcome: 'failed', summary: `The spec file has ${count}`, output: faults.join('\n') };
    }
    const { file, hash } = found.version;
    const state =
      hash === spec.running().hash ? 'is the one in force' : 'is not the one in force: it waits for a reload';
    return {
      outcome: 'succeeded',
      summary: `${file} can be loaded, and ${state}`,
      output: `SHA-256 ${hash}`,
    };
  };
}
