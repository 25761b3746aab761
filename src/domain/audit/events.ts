/** Where a chain ended when somebody looked. */
export interface AnchoredHead {
  readonly subject: string;
  readonly seq: number;
  readonly hash: string;
}

/** What the chain ANCHOR holds: the heads that moved since the anchor before, and the Merkle root over them. */
export interface AnchorEvent {
  readonly kind: 'anchor.taken';
  readonly root: string;
  /** Sorted by subject. */
  readonly heads: readonly AnchoredHead[];
}

/** An anchor as it is published outside the database. */
export interface PublishedAnchor {
  /** Its sequence in the chain ANCHOR, and its hash there. */
  readonly anchor: number;
  readonly hash: string;
  /** When it was taken; ISO, UTC. */
  readonly at: string;
  readonly root: string;
  readonly heads: readonly AnchoredHead[];
}

/** The anchor that a body says; null when it says something else, which only a forged one does. */
export function anchorIn(body: unknown): AnchorEvent | null {
  if (typeof body !== 'object' || body === null || !('root' in body) || !('heads' in body)) return null;
  const { root, heads } = body;
  if (typeof root !== 'string' || !Array.isArray(heads) || !heads.every(isHead)) return null;
  return { kind: 'anchor.taken', root, heads };
}

export function isHead(value: unknown): value is AnchoredHead {
  return (
    typeof value === 'object' &&
    value !== null &&
    'subject' in value &&
    typeof value.subject === 'string' &&
    'seq' in value &&
    Number.isSafeInteger(value.seq) &&
    'hash' in value &&
    typeof value.hash === 'string'
  );
}
