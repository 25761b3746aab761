import { type Automation, newAutomations } from '../../domain/spec/automations.ts';
import { diffSpecs } from '../../domain/spec/diff.ts';
import type { SpecDeps } from './in-force.ts';

/** What the file holds beside what runs. */
export type SpecPreview =
  /** It cannot be used; what runs stays. */
  | { readonly kind: 'faults'; readonly faults: readonly string[]; readonly running: string }
  /** It is, letter by letter, what runs and is in force. */
  | { readonly kind: 'same'; readonly hash: string; readonly file: string }
  | {
      readonly kind: 'other';
      readonly hash: string;
      readonly name: string;
      readonly file: string;
      /** In the words of `spec diff`; none when both mean the same. */
      readonly changes: readonly string[];
      /** What it newly names to be carried out without a person. */
      readonly fresh: readonly Automation[];
      /** Titles of the duties of which that is as it was. */
      readonly kept: readonly string[];
    };

/** Reads the file and holds it against what runs; nothing changes. */
export async function previewSpec({ running, specs }: Pick<SpecDeps, 'running' | 'specs'>): Promise<SpecPreview> {
  const now = running.running();
  const read = running.read();
  if (!read.ok) return { kind: 'faults', faults: read.faults, running: now.hash };
  const { hash, spec, file } = read.version;
  const inForce = await specs.inForce();
  if (hash === now.hash && hash === (inForce?.hash ?? hash)) return { kind: 'same', hash, file };
  const changes = diffSpecs(now.spec, spec).map(({ words }) => words);
  return { kind: 'other', hash, name: spec.name, file, changes, ...newAutomations(now.spec, spec) };
}
