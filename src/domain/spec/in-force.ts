import { diffSpecs } from './diff.ts';
import type { OperationsSpec } from './types.ts';

/** What the chain SPEC holds: each time another text came into force, also one that had been in force before. */
export interface SpecEvent {
  readonly kind: 'spec.loaded';
  /** SHA-256 of the text; the text itself is kept beside the log. */
  readonly hash: string;
  /** The spec's own name. */
  readonly name: string;
  /** Hash of the one that was in force until then; null for the first. */
  readonly before: string | null;
  /**
   * What differs from the one before, in the words of `spec diff`; none where both mean the same. Null where there is none
   * before, or where its text is one that this version of Mainstay does not understand any more.
   */
  readonly changes: readonly string[] | null;
}

/** A spec as a text and, where it is still understood, as what the text means. */
interface Known {
  readonly hash: string;
  readonly spec: OperationsSpec | null;
}

/** What goes on record when a spec comes into force. */
export function specLoaded(before: Known | null, after: Known & { readonly spec: OperationsSpec }): SpecEvent {
  const { hash, spec } = after;
  const earlier = before?.spec ?? null;
  const changes = earlier === null ? null : diffSpecs(earlier, spec).map(({ words }) => words);
  return { kind: 'spec.loaded', hash, name: spec.name, before: before?.hash ?? null, changes };
}

/** As people read a hash: enough of it to tell two apart. */
export const shortHash = (hash: string): string => hash.slice(0, 12);
